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

import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { cancelReason } from '../annotations';
import type { Action } from '../plan';
import type { KeptnTaskStatus } from '../resources';
import type { TaskSettings } from '../settings';
import { isSameStatus } from '../state';
import { toIso, toKubernetesTime } from '../time';
import { attempts } from './attempts';
import type { Finding } from './failure/Finding';
import type { RunUpdate, TaskObservation, TaskPlan } from './TaskPlan';
import { taskNotices } from './taskNotices';

/** One look at a task: what was observed, when, and under which rules. */
export interface Look extends TaskObservation {
  now: Date;
  settings: TaskSettings;
}

/** What a plan says beyond the ordinary. */
type Rest = Partial<
  Pick<TaskPlan, 'actions' | 'requeueAfterMs'> & {
    run: Partial<RunUpdate>;
  }
>;

/** Nothing counts but looking again, at the API server itself. */
export function lookAgainLive(look: Look): TaskPlan {
  return { ...nothingToDo(look), needsLiveRead: true };
}

/** Everything is as it should be. */
export function nothingToDo(look: Look): TaskPlan {
  const { state, reason, message } = look.recorded;
  return {
    run: { ...observedRun(look), state, reason, message },
    actions: [],
    status: look.task.status ?? {},
    notices: [],
  };
}

/** The task goes on, or waits; with a finding, something about that is worth saying. */
export function unfinished(
  look: Look,
  state: 'Pending' | 'Progressing',
  finding: Finding | undefined,
  { run, ...rest }: Rest = {},
): TaskPlan {
  return plan(
    look,
    { ...observedRun(look), ...run, state, ...finding },
    {
      jobName: look.job?.metadata?.name ?? look.task.status?.jobName,
      status: state,
      ...finding,
      startTime: startTime(look),
    },
    rest,
  );
}

/** The task is over. `statusReason` where scripts expect another word on the KeptnTask than the refined one. */
export function finished(
  look: Look,
  state: Extract<Run['state'], 'Succeeded' | 'Failed' | 'Cancelled'>,
  options: {
    finding?: Finding;
    statusReason?: string;
    finishedAt?: string;
    actions?: Action[];
  } = {},
): TaskPlan {
  const { finding, statusReason, actions } = options;
  const finishedAt = options.finishedAt ?? look.now.toISOString();
  return plan(
    look,
    { ...observedRun(look), state, ...finding, finishedAt },
    {
      jobName: look.job?.metadata?.name ?? look.task.status?.jobName,
      status: state === 'Succeeded' ? 'Succeeded' : 'Failed',
      ...finding,
      ...(statusReason && { reason: statusReason }),
      startTime: startTime(look),
      endTime: toKubernetesTime(finishedAt),
    },
    { actions },
  );
}

export function fail(look: Look, finding: Finding, actions?: Action[]) {
  return finished(look, 'Failed', { finding, actions });
}

export function cancelled(look: Look) {
  return finished(look, 'Cancelled', { finding: cancellation(look) });
}

/** Who wanted it and why, as far as the annotation tells. */
export function cancellation({ task }: Look): Finding {
  const why = cancelReason(task);
  return {
    reason: 'Cancelled',
    message:
      why === undefined || why === 'true'
        ? 'The task was cancelled.'
        : `The task was cancelled: ${why}`,
  };
}

/** What Job and Pods show, whatever it means. */
export function observedRun({
  task,
  recorded,
  job,
  pods,
}: Look): Omit<RunUpdate, 'state'> {
  return {
    ...(job && {
      jobName: job.metadata?.name,
      jobUid: job.metadata?.uid,
      startedAt: toIso(job.metadata?.creationTimestamp),
    }),
    ...(cancelReason(task) !== undefined && { cancelRequested: true }),
    attempts: attempts(pods, recorded.attempts, job),
  };
}

function plan(
  look: Look,
  run: RunUpdate,
  status: KeptnTaskStatus,
  { actions = [], requeueAfterMs }: Omit<Rest, 'run'>,
): TaskPlan {
  const before = look.task.status;
  return {
    run,
    actions,
    status,
    notices: isSameStatus(before, status)
      ? []
      : taskNotices(before ?? {}, status),
    ...(requeueAfterMs !== undefined && {
      requeueAfterMs: Math.max(0, requeueAfterMs),
    }),
  };
}

function startTime({ task, job, now }: Look): string | undefined {
  return (
    task.status?.startTime ??
    toKubernetesTime(job?.metadata?.creationTimestamp ?? now)
  );
}
