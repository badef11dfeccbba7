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

import { isClusterError } from './ClusterError';

const FIRST_MS = 50;
const MAX_MS = 30_000;
/** A missing right does not come back by itself; somebody has to grant it. */
const FORBIDDEN_MS = 15_000;

/**
 * How long to wait before a watch is tried again, with jitter so that watches which broke together do not come back
 * together. `failures` counts those in a row.
 */
export function watchBackoffMs(
  failures: number,
  error?: unknown,
  random: () => number = Math.random,
): number {
  const base = isClusterError(error, 'forbidden', 'unauthorized')
    ? FORBIDDEN_MS
    : Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return base * (0.5 + random() / 2);
}
