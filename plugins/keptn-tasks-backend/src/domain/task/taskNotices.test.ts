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

import type { KeptnTaskStatus } from '../resources';
import { taskNotices } from './taskNotices';

const progressing: KeptnTaskStatus = { status: 'Progressing', jobName: 'j' };
const failedOnce: KeptnTaskStatus = {
  ...progressing,
  reason: 'AttemptFailed',
  message: 'Attempt 1 of 3 ended with exit code 1.',
};

describe('taskNotices', () => {
  it.each<[string, KeptnTaskStatus, KeptnTaskStatus, string[]]>([
    [
      'a missing definition, in the words that Keptn has for it',
      {},
      { status: 'Pending', reason: 'DefinitionMissing', message: 'm' },
      ['CreateTaskNotFound: m'],
    ],
    [
      'what else keeps a task from starting',
      {},
      { status: 'Pending', reason: 'QuotaExceeded', message: 'm' },
      ['CreateTaskFailed: m'],
    ],
    [
      'nothing twice',
      { status: 'Pending', reason: 'QuotaExceeded', message: 'm' },
      { status: 'Pending', reason: 'QuotaExceeded', message: 'm' },
      [],
    ],
    ['the start', {}, progressing, ['TaskStarted: Job j was created.']],
    [
      'a failed attempt',
      progressing,
      failedOnce,
      ['TaskAttemptFailed: Attempt 1 of 3 ended with exit code 1.'],
    ],
    [
      'each failed attempt',
      failedOnce,
      { ...failedOnce, message: 'Attempt 2 of 3 ended with exit code 1.' },
      ['TaskAttemptFailed: Attempt 2 of 3 ended with exit code 1.'],
    ],
    [
      'an obstacle by its word, however its sentence counts',
      { ...progressing, reason: 'Unschedulable', message: '0/3 nodes' },
      { ...progressing, reason: 'Unschedulable', message: '0/4 nodes' },
      [],
    ],
    [
      'no obstacle where somebody wants the task stopped',
      progressing,
      { ...progressing, reason: 'Cancelling', message: 'm' },
      [],
    ],
    [
      'success',
      progressing,
      { ...progressing, status: 'Succeeded' },
      ['TaskSucceeded: The task succeeded.'],
    ],
    [
      'failure',
      progressing,
      { ...progressing, status: 'Failed', reason: 'JobLost', message: 'm' },
      ['TaskFailed: m'],
    ],
    [
      'the wish of somebody, which is no failure',
      progressing,
      { ...progressing, status: 'Failed', reason: 'Cancelled', message: 'm' },
      ['TaskCancelled: m'],
    ],
    [
      'nothing about a task that was over already',
      { status: 'Failed', reason: 'a' },
      { status: 'Failed', reason: 'b' },
      [],
    ],
  ])('tell %s', (_name, before, after, expected) => {
    expect(
      taskNotices(before, after).map(
        ({ reason, message }) => `${reason}: ${message}`,
      ),
    ).toEqual(expected);
  });
});
