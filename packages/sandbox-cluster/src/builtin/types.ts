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

import { ALL_VERBS, ResourceType } from '../resources/ResourceType';
import * as columns from '../table/columns';
import { jobColumns, podColumns } from '../table/podColumns';
import { configMapStrategy, secretStrategy } from './config';
import { crdStrategy } from '../crd/crdStrategy';
import {
  coreEventStrategy,
  eventStrategy,
  toCoreEvent,
  toCurrentEvent,
} from './event';
import { jobStrategy } from './job';
import { podStrategy } from './pod';
import * as core from './schemas/core';
import * as policy from './schemas/policy';
import { pod } from './schemas/pod';
import * as workloads from './schemas/workloads';
import {
  bindingStrategy,
  leaseStrategy,
  namespaceStrategy,
  nodeStrategy,
  rbacStrategy,
} from './simple';
import { admissionTypes } from './admissionTypes';
import { appsTypes } from './apps/types';
import { define, Described } from './define';
import { keptTypes } from './keptTypes';

const v1 = (described: Described) => define('', 'v1', described);
const rbac = (described: Described) =>
  define('rbac.authorization.k8s.io', 'v1', described);

const podType: ResourceType = {
  ...v1({
    kind: 'Pod',
    plural: 'pods',
    schema: pod,
    strategy: podStrategy,
    columns: podColumns,
    shortNames: ['po'],
    categories: ['all'],
    status: true,
  }),
  subresources: {
    binding: { verbs: ['create'], kind: 'Binding' },
    eviction: {
      verbs: ['create'],
      kind: 'Eviction',
      group: 'policy',
      version: 'v1',
    },
    log: { verbs: ['get'], kind: 'Pod' },
  },
};

const namespaceType: ResourceType = {
  ...v1({
    kind: 'Namespace',
    plural: 'namespaces',
    schema: core.namespace,
    strategy: namespaceStrategy,
    columns: columns.namespaceColumns,
    shortNames: ['ns'],
    cluster: true,
    status: true,
  }),
  verbs: ALL_VERBS.filter(verb => verb !== 'deletecollection'),
  subresources: { finalize: { verbs: ['update'], kind: 'Namespace' } },
};

const eventType = v1({
  kind: 'Event',
  plural: 'events',
  schema: core.coreEvent,
  strategy: coreEventStrategy,
  columns: columns.eventColumns,
  shortNames: ['ev'],
});

const currentEventType: ResourceType = {
  ...define('events.k8s.io', 'v1', {
    kind: 'Event',
    plural: 'events',
    schema: core.event,
    strategy: eventStrategy,
    columns: columns.eventColumns,
    shortNames: ['ev'],
  }),
  storage: eventType.storage,
  fromStorage: toCurrentEvent,
  toStorage: toCoreEvent,
};

/** Every kind that the sandbox knows from the start, in the order of discovery. */
export const builtInTypes: ResourceType[] = [
  v1({
    kind: 'ConfigMap',
    plural: 'configmaps',
    schema: core.configMap,
    strategy: configMapStrategy,
    columns: columns.configMapColumns,
    shortNames: ['cm'],
  }),
  eventType,
  namespaceType,
  v1({
    kind: 'Node',
    plural: 'nodes',
    schema: core.node,
    strategy: nodeStrategy,
    columns: columns.nodeColumns,
    shortNames: ['no'],
    cluster: true,
    status: true,
  }),
  podType,
  v1({
    kind: 'ResourceQuota',
    plural: 'resourcequotas',
    schema: core.resourceQuota,
    columns: columns.quotaColumns,
    shortNames: ['quota'],
    status: true,
  }),
  v1({
    kind: 'Secret',
    plural: 'secrets',
    schema: core.secret,
    strategy: secretStrategy,
    columns: columns.secretColumns,
  }),
  v1({
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    schema: core.serviceAccount,
    columns: columns.serviceAccountColumns,
    shortNames: ['sa'],
  }),
  ...appsTypes,
  currentEventType,
  define('batch', 'v1', {
    kind: 'Job',
    plural: 'jobs',
    schema: workloads.job,
    strategy: jobStrategy,
    columns: jobColumns,
    categories: ['all'],
    status: true,
  }),
  rbac({
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    schema: policy.roleBinding,
    strategy: bindingStrategy,
    columns: columns.roleBindingColumns,
    cluster: true,
  }),
  rbac({
    kind: 'ClusterRole',
    plural: 'clusterroles',
    schema: policy.clusterRole,
    strategy: rbacStrategy,
    columns: columns.plainColumns,
    cluster: true,
  }),
  rbac({
    kind: 'RoleBinding',
    plural: 'rolebindings',
    schema: policy.roleBinding,
    strategy: bindingStrategy,
    columns: columns.roleBindingColumns,
  }),
  rbac({
    kind: 'Role',
    plural: 'roles',
    schema: policy.role,
    strategy: rbacStrategy,
    columns: columns.plainColumns,
  }),
  define('apiextensions.k8s.io', 'v1', {
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    schema: policy.customResourceDefinition,
    strategy: crdStrategy,
    columns: columns.crdColumns,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    cluster: true,
    status: true,
  }),
  define('scheduling.k8s.io', 'v1', {
    kind: 'PriorityClass',
    plural: 'priorityclasses',
    schema: policy.priorityClass,
    shortNames: ['pc'],
    cluster: true,
  }),
  define('coordination.k8s.io', 'v1', {
    kind: 'Lease',
    plural: 'leases',
    schema: core.lease,
    strategy: leaseStrategy,
    columns: columns.leaseColumns,
  }),
  define('node.k8s.io', 'v1', {
    kind: 'RuntimeClass',
    plural: 'runtimeclasses',
    schema: policy.runtimeClass,
    cluster: true,
  }),
  ...admissionTypes,
  ...keptTypes,
];
