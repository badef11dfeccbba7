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

import type { KeptnWorkloadVersion } from '../resources';

/** A revision of a namespace, with what is known of it. */
export interface ObservedRevision {
  key: string;
  /** When its ReplicaSet or ControllerRevision was made. */
  createdAt: Date;
  /** Those that stand for it. */
  versions: KeptnWorkloadVersion[];
  /** Number of its Pods that our gate holds, and of those that it does not. */
  gatedPods: number;
  freePods: number;
}

/** What a namespace's ConfigMap of cleared revisions says. */
export interface ClearedRevisions {
  /** When the namespace began to be looked after. */
  since: Date;
  keys: ReadonlySet<string>;
}
