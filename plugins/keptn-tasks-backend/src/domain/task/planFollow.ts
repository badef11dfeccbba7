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

import type { V1Job } from '@kubernetes/client-node';
import { cancelReason } from '../annotations';
import type { Action } from '../plan';
import { toMs } from '../time';
import { inOrder } from './attempts';
import { describeRun } from './describeRun';
import {
  attemptCount,
  attemptName,
  failureReason,
} from './failure/failureReason';
import type { Finding } from './failure/Finding';
import { obstacle, QUIET_MS } from './failure/obstacle';
import { podEnd } from './failure/podEnd';
import { statusReasonOf } from './failure/statusReason';
import { jobOutcome, type JobFailure } from './jobOutcome';
import {
  cancellation,
  fail,
  finished,
  lookAgainLive,
  observedRun,
  unfinished,
  type Look,
} from './taskLook';
import type { TaskPlan } from './TaskPlan';

/** Reasons of a task on its way that tell of no obstacle. */
const NO_OBSTACLE = new Set(['AttemptFailed', 'Cancelling', 'JobDeleted']);

/** The task has a Job: its outcome is the task's outcome; until then, what the Job is doing is reported. */
export function planFollow(look: Look, job: V1Job): TaskPlan {
  const outcome = jobOutcome(job);
  switch (outcome.type) {
    case 'succeeded':
      return finished(look, 'Succeeded', { finishedAt: outcome.finishedAt });
    case 'failed': {
      if (wasStopped(look, job, outcome.finishedAt)) {
        return planRunning(look, job, undefined);
      }
      const finding = failure(look, job, outcome);
      return finished(look, 'Failed', {
        finding,
        statusReason: statusReasonOf(finding.reason, job),
        finishedAt: outcome.finishedAt,
      });
    }
    case 'running':
      return planRunning(look, job, outcome.failing);
    default:
      return outcome satisfies never;
  }
}

/** Whether the Job failed because it was cancelled: it counts the Pods that were stopped as failed before it goes. */
function wasStopped({ task }: Look, job: V1Job, failedAt: string | undefined) {
  const stoppedMs = toMs(job.metadata?.deletionTimestamp);
  return (
    cancelReason(task) !== undefined &&
    stoppedMs !== undefined &&
    stoppedMs <= (toMs(failedAt) ?? stoppedMs)
  );
}

function planRunning(
  look: Look,
  job: V1Job,
  failing: JobFailure | undefined,
): TaskPlan {
  const isGoing = job.metadata?.deletionTimestamp !== undefined;

  if (cancelReason(look.task) !== undefined) {
    return progressing(
      look,
      {
        reason: 'Cancelling',
        message: `The Job is being stopped. ${cancellation(look).message}`,
      },
      { actions: isGoing ? [] : [deletion(job, 'Foreground')] },
    );
  }
  if (isGoing) {
    return progressing(look, {
      reason: 'JobDeleted',
      message: 'Somebody deleted the Job; the task fails when it is gone.',
    });
  }
  // Using up the attempts takes a moment; a deadline can take as long as the Pod likes to go on.
  if (failing?.reason === 'DeadlineExceeded') {
    return progressing(look, failure(look, job, failing));
  }

  const { now, pods, task } = look;
  const found = obstacle({ ...look, job }, now, look.settings);
  if (found) {
    const { reason, failsAtMs, failureReason: endReason } = found;
    // The kubelet alternates between two texts for an image, of which only one has the cause.
    const isKnown =
      reason === 'WaitingForImage' && task.status?.reason === reason;
    const message = (isKnown && task.status?.message) || found.message;
    if (failsAtMs === undefined || now.getTime() < failsAtMs) {
      return progressing(
        look,
        { reason, message },
        {
          requeueAfterMs:
            failsAtMs === undefined ? undefined : failsAtMs - now.getTime(),
        },
      );
    }
    return look.live
      ? fail(look, { reason: endReason ?? reason, message }, [
          deletion(job, 'Background'),
        ])
      : lookAgainLive(look);
  }

  const isQuiet = pods.length === 0;
  const ageMs = now.getTime() - (toMs(job.metadata?.creationTimestamp) ?? 0);
  return progressing(look, failedAttempt(look, job), {
    requeueAfterMs: isQuiet ? QUIET_MS - ageMs : undefined,
  });
}

/** The last attempt that failed, while another one is to come. */
function failedAttempt(look: Look, job: V1Job): Finding | undefined {
  const { attempts } = observedRun(look);
  const last = inOrder(look.pods, attempts)
    .filter(pod => pod.status?.phase === 'Failed')
    .at(-1);
  const number = attempts.find(
    ({ podName }) => podName === last?.metadata?.name,
  )?.number;
  if (!last || number === undefined || number >= attemptCount(job)) {
    return undefined;
  }
  return {
    reason: 'AttemptFailed',
    message: podEnd(last, attemptName({ attempts, job }, last), job).message,
  };
}

function failure(look: Look, job: V1Job, { reason, message }: JobFailure) {
  const { attempts } = observedRun(look);
  const before = look.task.status;
  // Said while the Pods were being stopped; by now they may be gone.
  if (reason === 'DeadlineExceeded' && before?.reason === reason) {
    return { reason, message: before.message ?? message };
  }
  const waitedFor =
    before?.reason && !NO_OBSTACLE.has(before.reason)
      ? { reason: before.reason, message: before.message ?? '' }
      : undefined;
  return failureReason({
    job,
    pods: look.pods,
    attempts,
    failure: { reason, message },
    waitedFor,
  });
}

function progressing(
  look: Look,
  finding: Finding | undefined,
  rest: Pick<TaskPlan, 'requeueAfterMs'> & { actions?: Action[] } = {},
) {
  return unfinished(look, 'Progressing', finding, {
    ...rest,
    // A Job that was made without us: what it runs is recorded as far as it can still be told.
    run: look.recorded.jobIntentAt ? undefined : describeRun(look),
  });
}

function deletion(
  { metadata }: V1Job,
  propagation: 'Foreground' | 'Background',
): Action {
  return {
    type: 'delete-job',
    namespace: metadata!.namespace!,
    name: metadata!.name!,
    uid: metadata!.uid!,
    propagation,
  };
}
