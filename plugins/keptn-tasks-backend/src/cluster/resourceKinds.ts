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

import type {
  CoreV1Event,
  V1ConfigMap,
  V1ControllerRevision,
  V1DaemonSet,
  V1Deployment,
  V1Job,
  V1Lease,
  V1Namespace,
  V1ObjectMeta,
  V1Pod,
  V1ReplicaSet,
  V1Secret,
  V1StatefulSet,
} from '@kubernetes/client-node';
import type {
  KeptnApp,
  KeptnAppContext,
  KeptnAppCreationRequest,
  KeptnAppVersion,
  KeptnConfig,
  KeptnEvaluation,
  KeptnEvaluationDefinition,
  KeptnMetric,
  KeptnWorkload,
  KeptnWorkloadVersion,
  Rollout,
} from '../domain/release/resources';
import type { KeptnTask, KeptnTaskDefinition } from '../domain/resources';

/** The kinds that this plugin reads and writes, with their types. */
export interface ResourceTypes {
  KeptnTask: KeptnTask;
  KeptnTaskDefinition: KeptnTaskDefinition;
  Job: V1Job;
  Pod: V1Pod;
  ConfigMap: V1ConfigMap;
  Event: CoreV1Event;
  Lease: V1Lease;
  /** Of the webhook's certificate alone, where it is kept in one. */
  Secret: V1Secret;
  Namespace: V1Namespace;
  Deployment: V1Deployment;
  ReplicaSet: V1ReplicaSet;
  StatefulSet: V1StatefulSet;
  DaemonSet: V1DaemonSet;
  ControllerRevision: V1ControllerRevision;
  Rollout: Rollout;
  KeptnApp: KeptnApp;
  KeptnAppContext: KeptnAppContext;
  KeptnAppVersion: KeptnAppVersion;
  KeptnAppCreationRequest: KeptnAppCreationRequest;
  KeptnWorkload: KeptnWorkload;
  KeptnWorkloadVersion: KeptnWorkloadVersion;
  KeptnEvaluation: KeptnEvaluation;
  KeptnEvaluationDefinition: KeptnEvaluationDefinition;
  KeptnMetric: KeptnMetric;
  KeptnConfig: KeptnConfig;
}

export type Kind = keyof ResourceTypes;

/** Any of them, as far as they are alike. */
export interface ClusterObject {
  apiVersion?: string;
  kind?: string;
  metadata?: V1ObjectMeta;
}

/** Which object is meant. */
export interface ObjectKey {
  /** Empty for objects that are in none. */
  namespace: string;
  name: string;
}

/** Where a kind is served. */
export interface KindInfo {
  /** Empty for the core group. */
  group: string;
  version: string;
  /** Plural name in paths and RBAC rules. */
  resource: string;
}

const lifecycle = (resource: string): KindInfo => ({
  group: 'lifecycle.keptn.sh',
  version: 'v1',
  resource,
});
const apps = (resource: string): KindInfo => ({
  group: 'apps',
  version: 'v1',
  resource,
});

export const KINDS: Record<Kind, KindInfo> = {
  KeptnTask: lifecycle('keptntasks'),
  KeptnTaskDefinition: lifecycle('keptntaskdefinitions'),
  KeptnApp: lifecycle('keptnapps'),
  KeptnAppContext: lifecycle('keptnappcontexts'),
  KeptnAppVersion: lifecycle('keptnappversions'),
  KeptnAppCreationRequest: lifecycle('keptnappcreationrequests'),
  KeptnWorkload: lifecycle('keptnworkloads'),
  KeptnWorkloadVersion: lifecycle('keptnworkloadversions'),
  KeptnEvaluation: lifecycle('keptnevaluations'),
  KeptnEvaluationDefinition: lifecycle('keptnevaluationdefinitions'),
  KeptnMetric: {
    group: 'metrics.keptn.sh',
    version: 'v1',
    resource: 'keptnmetrics',
  },
  KeptnConfig: {
    group: 'options.keptn.sh',
    version: 'v1alpha1',
    resource: 'keptnconfigs',
  },
  Deployment: apps('deployments'),
  ReplicaSet: apps('replicasets'),
  StatefulSet: apps('statefulsets'),
  DaemonSet: apps('daemonsets'),
  ControllerRevision: apps('controllerrevisions'),
  Rollout: { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
  Namespace: { group: '', version: 'v1', resource: 'namespaces' },
  Secret: { group: '', version: 'v1', resource: 'secrets' },
  Job: { group: 'batch', version: 'v1', resource: 'jobs' },
  Pod: { group: '', version: 'v1', resource: 'pods' },
  ConfigMap: { group: '', version: 'v1', resource: 'configmaps' },
  Event: { group: '', version: 'v1', resource: 'events' },
  Lease: { group: 'coordination.k8s.io', version: 'v1', resource: 'leases' },
};

/** Path of a collection or object; of all namespaces when none is named. */
export function resourcePath(
  kind: Kind,
  where: { namespace?: string; name?: string; subresource?: string } = {},
): string {
  const { group, version, resource } = KINDS[kind];
  return [
    group ? `/apis/${group}/${version}` : `/api/${version}`,
    where.namespace && `namespaces/${encodeURIComponent(where.namespace)}`,
    resource,
    where.name && encodeURIComponent(where.name),
    where.subresource,
  ]
    .filter(Boolean)
    .join('/');
}

/** Version and kind as manifests spell them. */
export function apiVersionOf(kind: Kind): string {
  const { group, version } = KINDS[kind];
  return group ? `${group}/${version}` : version;
}
