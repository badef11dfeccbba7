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
  isRunFinished,
  type Definition,
  type Run,
} from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from './place';

/** The answer to "is anything wrong?". */
export type RunHealth =
  | { kind: 'none' }
  | { kind: 'failed'; run: Run; others: number }
  | { kind: 'running'; runs: Run[] }
  | { kind: 'passed'; last: Run };

/**
 * Judges by the newest run of each definition in each place: an old failure that a newer run has put right is no
 * longer a problem, and a repetition that is still under way does not hide the failure it repeats.
 */
export function judgeHealth(
  definitions: readonly Definition[],
  recent: readonly Run[],
): RunHealth {
  const runs = [
    ...definitions.flatMap(({ lastRun }) => (lastRun ? [lastRun] : [])),
    ...recent,
  ].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const newest = new Map<string, Run>();
  const newestFinished = new Map<string, Run>();
  for (const run of runs) {
    const key = `${formatPlace(run)}/${run.definition.name}`;
    if (!newest.has(key)) newest.set(key, run);
    // Somebody stopped a cancelled run on purpose; it says nothing about the task.
    if (
      isRunFinished(run.state) &&
      run.state !== 'Cancelled' &&
      !newestFinished.has(key)
    ) {
      newestFinished.set(key, run);
    }
  }

  const failed = [...newestFinished.values()].filter(
    run => run.state === 'Failed',
  );
  if (failed.length > 0) {
    return { kind: 'failed', run: failed[0], others: failed.length - 1 };
  }
  const running = [...newest.values()].filter(run => !isRunFinished(run.state));
  if (running.length > 0) return { kind: 'running', runs: running };
  const [last] = newestFinished.values();
  return last ? { kind: 'passed', last } : { kind: 'none' };
}
