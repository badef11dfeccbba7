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

import type { V1Pod } from '@kubernetes/client-node';
import {
  aJob,
  aPod,
  aTask,
  at,
  endedWith,
  podStatus,
} from '../../__testUtils__/builders';
import { attempts } from '../attempts';
import { failureReason } from './failureReason';
import type { Finding } from './Finding';

function reasonOf(
  options: {
    pods?: V1Pod[];
    reason?: string;
    retries?: number;
    waitedFor?: Finding;
  } = {},
) {
  const { pods = [], reason = 'BackoffLimitExceeded', retries = 2 } = options;
  const job = aJob(aTask(), {
    spec: { backoffLimit: retries, activeDeadlineSeconds: 90 },
  });
  return failureReason({
    job,
    pods,
    attempts: attempts(pods, [], job),
    failure: { reason, message: 'what Kubernetes says' },
    waitedFor: options.waitedFor,
  });
}

const pod = (status: V1Pod['status']) => aPod({ status });
const disrupted = (reason: string, message: string) =>
  pod(
    podStatus(
      'Failed',
      { terminated: { exitCode: 137, reason: 'Error' } },
      {
        conditions: [
          { type: 'DisruptionTarget', status: 'True', reason, message },
        ],
      },
    ),
  );

describe('failureReason', () => {
  it.each<[string, V1Pod, Finding]>([
    [
      'an exit code with the telling line',
      pod(
        endedWith(3, {
          message: 'line 1\n\n\u001b[31mline 2\u001b[0m\r\n',
        }),
      ),
      {
        reason: 'ExitCode',
        message: 'Attempt 1 of 3 ended with exit code 3: line 2',
      },
    ],
    [
      'a signal',
      pod(endedWith(143)),
      {
        reason: 'ExitCode',
        message: 'Attempt 1 of 3 ended with exit code 143 (SIGTERM).',
      },
    ],
    [
      'too little memory',
      pod(endedWith(137, { reason: 'OOMKilled' })),
      {
        reason: 'OutOfMemory',
        message:
          'Attempt 1 of 3 used more memory than its limit of 512Mi and was killed.',
      },
    ],
    [
      'a program that is not there',
      pod(
        endedWith(128, {
          reason: 'StartError',
          message:
            'failed to create containerd task: runc create failed: unable to start container process: exec: "/no": no such file or directory',
        }),
      ),
      {
        reason: 'StartFailed',
        message:
          'Attempt 1 of 3 could not start: exec: "/no": no such file or directory',
      },
    ],
    [
      'an eviction',
      pod({
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: memory.',
      }),
      {
        reason: 'Evicted',
        message:
          'Attempt 1 of 3 was evicted on node node-1: The node was low on resource: memory.',
      },
    ],
    [
      'a more important Pod',
      disrupted('PreemptionByScheduler', 'preempting to accommodate x'),
      {
        reason: 'Evicted',
        message:
          'Attempt 1 of 3 had to make room on node node-1: preempting to accommodate x',
      },
    ],
    [
      'a lost node',
      disrupted('DeletionByPodGC', 'PodGC: node no longer exists'),
      {
        reason: 'NodeLost',
        message:
          'Attempt 1 of 3 ended with its node node-1: PodGC: node no longer exists',
      },
    ],
    [
      'a Pod that a node would not take',
      pod({
        phase: 'Failed',
        reason: 'UnexpectedAdmissionError',
        message: 'no devices',
      }),
      {
        reason: 'StartFailed',
        message: 'Attempt 1 of 3 failed before it started: no devices',
      },
    ],
  ])('names %s', (_name, failed, expected) => {
    expect(reasonOf({ pods: [failed] })).toEqual(expected);
  });

  it('speaks of the last attempt', () => {
    const first = aPod({ status: endedWith(1) });
    const second = aPod({
      metadata: { name: 'second', creationTimestamp: at(20) },
      status: endedWith(2),
    });
    expect(reasonOf({ pods: [second, first], retries: 1 }).message).toBe(
      'Attempt 2 of 2 ended with exit code 2.',
    );
  });

  it('says that the Pods are gone when they are', () => {
    expect(reasonOf()).toEqual({
      reason: 'BackoffLimitExceeded',
      message: 'All 3 attempts failed; their Pods are gone.',
    });
  });

  it('hands on what it does not know', () => {
    expect(reasonOf({ reason: 'PodFailurePolicy' })).toEqual({
      reason: 'PodFailurePolicy',
      message: 'what Kubernetes says',
    });
  });

  it('D-28 says how far the attempts came before the deadline', () => {
    expect(
      reasonOf({
        reason: 'DeadlineExceeded',
        pods: [aPod({ status: endedWith(2) })],
      }).message,
    ).toBe(
      'The task took longer than its timeout of 1m30s. Attempt 1 of 3 ended with exit code 2.',
    );
  });

  it('does not blame the Pod that the deadline stopped', () => {
    const stopped = aPod({
      metadata: { deletionTimestamp: at(90) },
      status: endedWith(137),
    });
    expect(
      reasonOf({ reason: 'DeadlineExceeded', pods: [stopped] }).message,
    ).toBe('The task took longer than its timeout of 1m30s.');
  });

  it('says what a task waited for until its deadline', () => {
    expect(
      reasonOf({
        reason: 'DeadlineExceeded',
        waitedFor: { reason: 'Unschedulable', message: 'No node.' },
      }),
    ).toEqual({
      reason: 'DeadlineExceeded',
      message: 'The task could not start within its timeout of 1m30s. No node.',
    });
  });
});
