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

import type { ReleaseState } from '../resources';
import type { FailureMode } from '../settings';

/** Whether something in this state will not change again. */
export function isCompleted(state: string | undefined): boolean {
  return (
    state === 'Succeeded' ||
    state === 'Failed' ||
    state === 'Deprecated' ||
    state === 'Warning'
  );
}

/** Whether a phase in this state lets the next one begin. */
export function hasPassed(state: string | undefined): boolean {
  return state === 'Succeeded' || state === 'Warning';
}

/**
 * The state of a phase that is made of items. It ends when all of them have ended, whatever became of the first; one
 * that failed fails the phase, or is a warning where failures do not block.
 */
export function stateOfItems(
  states: (ReleaseState | undefined)[],
  failedChecks: FailureMode,
): ReleaseState {
  if (!states.every(isCompleted)) {
    return states.some(state => isCompleted(state) || state === 'Progressing')
      ? 'Progressing'
      : 'Pending';
  }
  if (!states.some(state => state === 'Failed' || state === 'Deprecated')) {
    return 'Succeeded';
  }
  return failedChecks === 'warn' ? 'Warning' : 'Failed';
}

/**
 * The state of all workloads of an app together, as Keptn counts it: one that failed fails the app, also while others
 * are under way.
 */
export function stateOfWorkloads(states: ReleaseState[]): ReleaseState {
  const has = (...some: ReleaseState[]) =>
    states.some(state => some.includes(state));
  if (has('Failed', 'Deprecated')) return 'Failed';
  if (has('Progressing')) return 'Progressing';
  if (has('Pending')) return 'Pending';
  if (has('Unknown')) return 'Unknown';
  return 'Succeeded';
}
