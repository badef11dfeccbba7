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

import type { V1JobCondition } from '@kubernetes/client-node';
import {
  aDefinition,
  aJob,
  anObservation,
  aPod,
  aTask,
  at,
  endedWith,
  podStatus,
  resolved,
} from '../__testUtils__/builders';
import { jobName } from '../names';
import type { KeptnTaskStatus } from '../resources';
import { defaultTaskSettings } from '../settings';
import { planTask } from './planTask';
import type { RunUpdate, TaskObservation } from './TaskPlan';

const name = jobName(aTask());
const started: KeptnTaskStatus = {
  status: 'Progressing',
  jobName: name,
  startTime: '2026-01-01T12:00:01Z',
};
const cancel = { annotations: { 'keptn-tasks/cancel': 'wrong version' } };
const live = { jobTrace: false };
const intended = {
  id: 'run-1',
  state: 'Pending' as const,
  logsStored: false,
  jobIntentAt: at(1).toISOString(),
};
const followed = {
  ...intended,
  state: 'Progressing' as const,
  jobUid: aJob().metadata!.uid,
};

function condition(
  type: string,
  rest: Partial<V1JobCondition> = {},
): V1JobCondition {
  return { type, status: 'True', lastTransitionTime: at(9), ...rest };
}

const backoff = condition('Failed', {
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
});
const succeededJob = aJob(aTask(), {
  status: { conditions: [condition('Complete')], completionTime: at(8) },
});
const failedJob = aJob(aTask(), {
  spec: { backoffLimit: 0 },
  status: { conditions: [backoff] },
});
const waitingPod = (reason: string, message: string) =>
  aPod({ status: podStatus('Pending', { waiting: { reason, message } }) });

const cases: {
  name: string;
  observed: Partial<TaskObservation>;
  seconds?: number;
  actions?: string[];
  reports?: KeptnTaskStatus;
  run?: Partial<RunUpdate>;
  notices?: string[];
  requeueAfterMs?: number;
  needsLiveRead?: boolean;
}[] = [
  {
    name: 'starts a Job for a new task and records the intent first',
    observed: {},
    actions: ['create-config-map', 'create-job'],
    reports: {},
    run: {
      state: 'Pending',
      jobIntentAt: at(10).toISOString(),
      jobName: name,
      runner: 'deno',
      maxAttempts: 11,
      timeoutSeconds: 300,
      definition: {
        name: 'smoke',
        namespace: 'shop',
        hash: expect.any(String) as any,
      },
    },
  },
  {
    name: 'waits for a definition that does not exist yet',
    observed: { definition: resolved() },
    reports: {
      status: 'Pending',
      reason: 'DefinitionMissing',
      message:
        'Definition smoke is neither in namespace shop nor in keptn-system.',
      startTime: '2026-01-01T12:00:10Z',
    },
    run: { state: 'Pending', reason: 'DefinitionMissing' },
    notices: ['CreateTaskNotFound'],
    requeueAfterMs: 20_000,
  },
  {
    name: 'says so once only',
    observed: {
      definition: resolved(),
      task: aTask({
        status: {
          status: 'Pending',
          reason: 'DefinitionMissing',
          message:
            'Definition smoke is neither in namespace shop nor in keptn-system.',
          startTime: '2026-01-01T12:00:02Z',
        },
      }),
    },
    reports: { status: 'Pending', startTime: '2026-01-01T12:00:02Z' },
    notices: [],
  },
  {
    name: 'D-06 looks again at the API server before it gives up on a definition',
    observed: { definition: resolved() },
    seconds: 31,
    needsLiveRead: true,
  },
  {
    name: 'D-06 fails when the definition does not come',
    observed: { definition: resolved(), live },
    seconds: 31,
    reports: {
      status: 'Failed',
      reason: 'DefinitionMissing',
      endTime: '2026-01-01T12:00:31Z',
    },
    run: { state: 'Failed', finishedAt: at(31).toISOString() },
    notices: ['TaskFailed'],
  },
  {
    name: 'D-17 fails when a definition has no code',
    observed: { definition: resolved(aDefinition({ deno: {} })), live },
    seconds: 31,
    reports: { status: 'Failed', reason: 'DefinitionInvalid' },
  },
  {
    name: 'D-50 fails a task with a timeout that is none',
    observed: { task: aTask({ spec: { timeout: 'abc5m' } }) },
    reports: { status: 'Failed', reason: 'TaskInvalid' },
    run: { state: 'Failed', reason: 'TaskInvalid' },
  },
  {
    name: 'looks live at a task that was there long before it was seen',
    observed: {},
    seconds: 61,
    needsLiveRead: true,
  },
  {
    name: 'does not start an old task that shows traces of a Job',
    observed: { live: { jobTrace: true } },
    seconds: 61,
    reports: { status: 'Failed', reason: 'JobLost' },
  },
  {
    name: 'D-20 takes up the Job whose creation was never reported',
    observed: { recorded: intended, job: aJob() },
    reports: started,
    run: { state: 'Progressing', jobUid: aJob().metadata!.uid, jobName: name },
    notices: ['TaskStarted'],
  },
  {
    name: 'looks live when an intended Job is not in sight',
    observed: { recorded: intended },
    needsLiveRead: true,
  },
  {
    name: 'asks again for a Job whose request never arrived',
    observed: { recorded: intended, live },
    actions: ['create-config-map', 'create-job'],
    run: { state: 'Pending', jobIntentAt: at(10).toISOString() },
  },
  {
    name: 'does not ask again when Pods or events show that the Job was there',
    observed: { recorded: intended, live: { jobTrace: true } },
    reports: { status: 'Failed', reason: 'JobLost' },
  },
  {
    name: 'does not ask again when traces may have expired',
    observed: { recorded: intended, live },
    seconds: 31 * 60,
    reports: { status: 'Failed', reason: 'JobLost' },
  },
  {
    name: 'looks live before it calls a Job lost',
    observed: { task: aTask({ status: started }), recorded: followed },
    needsLiveRead: true,
  },
  {
    name: 'fails a task whose Job disappeared, rather than starting another',
    observed: { task: aTask({ status: started }), recorded: followed, live },
    reports: { ...started, status: 'Failed', reason: 'JobLost' },
    run: { state: 'Failed', reason: 'JobLost' },
    notices: ['TaskFailed'],
  },
  {
    name: 'calls a Job of the status lost that the history never saw',
    observed: {
      task: aTask({ status: { ...started, jobName: 'old-1' } }),
      live,
    },
    reports: { status: 'Failed', reason: 'JobLost', jobName: 'old-1' },
  },
  {
    name: 'fails when another owner has the name of the Job',
    observed: {
      live,
      job: aJob(aTask(), { metadata: { ownerReferences: [] } }),
    },
    reports: { status: 'Failed', reason: 'JobNameTaken' },
  },
  {
    name: 'does not believe a cache about that',
    observed: { job: aJob(aTask(), { metadata: { ownerReferences: [] } }) },
    needsLiveRead: true,
  },
  {
    name: 'reports success with the time of the Job',
    observed: { recorded: followed, job: succeededJob },
    reports: {
      ...started,
      status: 'Succeeded',
      endTime: '2026-01-01T12:00:08Z',
    },
    run: { state: 'Succeeded', finishedAt: at(8).toISOString() },
    notices: ['TaskSucceeded'],
  },
  {
    name: 'reports the Job condition to scripts and the exit code to people',
    observed: {
      recorded: followed,
      job: failedJob,
      pods: [aPod({ status: endedWith(3) })],
    },
    reports: {
      status: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Attempt 1 of 1 ended with exit code 3.',
    },
    run: {
      state: 'Failed',
      reason: 'ExitCode',
      message: 'Attempt 1 of 1 ended with exit code 3.',
    },
  },
  {
    name: 'D-32 is not impressed by a condition that does not hold',
    observed: {
      recorded: followed,
      pods: [aPod()],
      job: aJob(aTask(), {
        status: {
          conditions: [
            condition('Failed', { status: 'False' }),
            condition('Complete', { status: 'Unknown' }),
          ],
        },
      }),
    },
    reports: started,
  },
  {
    name: 'tells of a failed attempt while the next one is to come',
    observed: {
      task: aTask({ status: started }),
      recorded: followed,
      job: aJob(),
      pods: [
        aPod({ status: endedWith(7, { message: 'boom\n' }) }),
        aPod({
          metadata: { name: 'next', creationTimestamp: at(8) },
          status: podStatus('Running', { running: { startedAt: at(9) } }),
        }),
      ],
    },
    reports: {
      ...started,
      reason: 'AttemptFailed',
      message: 'Attempt 1 of 11 ended with exit code 7: boom',
    },
    notices: ['TaskAttemptFailed'],
  },
  {
    name: 'says that a deadline has struck while the Pod is being stopped',
    observed: {
      recorded: followed,
      pods: [aPod()],
      job: aJob(aTask(), {
        status: {
          conditions: [
            condition('FailureTarget', { reason: 'DeadlineExceeded' }),
          ],
        },
      }),
    },
    reports: {
      status: 'Progressing',
      reason: 'DeadlineExceeded',
      message: 'The task took longer than its timeout of 5m.',
    },
  },
  {
    name: 'says what kept a task from starting until its deadline',
    observed: {
      task: aTask({
        status: {
          ...started,
          reason: 'Unschedulable',
          message: "No node takes the task's Pod: 0/3 nodes are available",
        },
      }),
      recorded: followed,
      job: aJob(aTask(), {
        status: {
          conditions: [condition('Failed', { reason: 'DeadlineExceeded' })],
        },
      }),
    },
    reports: {
      status: 'Failed',
      reason: 'DeadlineExceeded',
      message:
        "The task could not start within its timeout of 5m. No node takes the task's Pod: 0/3 nodes are available",
    },
  },
  {
    name: 'waits for an image for a while, with a sentence',
    observed: {
      recorded: followed,
      job: aJob(),
      pods: [waitingPod('ErrImagePull', 'not found')],
    },
    reports: {
      status: 'Progressing',
      reason: 'WaitingForImage',
      message:
        'Image ghcr.io/keptn/deno-runtime:v3.0.1 cannot be pulled: not found',
    },
    notices: ['TaskStarted', 'CreateTaskFailed'],
    requeueAfterMs: 52_000,
  },
  {
    name: 'looks live before it gives up on an image',
    observed: {
      recorded: followed,
      job: aJob(),
      pods: [waitingPod('ErrImagePull', 'not found')],
    },
    seconds: 63,
    needsLiveRead: true,
  },
  {
    name: 'gives up on an image and takes the Job away',
    observed: {
      recorded: followed,
      job: aJob(),
      pods: [waitingPod('ImagePullBackOff', 'Back-off pulling image "x"')],
      live,
      task: aTask({
        status: { ...started, reason: 'WaitingForImage', message: 'not found' },
      }),
    },
    seconds: 63,
    actions: ['delete-job Background'],
    reports: {
      status: 'Failed',
      reason: 'ImagePullFailed',
      message: 'not found',
    },
  },
  {
    name: 'does not wait for a name that no image can have',
    observed: {
      recorded: followed,
      job: aJob(),
      live,
      pods: [waitingPod('InvalidImageName', '')],
    },
    actions: ['delete-job Background'],
    reports: { status: 'Failed', reason: 'ImageInvalid' },
  },
  {
    name: 'is quiet about a Job that has no Pod for a moment',
    observed: { recorded: followed, job: aJob() },
    seconds: 3,
    reports: started,
    requeueAfterMs: 8_000,
  },
  {
    name: 'asks the API server again after a refusal that may heal',
    observed: {
      recorded: intended,
      live,
      refused: {
        what: 'Job',
        name,
        kind: 'forbidden',
        message: 'jobs.batch "x" is forbidden: exceeded quota: jobs',
        since: at(5).toISOString(),
      },
    },
    actions: ['create-config-map', 'create-job'],
    reports: { status: 'Pending', reason: 'QuotaExceeded' },
    run: { state: 'Pending', jobIntentAt: at(10).toISOString() },
    notices: ['CreateTaskFailed'],
  },
  {
    name: 'fails when the refusal does not heal',
    observed: {
      recorded: intended,
      live,
      refused: {
        what: 'Job',
        name,
        kind: 'forbidden',
        message: 'jobs.batch "x" is forbidden: exceeded quota: jobs',
        since: at(5).toISOString(),
      },
    },
    seconds: 36,
    reports: { status: 'Failed', reason: 'QuotaExceeded' },
  },
  {
    name: 'never fails a task for a right that the platform did not grant',
    observed: {
      recorded: intended,
      live,
      refused: {
        what: 'Job',
        name,
        kind: 'forbidden',
        message: 'User "x" cannot create resource "jobs" in API group "batch"',
        since: at(5).toISOString(),
      },
    },
    seconds: 1000,
    actions: ['create-config-map', 'create-job'],
    reports: { status: 'Pending', reason: 'Forbidden' },
  },
  {
    name: 'fails at once when the Job can never be accepted',
    observed: {
      recorded: intended,
      live,
      refused: {
        what: 'Job',
        name,
        kind: 'invalid',
        message: 'spec.template: Invalid value',
        since: at(9).toISOString(),
      },
    },
    reports: { status: 'Failed', reason: 'JobRefused' },
  },
  {
    name: 'cancels a task that has no Job yet',
    observed: { task: aTask({ metadata: cancel }) },
    reports: {
      status: 'Failed',
      reason: 'Cancelled',
      message: 'The task was cancelled: wrong version',
    },
    run: { state: 'Cancelled', cancelRequested: true },
    notices: ['TaskCancelled'],
  },
  {
    name: 'does not take "false" for a wish to cancel',
    observed: {
      task: aTask({
        metadata: { annotations: { 'keptn-tasks/cancel': 'false' } },
      }),
    },
    actions: ['create-config-map', 'create-job'],
  },
  {
    name: 'lets the Pods of a cancelled task end before the Job goes',
    observed: {
      task: aTask({ metadata: cancel }),
      recorded: followed,
      job: aJob(),
    },
    actions: ['delete-job Foreground'],
    reports: { status: 'Progressing', reason: 'Cancelling' },
    run: { state: 'Progressing', cancelRequested: true },
  },
  {
    name: 'asks for that once',
    observed: {
      task: aTask({ metadata: cancel }),
      recorded: followed,
      job: aJob(aTask(), { metadata: { deletionTimestamp: at(9) } }),
    },
    actions: [],
    reports: { status: 'Progressing', reason: 'Cancelling' },
  },
  {
    name: 'is cancelled once the Job is gone',
    observed: {
      task: aTask({ metadata: cancel, status: started }),
      recorded: followed,
      live,
    },
    reports: { status: 'Failed', reason: 'Cancelled' },
    run: { state: 'Cancelled' },
  },
  {
    name: 'does not take the end of Pods that it stopped for a failure of its own',
    observed: {
      task: aTask({ metadata: cancel }),
      recorded: followed,
      job: aJob(aTask(), {
        metadata: { deletionTimestamp: at(9) },
        status: { conditions: [backoff] },
      }),
      pods: [aPod({ status: endedWith(143) })],
    },
    actions: [],
    reports: { status: 'Progressing', reason: 'Cancelling' },
    run: { state: 'Progressing', cancelRequested: true },
  },
  {
    name: 'keeps the failure of a Job that was faster than the wish to cancel',
    observed: {
      task: aTask({ metadata: cancel }),
      recorded: followed,
      job: aJob(aTask(), {
        metadata: { deletionTimestamp: at(10) },
        status: { conditions: [backoff] },
      }),
      pods: [aPod({ status: endedWith(2) })],
    },
    reports: { status: 'Failed', reason: 'BackoffLimitExceeded' },
    run: { state: 'Failed', reason: 'ExitCode' },
  },
  {
    name: 'keeps the outcome of a Job that was faster than the wish to cancel',
    observed: {
      task: aTask({ metadata: cancel }),
      recorded: followed,
      job: succeededJob,
    },
    reports: { status: 'Succeeded' },
    run: { state: 'Succeeded' },
  },
  {
    name: 'D-01 leaves a finished task alone after its Job was cleaned up',
    observed: {
      task: aTask({ status: { ...started, status: 'Succeeded' } }),
      recorded: { ...followed, state: 'Succeeded', logsStored: true },
    },
    seconds: 10_000,
    reports: { ...started, status: 'Succeeded' },
    notices: [],
  },
  {
    name: 'D-01 records a finished task that was never recorded, and does not run it',
    observed: {
      task: aTask({
        status: {
          status: 'Failed',
          reason: 'BackoffLimitExceeded',
          message: 'm',
          endTime: '2026-01-01T12:00:20Z',
        },
      }),
    },
    seconds: 10_000,
    reports: { status: 'Failed', endTime: '2026-01-01T12:00:20Z' },
    run: {
      state: 'Failed',
      reason: 'BackoffLimitExceeded',
      finishedAt: at(20).toISOString(),
    },
  },
  {
    name: 'gives the task the outcome that the history has',
    observed: {
      task: aTask({ status: started }),
      recorded: {
        ...followed,
        state: 'Cancelled',
        reason: 'Cancelled',
        message: 'The task was cancelled.',
        finishedAt: at(7).toISOString(),
      },
    },
    reports: {
      ...started,
      status: 'Failed',
      reason: 'Cancelled',
      endTime: '2026-01-01T12:00:07Z',
    },
    run: { state: 'Cancelled', finishedAt: at(7).toISOString() },
    notices: ['TaskCancelled'],
  },
  {
    name: 'takes away a Job that is still at work for a finished task',
    observed: {
      task: aTask({ status: { ...started, status: 'Failed' } }),
      recorded: { ...followed, state: 'Failed' },
      job: aJob(),
    },
    actions: ['delete-job Background'],
    reports: { status: 'Failed' },
  },
  {
    name: 'D-04 keeps a finished Job until its logs are stored',
    observed: {
      task: aTask({ status: { ...started, status: 'Succeeded' } }),
      recorded: { ...followed, state: 'Succeeded' },
      job: succeededJob,
    },
    actions: [],
    reports: { status: 'Succeeded' },
  },
  {
    name: 'lets Kubernetes clean up afterwards',
    observed: {
      task: aTask({ status: { ...started, status: 'Succeeded' } }),
      recorded: { ...followed, state: 'Succeeded', logsStored: true },
      job: succeededJob,
    },
    actions: ['set-job-ttl 300'],
    reports: { status: 'Succeeded' },
  },
  {
    name: 'leaves the Job of another operator as it is',
    observed: {
      task: aTask({ status: { ...started, status: 'Succeeded' } }),
      recorded: { ...followed, state: 'Succeeded', logsStored: true },
      job: aJob(aTask(), {
        metadata: { labels: {} },
        status: succeededJob.status,
      }),
    },
    actions: [],
    reports: { status: 'Succeeded' },
  },
  {
    name: 'starts nothing for a task that is being deleted',
    observed: { task: aTask({ metadata: { deletionTimestamp: at(5) } }) },
    actions: [],
    reports: {},
    run: { state: 'Pending' },
  },
];

describe('planTask', () => {
  it.each(cases)(
    '$name',
    ({ name: _name, observed, seconds = 10, ...expected }) => {
      const plan = planTask(
        anObservation(observed),
        at(seconds),
        defaultTaskSettings,
      );

      expect({
        needsLiveRead: plan.needsLiveRead ?? false,
        actions: plan.actions.map(describeAction),
        reports: plan.status,
        run: plan.run,
        notices: plan.notices.map(({ reason }) => reason),
        requeueAfterMs: plan.requeueAfterMs,
      }).toMatchObject({ needsLiveRead: false, actions: [], ...expected });
    },
  );
});

function describeAction(
  action: ReturnType<typeof planTask>['actions'][number],
) {
  switch (action.type) {
    case 'delete-job':
      return `${action.type} ${action.propagation}`;
    case 'set-job-ttl':
      return `${action.type} ${action.ttlSecondsAfterFinished}`;
    default:
      return action.type;
  }
}
