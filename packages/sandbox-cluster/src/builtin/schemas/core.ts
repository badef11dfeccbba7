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

import {
  anything,
  atomic,
  bool,
  bytes,
  int32,
  int64,
  listByKey,
  listOf,
  mapOf,
  microTime,
  quantity,
  setOf,
  str,
  stringMap,
  struct,
  time,
} from '../../schema/dsl';
import { Schema } from '../../schema/Schema';
import { objectMeta } from '../../service/objectMeta';
import { resource } from './workloads';

/** A kind without spec and status. */
export const top = (kind: string, fields: Record<string, Schema>): Schema =>
  struct(kind, { apiVersion: str, kind: str, metadata: objectMeta, ...fields });

export const objectReference = atomic(
  struct('ObjectReference', {
    kind: str,
    namespace: str,
    name: str,
    uid: str,
    apiVersion: str,
    resourceVersion: str,
    fieldPath: str,
  }),
);

export const conditions = listByKey(
  'type',
  struct('Condition', {
    type: str,
    status: str,
    observedGeneration: int64,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    reason: str,
    message: str,
  }),
);

export const namespace = resource(
  'Namespace',
  struct('NamespaceSpec', { finalizers: listOf(str) }),
  struct('NamespaceStatus', { phase: str, conditions }),
);

export const configMap = top('ConfigMap', {
  immutable: bool,
  data: stringMap,
  binaryData: mapOf(bytes),
});

export const secret = top('Secret', {
  immutable: bool,
  data: mapOf(bytes),
  stringData: stringMap,
  type: str,
});

export const serviceAccount = top('ServiceAccount', {
  secrets: listByKey('name', objectReference),
  imagePullSecrets: listByKey(
    'name',
    struct('LocalObjectReference', { name: str }),
  ),
  automountServiceAccountToken: bool,
});

const source = struct('EventSource', { component: str, host: str });

export const coreEvent = top('Event', {
  involvedObject: objectReference,
  reason: str,
  message: str,
  source,
  firstTimestamp: time,
  lastTimestamp: time,
  count: int32,
  type: str,
  eventTime: microTime,
  series: struct('EventSeries', { count: int32, lastObservedTime: microTime }),
  action: str,
  related: objectReference,
  reportingComponent: str,
  reportingInstance: str,
});

export const event = top('Event', {
  eventTime: microTime,
  series: struct('EventSeries', { count: int32, lastObservedTime: microTime }),
  reportingController: str,
  reportingInstance: str,
  action: str,
  reason: str,
  regarding: objectReference,
  related: objectReference,
  note: str,
  type: str,
  deprecatedSource: source,
  deprecatedFirstTimestamp: time,
  deprecatedLastTimestamp: time,
  deprecatedCount: int32,
});

export const lease = resource(
  'Lease',
  struct('LeaseSpec', {
    holderIdentity: str,
    leaseDurationSeconds: int32,
    acquireTime: microTime,
    renewTime: microTime,
    leaseTransitions: int32,
    strategy: str,
    preferredHolder: str,
  }),
);

export const resourceQuota = resource(
  'ResourceQuota',
  struct('ResourceQuotaSpec', {
    hard: mapOf(quantity),
    scopes: listOf(str),
    scopeSelector: anything,
  }),
  struct('ResourceQuotaStatus', {
    hard: mapOf(quantity),
    used: mapOf(quantity),
  }),
);

export const node = resource(
  'Node',
  struct('NodeSpec', {
    podCIDR: str,
    podCIDRs: setOf(str),
    providerID: str,
    unschedulable: bool,
    taints: listOf(anything),
  }),
  struct('NodeStatus', {
    capacity: mapOf(quantity),
    allocatable: mapOf(quantity),
    phase: str,
    conditions,
    addresses: listOf(struct('NodeAddress', { type: str, address: str })),
    daemonEndpoints: anything,
    nodeInfo: anything,
    images: listOf(anything),
    runtimeHandlers: listOf(anything),
    features: anything,
  }),
);
