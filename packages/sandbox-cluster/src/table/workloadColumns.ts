/*
 * Copyright 2026 The Keptn Tasks for Backstage Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

import { KubeObject } from '../ClusterApi';
import { PrinterColumn } from '../resources/ResourceType';
import { Json } from '../schema/json';
import { ageColumn, column, nameColumn, withAge } from './columns';
import { selectorText } from './selectorText';

const integer = { type: 'integer' };
const wide = { priority: 1 };
const none = '<none>';

const replicas = (o: KubeObject) => o.spec?.replicas ?? 0;

const containersOf = (o: KubeObject): Json[] =>
  o.spec?.template?.spec?.containers ?? [];

const containers: PrinterColumn[] = [
  column(
    'Containers',
    'Names of each container in the template.',
    o =>
      containersOf(o)
        .map(({ name }) => name)
        .join(','),
    wide,
  ),
  column(
    'Images',
    'Images referenced by each container in the template.',
    o =>
      containersOf(o)
        .map(({ image }) => image)
        .join(','),
    wide,
  ),
];

const selector = column(
  'Selector',
  'Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment.',
  o => selectorText(o.spec?.selector) || none,
  wide,
);

export const deploymentColumns: PrinterColumn[] = [
  ...withAge(
    column(
      'Ready',
      'Number of the pod with ready state',
      o => `${o.status?.readyReplicas ?? 0}/${replicas(o)}`,
    ),
    column(
      'Up-to-date',
      'Total number of non-terminated pods targeted by this deployment that have the desired template spec.',
      o => o.status?.updatedReplicas ?? 0,
    ),
    column(
      'Available',
      'Total number of available pods.',
      o => o.status?.availableReplicas ?? 0,
    ),
  ),
  ...containers,
  selector,
];

export const replicaSetColumns: PrinterColumn[] = [
  ...withAge(
    column(
      'Desired',
      'Replicas is the number of desired pods.',
      replicas,
      integer,
    ),
    column(
      'Current',
      'The most recently observed number of pods.',
      o => o.status?.replicas ?? 0,
      integer,
    ),
    column(
      'Ready',
      'The number of ready pods.',
      o => o.status?.readyReplicas ?? 0,
      integer,
    ),
  ),
  ...containers,
  selector,
];

export const statefulSetColumns: PrinterColumn[] = [
  ...withAge(
    column(
      'Ready',
      'Number of the pod with ready state',
      o => `${o.status?.readyReplicas ?? 0}/${replicas(o)}`,
    ),
  ),
  ...containers,
];

export const daemonSetColumns: PrinterColumn[] = [
  ...withAge(
    column(
      'Desired',
      'The total number of nodes that should be running the daemon pod.',
      o => o.status?.desiredNumberScheduled ?? 0,
      integer,
    ),
    column(
      'Current',
      'The number of nodes that are running at least 1 daemon pod.',
      o => o.status?.currentNumberScheduled ?? 0,
      integer,
    ),
    column(
      'Ready',
      'The number of nodes with one or more ready daemon pods.',
      o => o.status?.numberReady ?? 0,
      integer,
    ),
    column(
      'Up-to-date',
      'The total number of nodes that are running updated daemon pod.',
      o => o.status?.updatedNumberScheduled ?? 0,
      integer,
    ),
    column(
      'Available',
      'The number of nodes that should be running the daemon pod and have one or more of it running and available.',
      o => o.status?.numberAvailable ?? 0,
      integer,
    ),
    column(
      'Node Selector',
      'NodeSelector is a selector which must be true for the pod to fit on a node.',
      o =>
        selectorText({ matchLabels: o.spec?.template?.spec?.nodeSelector }) ||
        none,
    ),
  ),
  ...containers,
  selector,
];

export const controllerRevisionColumns: PrinterColumn[] = [
  nameColumn,
  column('Controller', 'Controller of the object', controllerText),
  column('Revision', 'Revision of the data.', o => o.revision ?? 0),
  ageColumn,
];

function controllerText({ metadata }: KubeObject): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return none;
  const [group] = owner.apiVersion.includes('/')
    ? owner.apiVersion.split('/')
    : [''];
  const kind = owner.kind.toLowerCase();
  return `${group ? `${kind}.${group}` : kind}/${owner.name}`;
}
