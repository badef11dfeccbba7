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

import type { V1Job, V1JobCondition } from '@kubernetes/client-node';
import { toIso } from '../time';

/** How far a Job has come, by its conditions. */
export type JobOutcome =
  /** `failing` once its end is certain but its Pods are still being stopped. */
  | { type: 'running'; failing?: JobFailure }
  | { type: 'succeeded'; finishedAt?: string }
  | ({ type: 'failed'; finishedAt?: string } & JobFailure);

/** Kubernetes' own words for it. */
export interface JobFailure {
  reason: string;
  message: string;
}

/** Reads the outcome of a Job. A condition counts only while its status is `True`. */
export function jobOutcome(job: V1Job): JobOutcome {
  const holds = (type: string) =>
    job.status?.conditions?.find(
      condition => condition.type === type && condition.status === 'True',
    );

  const complete = holds('Complete');
  if (complete) {
    return {
      type: 'succeeded',
      finishedAt:
        toIso(job.status?.completionTime) ?? toIso(complete.lastTransitionTime),
    };
  }
  const failed = holds('Failed');
  if (failed) {
    return {
      type: 'failed',
      ...failureOf(failed),
      finishedAt: toIso(failed.lastTransitionTime),
    };
  }
  const failing = holds('FailureTarget');
  return { type: 'running', failing: failing && failureOf(failing) };
}

function failureOf({ reason, message }: V1JobCondition): JobFailure {
  return { reason: reason ?? 'Failed', message: message ?? 'The Job failed.' };
}
