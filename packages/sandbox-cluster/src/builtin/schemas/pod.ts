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
  int32,
  int64,
  listByKey,
  listOf,
  mapOf,
  quantity,
  str,
  stringMap,
  struct,
  time,
} from '../../schema/dsl';
import { objectMeta } from '../../service/objectMeta';
import {
  appArmorProfile,
  container,
  ephemeralContainer,
  resourceRequirements,
  seccompProfile,
  seLinuxOptions,
  windowsOptions,
} from './container';
import { volume } from './volume';

/** A label selector as a field. */
export const labelSelector = atomic(
  struct('LabelSelector', {
    matchLabels: stringMap,
    matchExpressions: listOf(
      struct('LabelSelectorRequirement', {
        key: str,
        operator: str,
        values: listOf(str),
      }),
    ),
  }),
);

const podSecurityContext = struct('PodSecurityContext', {
  seLinuxOptions,
  windowsOptions,
  runAsUser: int64,
  runAsGroup: int64,
  runAsNonRoot: bool,
  supplementalGroups: listOf(int64),
  supplementalGroupsPolicy: str,
  fsGroup: int64,
  fsGroupChangePolicy: str,
  seLinuxChangePolicy: str,
  sysctls: listOf(struct('Sysctl', { name: str, value: str })),
  seccompProfile,
  appArmorProfile,
});

const localObjectReference = struct('LocalObjectReference', { name: str });

const toleration = struct('Toleration', {
  key: str,
  operator: str,
  value: str,
  effect: str,
  tolerationSeconds: int64,
});

const affinity = struct('Affinity', {
  nodeAffinity: anything,
  podAffinity: anything,
  podAntiAffinity: anything,
});

export const podSpec = struct('PodSpec', {
  volumes: listByKey('name', volume),
  initContainers: listByKey('name', container),
  containers: listByKey('name', container),
  ephemeralContainers: listByKey('name', ephemeralContainer),
  restartPolicy: str,
  terminationGracePeriodSeconds: int64,
  activeDeadlineSeconds: int64,
  dnsPolicy: str,
  nodeSelector: atomic(mapOf(str)),
  serviceAccountName: str,
  serviceAccount: str,
  automountServiceAccountToken: bool,
  nodeName: str,
  hostNetwork: bool,
  hostPID: bool,
  hostIPC: bool,
  hostUsers: bool,
  hostnameOverride: str,
  shareProcessNamespace: bool,
  securityContext: podSecurityContext,
  imagePullSecrets: listByKey('name', localObjectReference),
  hostname: str,
  subdomain: str,
  affinity,
  schedulerName: str,
  tolerations: listOf(toleration),
  hostAliases: listByKey(
    'ip',
    struct('HostAlias', { ip: str, hostnames: listOf(str) }),
  ),
  priorityClassName: str,
  priority: int32,
  dnsConfig: struct('PodDNSConfig', {
    nameservers: listOf(str),
    searches: listOf(str),
    options: listOf(struct('PodDNSConfigOption', { name: str, value: str })),
  }),
  readinessGates: listOf(struct('PodReadinessGate', { conditionType: str })),
  runtimeClassName: str,
  enableServiceLinks: bool,
  preemptionPolicy: str,
  overhead: mapOf(quantity),
  topologySpreadConstraints: listByKey(
    ['topologyKey', 'whenUnsatisfiable'],
    struct('TopologySpreadConstraint', {
      maxSkew: int32,
      topologyKey: str,
      whenUnsatisfiable: str,
      labelSelector,
      minDomains: int32,
      nodeAffinityPolicy: str,
      nodeTaintsPolicy: str,
      matchLabelKeys: listOf(str),
    }),
  ),
  setHostnameAsFQDN: bool,
  os: struct('PodOS', { name: str }),
  schedulingGates: listByKey(
    'name',
    struct('PodSchedulingGate', { name: str }),
  ),
  resourceClaims: listByKey('name', anything),
  resources: resourceRequirements,
});

const containerState = struct('ContainerState', {
  waiting: struct('ContainerStateWaiting', { reason: str, message: str }),
  running: struct('ContainerStateRunning', { startedAt: time }),
  terminated: struct('ContainerStateTerminated', {
    exitCode: int32,
    signal: int32,
    reason: str,
    message: str,
    startedAt: time,
    finishedAt: time,
    containerID: str,
  }),
});

const containerStatus = struct('ContainerStatus', {
  name: str,
  state: containerState,
  lastState: containerState,
  ready: bool,
  restartCount: int32,
  image: str,
  imageID: str,
  containerID: str,
  started: bool,
  stopSignal: str,
  allocatedResources: mapOf(quantity),
  resources: resourceRequirements,
  volumeMounts: listByKey('mountPath', anything),
  user: anything,
});
const containerStatuses = listOf(containerStatus);
const ip = (goType: string) => struct(goType, { ip: str });

const podStatus = struct('PodStatus', {
  observedGeneration: int64,
  phase: str,
  conditions: listByKey(
    'type',
    struct('PodCondition', {
      type: str,
      observedGeneration: int64,
      status: str,
      lastProbeTime: time,
      lastTransitionTime: time,
      reason: str,
      message: str,
    }),
  ),
  message: str,
  reason: str,
  nominatedNodeName: str,
  hostIP: str,
  hostIPs: listOf(ip('HostIP')),
  podIP: str,
  podIPs: listByKey('ip', ip('PodIP')),
  startTime: time,
  initContainerStatuses: containerStatuses,
  containerStatuses,
  ephemeralContainerStatuses: containerStatuses,
  qosClass: str,
  resize: str,
  resourceClaimStatuses: listOf(anything),
});

export const pod = struct('Pod', {
  apiVersion: str,
  kind: str,
  metadata: objectMeta,
  spec: podSpec,
  status: podStatus,
});

export const podTemplate = struct('PodTemplateSpec', {
  metadata: objectMeta,
  spec: podSpec,
});

export const binding = struct('Binding', {
  apiVersion: str,
  kind: str,
  metadata: objectMeta,
  target: struct('ObjectReference', {
    apiVersion: str,
    kind: str,
    name: str,
    namespace: str,
    uid: str,
    resourceVersion: str,
    fieldPath: str,
  }),
});
