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
import { parseTime, toSeconds } from '../common/time';
import { JobContext, JobTools, newContext } from './JobContext';
import {
  JobCondition,
  backoffLimitExceeded,
  deadlineExceeded,
  ensureCondition,
  findCondition,
  hasCondition,
  isFinished,
  newCondition,
  successCriteriaMet,
} from './conditions';
import { deletePods, managePods } from './managePods';
import { decideByPolicy } from './podFailurePolicy';
import { track } from './tracking';

/**
 * Brings one Job forward by one step, in the order of Kubernetes' own Job controller: decide whether it is
 * over, create or delete Pods, then count what ended and write the status.
 */
export function syncJob(tools: JobTools, stored: KubeObject): void {
  if (isFinished(stored)) return;
  const context = newContext(tools, stored);
  const { job } = context;
  if (!job.status.startTime && !job.spec.suspend) {
    job.status.startTime = toSeconds();
  }
  context.target = existingTarget(job) ?? failure(context);
  let refusal: unknown;
  let changed = false;
  if (context.target) {
    deletePods(context, context.active, 'counted');
  } else {
    const managed = !job.metadata.deletionTimestamp;
    if (managed) refusal = managePods(context);
    if (isComplete(context)) context.target = successCriteriaMet();
    else if (managed) changed = setSuspended(context);
    scheduleDeadline(context);
  }
  track(context, changed);
  // Only now: what was reached is written even when Pods were refused.
  if (refusal) throw refusal;
}

function existingTarget(job: KubeObject): JobCondition | undefined {
  for (const type of ['SuccessCriteriaMet', 'FailureTarget'] as const) {
    if (hasCondition(job, type)) return findCondition(job, type);
  }
  return undefined;
}

function failure(context: JobContext): JobCondition | undefined {
  const { job, pods } = context;
  for (const pod of pods.filter(({ status }) => status?.phase === 'Failed')) {
    const decision = decideByPolicy(job, pod);
    if (decision?.action === 'FailJob') {
      return newCondition(
        'FailureTarget',
        'PodFailurePolicy',
        decision.message,
      );
    }
  }
  if (context.failed > job.spec.backoffLimit || restartedTooOften(context)) {
    return backoffLimitExceeded();
  }
  const left = deadlineLeft(job);
  return left !== undefined && left <= 0 ? deadlineExceeded() : undefined;
}

/** With restartPolicy OnFailure the restarts inside the Pods count against the limit. */
function restartedTooOften({ job, pods }: JobContext): boolean {
  if (job.spec.template.spec.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    for (const container of [
      ...(status.initContainerStatuses ?? []),
      ...(status.containerStatuses ?? []),
    ]) {
      restarts += container.restartCount ?? 0;
    }
  }
  const limit = job.spec.backoffLimit;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** Milliseconds until the deadline; `undefined` without one or while suspended. */
function deadlineLeft(job: KubeObject): number | undefined {
  const seconds = job.spec.activeDeadlineSeconds;
  const started = parseTime(job.status.startTime);
  if (typeof seconds !== 'number' || started === undefined) return undefined;
  if (job.spec.suspend) return undefined;
  return started + seconds * 1_000 - Date.now();
}

function scheduleDeadline({ tools, job }: JobContext): void {
  const left = deadlineLeft(job);
  if (left !== undefined) tools.again(job, left);
}

function isComplete({ job, succeeded, active }: JobContext): boolean {
  const { completions } = job.spec;
  return typeof completions === 'number'
    ? succeeded >= completions
    : succeeded > 0 && active.length === 0;
}

function setSuspended({ tools, job }: JobContext): boolean {
  const { status } = job;
  if (job.spec.suspend) {
    const suspended = newCondition(
      'Suspended',
      'JobSuspended',
      'Job suspended',
    );
    if (!ensureCondition(status, suspended)) return false;
    delete status.startTime;
    tools.events.record(job, {
      type: 'Normal',
      reason: 'Suspended',
      message: 'Job suspended',
    });
    return true;
  }
  const resumed = newCondition(
    'Suspended',
    'JobResumed',
    'Job resumed',
    'False',
  );
  if (!ensureCondition(status, resumed)) return false;
  status.startTime = toSeconds();
  tools.events.record(job, {
    type: 'Normal',
    reason: 'Resumed',
    message: 'Job resumed',
  });
  return true;
}
