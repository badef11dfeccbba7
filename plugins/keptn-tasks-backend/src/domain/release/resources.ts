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

import type { V1ObjectMeta } from '@kubernetes/client-node';

/** API group of Keptn's configuration. */
export const OPTIONS_API_VERSION = 'options.keptn.sh/v1alpha1';

/** States of versions, phases and their items, as Keptn spells them. */
export type ReleaseState =
  | 'Pending'
  | 'Progressing'
  | 'Succeeded'
  | 'Failed'
  /** Skipped because an earlier phase failed, or superseded by a newer version. */
  | 'Deprecated'
  /** Of a phase: failed while failures do not block. */
  | 'Warning'
  | 'Unknown';

type NamedMeta = V1ObjectMeta & {
  name: string;
  namespace: string;
  uid: string;
};

/** Names of definitions to run around a deployment. */
export interface CheckLists {
  preDeploymentTasks?: string[];
  postDeploymentTasks?: string[];
  preDeploymentEvaluations?: string[];
  postDeploymentEvaluations?: string[];
}

/** One task or evaluation of a phase. */
export interface ItemStatus {
  definitionName?: string;
  /** Name of the KeptnTask or KeptnEvaluation. */
  name?: string;
  status?: ReleaseState;
  startTime?: string;
  endTime?: string;
}

/** W3C trace context as OpenTelemetry carries it: `traceparent`, perhaps `tracestate`. */
export type TraceCarrier = Record<string, string>;

export interface KeptnAppSpec {
  version: string;
  /** Raised to repeat the checks of a version. */
  revision?: number;
  workloads?: { name: string; version: string }[];
}

/** An application: a version and the workloads that make it up. */
export interface KeptnApp {
  apiVersion: string;
  kind: 'KeptnApp';
  metadata: NamedMeta;
  spec: KeptnAppSpec;
  status?: { currentVersion?: string };
}

export interface KeptnAppContextSpec extends CheckLists {
  promotionTasks?: string[];
  metadata?: Record<string, string>;
  /** W3C traceparent values. */
  spanLinks?: string[];
}

/** What is checked around the deployments of the app of the same name. */
export interface KeptnAppContext {
  apiVersion: string;
  kind: 'KeptnAppContext';
  metadata: NamedMeta;
  spec: KeptnAppContextSpec;
}

export interface KeptnAppVersionSpec extends KeptnAppSpec, KeptnAppContextSpec {
  appName: string;
  previousVersion?: string;
  traceId?: TraceCarrier;
}

export interface KeptnAppVersionStatus {
  preDeploymentStatus?: ReleaseState;
  preDeploymentEvaluationStatus?: ReleaseState;
  workloadOverallStatus?: ReleaseState;
  postDeploymentStatus?: ReleaseState;
  postDeploymentEvaluationStatus?: ReleaseState;
  promotionStatus?: ReleaseState;
  status?: ReleaseState;
  currentPhase?: string;
  preDeploymentTaskStatus?: ItemStatus[];
  postDeploymentTaskStatus?: ItemStatus[];
  promotionTaskStatus?: ItemStatus[];
  preDeploymentEvaluationTaskStatus?: ItemStatus[];
  postDeploymentEvaluationTaskStatus?: ItemStatus[];
  workloadStatus?: {
    workload?: { name: string; version: string };
    status?: ReleaseState;
  }[];
  phaseTraceIDs?: Record<string, TraceCarrier>;
  startTime?: string;
  endTime?: string;
}

/** One attempt to release a version of an app. */
export interface KeptnAppVersion {
  apiVersion: string;
  kind: 'KeptnAppVersion';
  metadata: NamedMeta;
  spec: KeptnAppVersionSpec;
  status?: KeptnAppVersionStatus;
}

/** Asks for an app to be made of the workloads that name it. */
export interface KeptnAppCreationRequest {
  apiVersion: string;
  kind: 'KeptnAppCreationRequest';
  metadata: NamedMeta;
  spec: { appName: string };
}

export interface ResourceReference {
  uid: string;
  /** ReplicaSet, StatefulSet or DaemonSet. */
  kind: string;
  name: string;
}

export interface KeptnWorkloadSpec extends CheckLists {
  app: string;
  version: string;
  resourceReference: ResourceReference;
  metadata?: Record<string, string>;
}

/** A workload of an app, named `<app>-<workload>`. */
export interface KeptnWorkload {
  apiVersion: string;
  kind: 'KeptnWorkload';
  metadata: NamedMeta;
  spec: KeptnWorkloadSpec;
  status?: { currentVersion?: string };
}

export interface KeptnWorkloadVersionSpec extends KeptnWorkloadSpec {
  /** Name of the KeptnWorkload. */
  workloadName: string;
  previousVersion?: string;
  traceId?: TraceCarrier;
}

export interface KeptnWorkloadVersionStatus {
  preDeploymentStatus?: ReleaseState;
  preDeploymentEvaluationStatus?: ReleaseState;
  deploymentStatus?: ReleaseState;
  postDeploymentStatus?: ReleaseState;
  postDeploymentEvaluationStatus?: ReleaseState;
  status?: ReleaseState;
  currentPhase?: string;
  preDeploymentTaskStatus?: ItemStatus[];
  postDeploymentTaskStatus?: ItemStatus[];
  preDeploymentEvaluationTaskStatus?: ItemStatus[];
  postDeploymentEvaluationTaskStatus?: ItemStatus[];
  phaseTraceIDs?: Record<string, TraceCarrier>;
  startTime?: string;
  endTime?: string;
  deploymentStartTime?: string;
  appContextMetadata?: Record<string, string>;
}

/** One version of a workload on its way through its phases. */
export interface KeptnWorkloadVersion {
  apiVersion: string;
  kind: 'KeptnWorkloadVersion';
  metadata: NamedMeta;
  spec: KeptnWorkloadVersionSpec;
  status?: KeptnWorkloadVersionStatus;
}

export interface KeptnEvaluationDefinitionSpec {
  objectives: {
    keptnMetricRef: { name: string; namespace?: string };
    /** `<` or `>` and a number. */
    evaluationTarget: string;
  }[];
  retries?: number;
  retryInterval?: string;
}

export interface KeptnEvaluationDefinition {
  apiVersion: string;
  kind: 'KeptnEvaluationDefinition';
  metadata: NamedMeta;
  spec: KeptnEvaluationDefinitionSpec;
}

export interface EvaluationItem {
  value?: string;
  status?: ReleaseState;
  message?: string;
}

/** A comparison of metrics with their targets, done until it holds or the retries are used up. */
export interface KeptnEvaluation {
  apiVersion: string;
  kind: 'KeptnEvaluation';
  metadata: NamedMeta;
  spec: {
    workload?: string;
    workloadVersion: string;
    appName?: string;
    appVersion?: string;
    evaluationDefinition: string;
    checkType?: string;
    retries?: number;
    retryInterval?: string;
  };
  status?: {
    retryCount?: number;
    evaluationStatus?: Record<string, EvaluationItem>;
    overallStatus?: ReleaseState;
    startTime?: string;
    endTime?: string;
  };
}

/** A metric as the metrics operator provides it (`metrics.keptn.sh/v1`). */
export interface KeptnMetric {
  apiVersion: string;
  kind: 'KeptnMetric';
  metadata: NamedMeta;
  status?: { value?: string; rawValue?: string; lastUpdated?: string };
}

/** Settings of a whole cluster, in the Keptn namespace. */
export interface KeptnConfig {
  apiVersion: string;
  kind: 'KeptnConfig';
  metadata: NamedMeta;
  spec?: {
    OTelCollectorUrl?: string;
    keptnAppCreationRequestTimeoutSeconds?: number;
    cloudEventsEndpoint?: string;
    blockDeployment?: boolean;
    observabilityTimeout?: string;
    restApiEnabled?: boolean;
  };
}

/** The part of an Argo Rollout that says how far it is. */
export interface Rollout {
  apiVersion: string;
  kind: 'Rollout';
  metadata: NamedMeta;
  spec?: { replicas?: number };
  status?: {
    phase?: string;
    message?: string;
    observedGeneration?: string;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    currentPodHash?: string;
    stableRS?: string;
  };
}
