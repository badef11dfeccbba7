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
  bool,
  int32,
  int64,
  intOrString,
  listByKey,
  listOf,
  setOf,
  str,
  struct,
  time,
} from '../../schema/dsl';
import { Schema } from '../../schema/Schema';
import { objectMeta } from '../../service/objectMeta';
import { labelSelector, podTemplate } from './pod';

/** An object with spec and status. */
export const resource = (kind: string, spec: Schema, status?: Schema): Schema =>
  struct(kind, {
    apiVersion: str,
    kind: str,
    metadata: objectMeta,
    spec,
    ...(status && { status }),
  });

const conditions = (goType: string) =>
  listByKey(
    'type',
    struct(goType, {
      type: str,
      status: str,
      lastProbeTime: time,
      lastUpdateTime: time,
      lastTransitionTime: time,
      reason: str,
      message: str,
    }),
  );

export const job = resource(
  'Job',
  struct('JobSpec', {
    parallelism: int32,
    completions: int32,
    activeDeadlineSeconds: int64,
    podFailurePolicy: struct('PodFailurePolicy', { rules: listOf(anything) }),
    successPolicy: struct('SuccessPolicy', { rules: listOf(anything) }),
    backoffLimit: int32,
    backoffLimitPerIndex: int32,
    maxFailedIndexes: int32,
    selector: labelSelector,
    manualSelector: bool,
    template: podTemplate,
    ttlSecondsAfterFinished: int32,
    completionMode: str,
    suspend: bool,
    podReplacementPolicy: str,
    managedBy: str,
  }),
  struct('JobStatus', {
    conditions: conditions('JobCondition'),
    startTime: time,
    completionTime: time,
    active: int32,
    succeeded: int32,
    failed: int32,
    terminating: int32,
    completedIndexes: str,
    failedIndexes: str,
    uncountedTerminatedPods: struct('UncountedTerminatedPods', {
      succeeded: setOf(str),
      failed: setOf(str),
    }),
    ready: int32,
  }),
);

const rollingUpdate = struct('RollingUpdate', {
  maxUnavailable: intOrString,
  maxSurge: intOrString,
  partition: int32,
});
const strategy = (goType: string) =>
  struct(goType, { type: str, rollingUpdate });

const counts = {
  observedGeneration: int64,
  replicas: int32,
  updatedReplicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  unavailableReplicas: int32,
  terminatingReplicas: int32,
  fullyLabeledReplicas: int32,
  collisionCount: int32,
};

export const deployment = resource(
  'Deployment',
  struct('DeploymentSpec', {
    replicas: int32,
    selector: labelSelector,
    template: podTemplate,
    strategy: strategy('DeploymentStrategy'),
    minReadySeconds: int32,
    revisionHistoryLimit: int32,
    paused: bool,
    progressDeadlineSeconds: int32,
  }),
  struct('DeploymentStatus', {
    ...counts,
    conditions: conditions('DeploymentCondition'),
  }),
);

export const replicaSet = resource(
  'ReplicaSet',
  struct('ReplicaSetSpec', {
    replicas: int32,
    minReadySeconds: int32,
    selector: labelSelector,
    template: podTemplate,
  }),
  struct('ReplicaSetStatus', {
    ...counts,
    conditions: conditions('ReplicaSetCondition'),
  }),
);

export const statefulSet = resource(
  'StatefulSet',
  struct('StatefulSetSpec', {
    replicas: int32,
    selector: labelSelector,
    template: podTemplate,
    volumeClaimTemplates: listOf(anything),
    serviceName: str,
    podManagementPolicy: str,
    updateStrategy: strategy('StatefulSetUpdateStrategy'),
    revisionHistoryLimit: int32,
    minReadySeconds: int32,
    persistentVolumeClaimRetentionPolicy: anything,
    ordinals: anything,
  }),
  struct('StatefulSetStatus', {
    ...counts,
    currentReplicas: int32,
    currentRevision: str,
    updateRevision: str,
    conditions: conditions('StatefulSetCondition'),
  }),
);

export const daemonSet = resource(
  'DaemonSet',
  struct('DaemonSetSpec', {
    selector: labelSelector,
    template: podTemplate,
    updateStrategy: strategy('DaemonSetUpdateStrategy'),
    minReadySeconds: int32,
    revisionHistoryLimit: int32,
  }),
  struct('DaemonSetStatus', {
    currentNumberScheduled: int32,
    numberMisscheduled: int32,
    desiredNumberScheduled: int32,
    numberReady: int32,
    observedGeneration: int64,
    updatedNumberScheduled: int32,
    numberAvailable: int32,
    numberUnavailable: int32,
    collisionCount: int32,
    conditions: conditions('DaemonSetCondition'),
  }),
);

export const controllerRevision = struct('ControllerRevision', {
  apiVersion: str,
  kind: str,
  metadata: objectMeta,
  data: anything,
  revision: int64,
});
