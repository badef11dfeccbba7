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

import { KubeObject } from '../../ClusterApi';
import { toSeconds } from '../common/time';

export type JobConditionType =
  | 'Suspended'
  | 'SuccessCriteriaMet'
  | 'Complete'
  | 'FailureTarget'
  | 'Failed';

/** A condition of a Job, as it is stored. */
export interface JobCondition {
  type: JobConditionType;
  status: 'True' | 'False';
  lastProbeTime: string;
  lastTransitionTime: string;
  reason: string;
  message: string;
}

export function newCondition(
  type: JobConditionType,
  reason: string,
  message: string,
  status: 'True' | 'False' = 'True',
): JobCondition {
  const now = toSeconds();
  return {
    type,
    status,
    lastProbeTime: now,
    lastTransitionTime: now,
    reason,
    message,
  };
}

export function backoffLimitExceeded(): JobCondition {
  return newCondition(
    'FailureTarget',
    'BackoffLimitExceeded',
    'Job has reached the specified backoff limit',
  );
}

export function deadlineExceeded(): JobCondition {
  return newCondition(
    'FailureTarget',
    'DeadlineExceeded',
    'Job was active longer than specified deadline',
  );
}

export function successCriteriaMet(): JobCondition {
  return newCondition(
    'SuccessCriteriaMet',
    'CompletionsReached',
    'Reached expected number of succeeded pods',
  );
}

export function findCondition(
  job: KubeObject,
  type: JobConditionType,
): JobCondition | undefined {
  return (job.status?.conditions ?? []).find(
    (condition: JobCondition) => condition.type === type,
  );
}

export function hasCondition(job: KubeObject, type: JobConditionType): boolean {
  return findCondition(job, type)?.status === 'True';
}

/** Complete or Failed: nothing happens to the Job any more. */
export function isFinished(job: KubeObject): boolean {
  return hasCondition(job, 'Complete') || hasCondition(job, 'Failed');
}

/**
 * Brings the condition to what is wanted; tells whether that changed anything. A condition that is not
 * there is not added to say False.
 */
export function ensureCondition(
  status: Record<string, any>,
  wanted: JobCondition,
): boolean {
  const conditions: JobCondition[] = status.conditions ?? [];
  const index = conditions.findIndex(({ type }) => type === wanted.type);
  if (index < 0) {
    if (wanted.status === 'False') return false;
    status.conditions = [...conditions, wanted];
    return true;
  }
  const present = conditions[index];
  if (
    present.status === wanted.status &&
    present.reason === wanted.reason &&
    present.message === wanted.message
  ) {
    return false;
  }
  status.conditions = conditions.map((condition, at) =>
    at === index ? wanted : condition,
  );
  return true;
}

/** The condition that follows once every Pod is counted: Complete or Failed, for the same reason. */
export function terminalConditionOf(target: JobCondition): JobCondition {
  return newCondition(
    target.type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed',
    target.reason,
    target.message,
  );
}
