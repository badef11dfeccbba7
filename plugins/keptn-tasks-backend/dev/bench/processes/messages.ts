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

import type { ClusterAddress } from '../cluster/BenchCluster';
import type { DatabaseLocation } from '../history/BenchDatabase';

/** What a measured reconciler is started with. */
export interface ReconcilerOptions extends ClusterAddress {
  database: DatabaseLocation;
  /** Jobs are created suspended, so that no Pod takes time from what is measured. */
  suspendJobs: boolean;
}

/** Requests by what they do, for example `POST jobs` or `PATCH keptntasks/status`. */
export type RequestCounts = Record<string, number>;

/** What a measured reconciler uses and has done so far. */
export interface ReconcilerState {
  /** At work on the cluster, and nothing waits to be looked at. */
  caughtUp: boolean;
  /** Resident memory after a garbage collection, and the most that there ever was, in bytes. */
  rss: number;
  maxRss: number;
  /** Writes to the cluster. Renewals of the Lease and access reviews are not among them. */
  writes: RequestCounts;
  reads: RequestCounts;
  /** Milliseconds of processor time since the process began. */
  cpuMs: number;
}

/** To the reconciler's process. */
export type ReconcilerCommand = 'start' | 'state' | 'rest' | 'stop';

/** From the reconciler's process. Times are those of the wall clock, in milliseconds since 1970. */
export type ReconcilerMessage =
  | { type: 'loaded' }
  /** The first look at a task may begin: it leads, and it knows what is in the cluster. */
  | { type: 'leading'; at: number; cpuMs: number }
  /** For the first time nothing waits to be looked at. */
  | { type: 'caught-up'; at: number }
  | { type: 'state'; state: ReconcilerState }
  /** It has ended its work, and can be started anew. */
  | { type: 'resting' };
