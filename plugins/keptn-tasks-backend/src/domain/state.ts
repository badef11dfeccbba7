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

import type { KeptnState, KeptnTaskStatus } from './resources';

/** Whether a KeptnTask in this state will not change again. */
export function isFinished(
  state: KeptnState | undefined,
): state is 'Succeeded' | 'Failed' {
  return state === 'Succeeded' || state === 'Failed';
}

/** Whether two statuses report the same. Absent and empty fields are equal. */
export function isSameStatus(
  a: KeptnTaskStatus | undefined,
  b: KeptnTaskStatus | undefined,
): boolean {
  const fields = [
    'jobName',
    'status',
    'reason',
    'message',
    'startTime',
    'endTime',
  ] as const;
  return fields.every(field => (a?.[field] ?? '') === (b?.[field] ?? ''));
}
