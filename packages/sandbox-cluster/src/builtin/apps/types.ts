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

import { ResourceType } from '../../resources/ResourceType';
import * as columns from '../../table/workloadColumns';
import { define, Described } from '../define';
import * as workloads from '../schemas/workloads';
import { controllerRevisionStrategy } from './controllerRevision';
import { daemonSetStrategy } from './daemonSet';
import { deploymentStrategy, replicaSetStrategy } from './deployment';
import { statefulSetStrategy } from './statefulSet';

const workload = (described: Described): ResourceType =>
  define('apps', 'v1', { ...described, status: true, categories: ['all'] });

const scalable = (described: Described): ResourceType => ({
  ...workload(described),
  subresources: {
    scale: {
      verbs: ['get', 'patch', 'update'],
      kind: 'Scale',
      group: 'autoscaling',
      version: 'v1',
    },
  },
});

/** The workloads, and the ControllerRevisions that keep the templates they had. */
export const appsTypes: ResourceType[] = [
  define('apps', 'v1', {
    kind: 'ControllerRevision',
    plural: 'controllerrevisions',
    schema: workloads.controllerRevision,
    strategy: controllerRevisionStrategy,
    columns: columns.controllerRevisionColumns,
  }),
  workload({
    kind: 'DaemonSet',
    plural: 'daemonsets',
    schema: workloads.daemonSet,
    columns: columns.daemonSetColumns,
    shortNames: ['ds'],
    strategy: daemonSetStrategy,
  }),
  scalable({
    kind: 'Deployment',
    plural: 'deployments',
    schema: workloads.deployment,
    columns: columns.deploymentColumns,
    shortNames: ['deploy'],
    strategy: deploymentStrategy,
  }),
  scalable({
    kind: 'ReplicaSet',
    plural: 'replicasets',
    schema: workloads.replicaSet,
    columns: columns.replicaSetColumns,
    shortNames: ['rs'],
    strategy: replicaSetStrategy,
  }),
  scalable({
    kind: 'StatefulSet',
    plural: 'statefulsets',
    schema: workloads.statefulSet,
    columns: columns.statefulSetColumns,
    shortNames: ['sts'],
    strategy: statefulSetStrategy,
  }),
];
