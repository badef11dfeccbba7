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

import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { Attempt } from 'backstage-plugin-keptn-tasks-common';
import { formatSeconds } from '../../duration';
import { inOrder, isPodFinished } from '../attempts';
import type { JobFailure } from '../jobOutcome';
import type { Finding } from './Finding';
import { podEnd } from './podEnd';

/** What is known about a Job that failed. */
export interface FailedJob {
  job: V1Job;
  pods: V1Pod[];
  /** The Pods as attempts, with the numbers they have in the history. */
  attempts: Attempt[];
  failure: JobFailure;
  /** What the task last waited for, if it never got to run. */
  waitedFor?: Finding;
}

/** Why a Job failed, in words that name the thing to look at. Kubernetes' own words are the last resort. */
export function failureReason(failed: FailedJob): Finding {
  const { job, pods, failure, waitedFor } = failed;

  if (failure.reason === 'DeadlineExceeded') {
    const seconds = job.spec?.activeDeadlineSeconds;
    const timeout = seconds
      ? `its timeout of ${formatSeconds(seconds)}`
      : 'its timeout';
    return {
      reason: 'DeadlineExceeded',
      message: waitedFor
        ? `The task could not start within ${timeout}. ${waitedFor.message}`
        : `The task took longer than ${timeout}.${endOfLast(failed)}`,
    };
  }

  const last = inOrder(pods, failed.attempts)
    .filter(pod => isPodFinished(pod, job) && pod.status?.phase !== 'Succeeded')
    .at(-1);
  if (last) {
    return podEnd(last, attemptName(failed, last), job);
  }
  if (failure.reason === 'BackoffLimitExceeded') {
    return {
      reason: 'BackoffLimitExceeded',
      message: `All ${attemptCount(job)} attempts failed; their Pods are gone.`,
    };
  }
  return failure;
}

/** `Attempt 2 of 3`. */
export function attemptName(
  { attempts, job }: Pick<FailedJob, 'attempts' | 'job'>,
  pod: V1Pod,
): string {
  const number =
    attempts.find(({ podName }) => podName === pod.metadata?.name)?.number ?? 1;
  return `Attempt ${number} of ${Math.max(number, attemptCount(job))}`;
}

/** How many attempts a Job has at most. */
export function attemptCount(job: V1Job): number {
  return (job.spec?.backoffLimit ?? 6) + 1;
}

function endOfLast(failed: FailedJob): string {
  const ended = inOrder(failed.pods, failed.attempts).filter(
    pod => pod.status?.phase === 'Failed' && !pod.metadata?.deletionTimestamp,
  );
  // The Pod that the deadline stopped says nothing of interest; one that failed before it does.
  const last = ended.at(-1);
  return last
    ? ` ${podEnd(last, attemptName(failed, last), failed.job).message}`
    : '';
}
