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

import { isRunFinished, type Run } from 'backstage-plugin-keptn-tasks-common';
import { isManaged } from '../labels';
import { isControlledBy } from '../ownership';
import type { Action } from '../plan';
import type { KeptnTask, KeptnTaskStatus } from '../resources';
import { isFinished } from '../state';
import { toIso } from '../time';
import { statusReasonOf } from './failure/statusReason';
import { jobOutcome } from './jobOutcome';
import { finished, observedRun, type Look } from './taskLook';
import type { RunUpdate, TaskPlan } from './TaskPlan';

/** The history has the outcome. The task reports it, and what is left in the cluster is cleaned up. */
export function planRecorded(look: Look): TaskPlan {
  const { task, recorded } = look;
  const { state, reason, message } = recorded;
  const actions = cleanUp(look);

  if (isFinished(task.status?.status)) {
    return {
      run: {
        ...observedRun(look),
        state,
        reason,
        message,
        finishedAt: recorded.finishedAt,
      },
      actions,
      status: task.status ?? {},
      notices: [],
    };
  }
  return finished(look, finishedState(state), {
    finding:
      reason === undefined ? undefined : { reason, message: message ?? '' },
    statusReason: reason && statusReasonOf(reason, look.job),
    finishedAt: recorded.finishedAt,
    actions,
  });
}

/** The task was finished before the history knew it: by another operator, or before this plugin came. */
export function planImported(look: Look): TaskPlan {
  const { task, now } = look;
  return {
    run: {
      ...observedRun(look),
      ...importedRun(task, now),
      attempts: observedRun(look).attempts,
    },
    actions: cleanUp(look),
    status: task.status ?? {},
    notices: [],
  };
}

/** What a finished task tells of itself, without its Job and Pods. No attempts. */
export function importedRun({ status }: KeptnTask, now: Date): RunUpdate {
  return {
    state: importedState(status),
    reason: status?.reason,
    message: status?.message,
    ...(status?.startTime && { startedAt: toIso(status.startTime) }),
    ...(status?.jobName && { jobName: status.jobName }),
    finishedAt: toIso(status?.endTime) ?? now.toISOString(),
    attempts: [],
  };
}

/** The state of a run whose task reports this. */
export function importedState(
  status: KeptnTaskStatus | undefined,
): Extract<Run['state'], 'Succeeded' | 'Failed' | 'Cancelled'> {
  if (status?.status === 'Succeeded') {
    return 'Succeeded';
  }
  return status?.reason === 'Cancelled' ? 'Cancelled' : 'Failed';
}

function finishedState(state: Run['state']) {
  return isRunFinished(state)
    ? (state as 'Succeeded' | 'Failed' | 'Cancelled')
    : 'Failed';
}

/** A Job of ours that is still at work has nobody waiting for it; one that ended may go once its logs are stored. */
function cleanUp({
  task,
  job,
  recorded,
  definition,
  settings,
}: Look): Action[] {
  if (
    !job?.metadata?.uid ||
    job.metadata.deletionTimestamp ||
    !isManaged(job) ||
    !isControlledBy(job, task)
  ) {
    return [];
  }
  const place = {
    namespace: task.metadata.namespace,
    name: job.metadata.name!,
    uid: job.metadata.uid,
  };
  if (jobOutcome(job).type === 'running') {
    return [{ type: 'delete-job', ...place, propagation: 'Background' }];
  }
  if (
    !recorded.logsStored ||
    !isRunFinished(recorded.state) ||
    (job.spec?.ttlSecondsAfterFinished ?? undefined) !== undefined
  ) {
    return [];
  }
  const ttl =
    definition.state === 'resolved'
      ? definition.effective.ttlSecondsAfterFinished
      : undefined;
  return [
    {
      type: 'set-job-ttl',
      ...place,
      ttlSecondsAfterFinished: ttl ?? settings.defaults.ttlSecondsAfterFinished,
    },
  ];
}
