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

import type { RecentRun } from 'backstage-plugin-keptn-tasks-common';

/** One bar of a sparkline. */
export interface SparklineBar {
  id: string;
  /** Share of the longest duration, from 0 to 1; a little even for the shortest, so that it can be seen. */
  height: number;
  state: RecentRun['state'];
  durationMs?: number;
}

const SMALLEST = 0.12;

/** Bars for the last runs, oldest first. Runs of unknown duration are drawn small. */
export function sparklineBars(runs: readonly RecentRun[]): SparklineBar[] {
  const longest = Math.max(1, ...runs.map(run => run.durationMs ?? 0));
  return runs.map(({ id, state, durationMs }) => ({
    id,
    state,
    durationMs,
    height: Math.max(SMALLEST, (durationMs ?? 0) / longest),
  }));
}

/** What a sparkline says in numbers. */
export function summarizeRecentRuns(runs: readonly RecentRun[]) {
  const durations = runs
    .flatMap(run => (run.durationMs === undefined ? [] : [run.durationMs]))
    .sort((a, b) => a - b);
  return {
    count: runs.length,
    failed: runs.filter(run => run.state === 'Failed').length,
    shortestMs: durations[0],
    longestMs: durations[durations.length - 1],
  };
}
