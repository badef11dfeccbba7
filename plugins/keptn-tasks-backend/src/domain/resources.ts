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

import type { V1Container, V1ObjectMeta } from '@kubernetes/client-node';

/** API group of Keptn's deployment tasks. */
export const LIFECYCLE_GROUP = 'lifecycle.keptn.sh';
/** The version that is stored and that this plugin reads and writes. */
export const LIFECYCLE_VERSION = 'v1';
export const LIFECYCLE_API_VERSION = `${LIFECYCLE_GROUP}/${LIFECYCLE_VERSION}`;

/** States of a KeptnTask on the wire, as Keptn spells them. */
export type KeptnState = 'Pending' | 'Progressing' | 'Succeeded' | 'Failed';

/** `spec.context` of a KeptnTask; what becomes KEPTN_CONTEXT. */
export interface KeptnTaskContext {
  appName?: string;
  appVersion?: string;
  workloadName?: string;
  workloadVersion?: string;
  taskType?: string;
  objectType?: string;
  metadata?: Record<string, string>;
}

export interface KeptnTaskSpec {
  taskDefinition: string;
  context?: KeptnTaskContext;
  parameters?: { map?: Record<string, string> };
  secureParameters?: { secret?: string };
  checkType?: string;
  retries?: number;
  /** A duration as Go spells it: `90s`, `1h30m`. */
  timeout?: string;
}

export interface KeptnTaskStatus {
  jobName?: string;
  status?: KeptnState;
  reason?: string;
  message?: string;
  startTime?: string;
  endTime?: string;
}

/** A request to run a definition once. */
export interface KeptnTask {
  apiVersion: string;
  kind: 'KeptnTask';
  metadata: V1ObjectMeta & { name: string; namespace: string; uid: string };
  spec: KeptnTaskSpec;
  status?: KeptnTaskStatus;
}

/** Where the code of a function comes from and what it is given. */
export interface RuntimeSpec {
  inline?: { code?: string };
  httpRef?: { url?: string };
  functionRef?: { name?: string };
  configMapRef?: { name?: string };
  parameters?: { map?: Record<string, string> };
  secureParameters?: { secret?: string };
  cmdParameters?: string;
}

export interface KeptnTaskDefinitionSpec {
  deno?: RuntimeSpec;
  python?: RuntimeSpec;
  container?: V1Container;
  retries?: number;
  timeout?: string;
  serviceAccount?: { name?: string };
  automountServiceAccountToken?: { type?: boolean };
  ttlSecondsAfterFinished?: number;
  imagePullSecrets?: { name?: string }[];
}

/** What a task does. */
export interface KeptnTaskDefinition {
  apiVersion: string;
  kind: 'KeptnTaskDefinition';
  metadata: V1ObjectMeta & { name: string; namespace: string; uid: string };
  spec: KeptnTaskDefinitionSpec;
  status?: { function?: { configMap?: string } };
}
