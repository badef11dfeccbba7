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

import type { TaskSettings } from '../settings';
import { isFinished } from '../state';
import { toIso } from '../time';
import { describeRun } from './describeRun';
import { failureReason } from './failure/failureReason';
import type { Finding } from './failure/Finding';
import { obstacle } from './failure/obstacle';
import { jobOutcome } from './jobOutcome';
import { importedState } from './planFinished';
import { observedRun, type Look } from './taskLook';
import type { RunUpdate, TaskObservation } from './TaskPlan';

/** What the history is to hold of a task that another operator reconciles. Nothing is done about it. */
export function projectTask(
  observation: TaskObservation,
  now: Date,
  settings: TaskSettings,
): RunUpdate {
  const look: Look = { ...observation, now, settings };
  const { status } = observation.task;
  const run = {
    ...observedRun(look),
    ...(status?.startTime && { startedAt: toIso(status.startTime) }),
    ...(status?.jobName && { jobName: status.jobName }),
    // What it runs is told by the definition of the moment it started; later it may be another.
    ...(look.recorded.jobUid ? {} : describeRun(look)),
  };

  if (isFinished(status?.status)) {
    return {
      ...run,
      state: importedState(status),
      ...outcomeFinding(look),
      finishedAt: toIso(status?.endTime) ?? now.toISOString(),
    };
  }
  return {
    ...run,
    state: status?.status === 'Progressing' ? 'Progressing' : 'Pending',
    ...waitingFinding(look),
  };
}

function outcomeFinding(look: Look): Finding | undefined {
  const { task, job, pods } = look;
  const { status, reason, message } = task.status ?? {};
  if (status !== 'Failed') {
    return undefined;
  }
  const outcome = job && jobOutcome(job);
  return outcome?.type === 'failed'
    ? failureReason({
        job: job!,
        pods,
        attempts: observedRun(look).attempts,
        failure: outcome,
      })
    : { reason: reason ?? 'Failed', message: message ?? 'The task failed.' };
}

function waitingFinding(look: Look): Finding | undefined {
  const { job, definition, now, settings } = look;
  if (job) {
    const found = obstacle({ ...look, job }, now, settings);
    return found && { reason: found.reason, message: found.message };
  }
  return definition.state === 'resolved'
    ? undefined
    : { reason: definition.reason, message: definition.message };
}
