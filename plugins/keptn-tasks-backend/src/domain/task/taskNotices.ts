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

import type { Notice } from '../plan';
import type { KeptnTaskStatus } from '../resources';
import { isFinished } from '../state';

const NOT_FOUND = new Set(['DefinitionMissing', 'ReferenceMissing']);
/** Steps on the way of a running task that are no obstacles. */
const ORDINARY = new Set([
  'Cancelling',
  'DeadlineExceeded',
  'JobDeleted',
  'Suspended',
]);

/** What is worth telling about the step from one status of a task to the next. Each sentence is told once. */
export function taskNotices(
  before: KeptnTaskStatus,
  after: KeptnTaskStatus,
): Notice[] {
  const { status, reason, message = '', jobName } = after;

  if (isFinished(status)) {
    return isFinished(before.status) ? [] : [ending(after)];
  }
  if (status === 'Pending') {
    return reason && message !== before.message
      ? [
          {
            type: 'Warning',
            reason: NOT_FOUND.has(reason)
              ? 'CreateTaskNotFound'
              : 'CreateTaskFailed',
            message,
          },
        ]
      : [];
  }

  const notices: Notice[] = [];
  if (before.status !== 'Progressing') {
    notices.push({
      type: 'Normal',
      reason: 'TaskStarted',
      message: `Job ${jobName} was created.`,
    });
  }
  if (reason === 'AttemptFailed') {
    if (message !== before.message) {
      notices.push({ type: 'Warning', reason: 'TaskAttemptFailed', message });
    }
  } else if (reason && !ORDINARY.has(reason) && reason !== before.reason) {
    // Some sentences count nodes or retries; the word alone says whether this is news.
    notices.push({ type: 'Warning', reason: 'CreateTaskFailed', message });
  }
  return notices;
}

function ending({ status, reason, message = '' }: KeptnTaskStatus): Notice {
  if (status === 'Succeeded') {
    return {
      type: 'Normal',
      reason: 'TaskSucceeded',
      message: 'The task succeeded.',
    };
  }
  return reason === 'Cancelled'
    ? { type: 'Normal', reason: 'TaskCancelled', message }
    : { type: 'Warning', reason: 'TaskFailed', message };
}
