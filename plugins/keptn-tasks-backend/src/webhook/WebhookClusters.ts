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
import type { V1Pod } from '@kubernetes/client-node';

/** What the webhook has to know of a cluster. It is at hand, or all but: an API server waits for the answer. */
export interface WebhookCluster {
  /** Whether everything below was seen at least once; until then Pods pass as they are. */
  ready(): boolean;
  /** Whether the namespace's workloads are looked after. */
  isOptedIn(namespace: string): boolean;
  /**
   * Resolves when the workload that a Pod belongs to was seen, or has not been within a moment. Pods are created right
   * after their ReplicaSet, and a watch may tell of that a little later.
   */
  seen(pod: V1Pod, namespace: string): Promise<void>;
  /** Whether the Pod belongs to a workload with a name: by itself, or by the workload that it belongs to. */
  hasIdentity(pod: V1Pod, namespace: string): boolean;
  /** Whether the Pods of a revision may run; the key is that of `revisionKeyOf`. */
  isCleared(namespace: string, revisionKey: string): boolean;
}

/** The clusters whose Pods the webhook holds, by their names in the configuration. */
export interface WebhookClusters {
  get(name: string): WebhookCluster | undefined;
}
