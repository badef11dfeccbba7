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

import type { LeaseTimings } from '../cluster/LeaderElection';
import { DEFAULT_LEASE_TIMINGS } from '../cluster/LeaderElection';

/** How long the work on a cluster waits for what. Milliseconds unless the name says otherwise. */
export interface RuntimeTimings {
  lease: LeaseTimings;
  /** Between tries to begin with a cluster that is away, lacks something, or has another reconciler. */
  retryMs: number;
  /** Between looks whether Keptn's own operator has appeared. */
  operatorCheckMs: number;
  /** How long a watch is asked to last, in seconds; in fact up to twice that. */
  watchSeconds: number;
  /** Silence after which a watch counts as dead. */
  watchSilenceMs: number;
  /** How long looks under way, and logs that are written, may take to end at a shutdown. */
  stopMs: number;
  /** How often a task whose Job is not ours to watch is looked at. */
  foreignJobMs: number;
}

export const DEFAULT_TIMINGS: RuntimeTimings = {
  lease: DEFAULT_LEASE_TIMINGS,
  retryMs: 10_000,
  operatorCheckMs: 60_000,
  watchSeconds: 300,
  watchSilenceMs: 150_000,
  stopMs: 10_000,
  foreignJobMs: 5_000,
};
