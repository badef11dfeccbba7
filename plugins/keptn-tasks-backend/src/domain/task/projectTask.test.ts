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
  aJob,
  anObservation,
  aPod,
  aTask,
  at,
  endedWith,
  podStatus,
  resolved,
} from '../__testUtils__/builders';
import { defaultTaskSettings } from '../settings';
import { projectTask } from './projectTask';
import type { TaskObservation } from './TaskPlan';

const progressing = aTask({
  status: {
    status: 'Progressing',
    jobName: 'smoke-1-4711',
    startTime: '2026-01-01T12:00:00Z',
  },
});

function project(observed: Partial<TaskObservation>) {
  return projectTask(anObservation(observed), at(20), defaultTaskSettings);
}

describe('projectTask', () => {
  it('follows a task that another operator has at work', () => {
    expect(
      project({
        task: progressing,
        job: aJob(),
        pods: [aPod({ status: podStatus('Running', { running: {} }) })],
      }),
    ).toMatchObject({
      state: 'Progressing',
      startedAt: at(0).toISOString(),
      jobName: 'smoke-1-4711',
      runner: 'deno',
      attempts: [{ number: 1, state: 'Running' }],
    });
  });

  it('says what it waits for', () => {
    expect(project({ definition: resolved() })).toMatchObject({
      state: 'Pending',
      reason: 'DefinitionMissing',
    });
    expect(
      project({
        task: progressing,
        job: aJob(),
        pods: [
          aPod({
            status: podStatus('Pending', {
              waiting: { reason: 'ErrImagePull', message: 'gone' },
            }),
          }),
        ],
      }),
    ).toMatchObject({ state: 'Progressing', reason: 'WaitingForImage' });
  });

  it('refines the reason of a failure as long as the Job tells', () => {
    const task = aTask({
      status: {
        status: 'Failed',
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
        endTime: '2026-01-01T12:00:15Z',
      },
    });
    const job = aJob(task, {
      spec: { backoffLimit: 0 },
      status: {
        conditions: [
          {
            type: 'Failed',
            status: 'True',
            reason: 'BackoffLimitExceeded',
            message: 'Job has reached the specified backoff limit',
          },
        ],
      },
    });
    expect(
      project({ task, job, pods: [aPod({ status: endedWith(2) })] }),
    ).toMatchObject({
      state: 'Failed',
      reason: 'ExitCode',
      finishedAt: at(15).toISOString(),
    });
    expect(project({ task })).toMatchObject({
      state: 'Failed',
      reason: 'BackoffLimitExceeded',
      attempts: [],
    });
  });

  it('keeps what a run is made of once the Job was seen', () => {
    expect(
      project({
        task: progressing,
        recorded: {
          id: 'run-1',
          state: 'Progressing',
          logsStored: false,
          jobUid: 'j',
        },
      }).definitionSnapshot,
    ).toBeUndefined();
  });
});
