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

import { isRunFinished } from 'backstage-plugin-keptn-tasks-common';
import { cancelReason } from '../annotations';
import { isControlledBy } from '../ownership';
import type { TaskSettings } from '../settings';
import { isFinished } from '../state';
import { toMs } from '../time';
import { validateTask } from './effectiveTask';
import { planImported, planRecorded } from './planFinished';
import { planFollow } from './planFollow';
import { planStart } from './planStart';
import {
  cancelled,
  fail,
  lookAgainLive,
  nothingToDo,
  type Look,
} from './taskLook';
import type { TaskObservation, TaskPlan } from './TaskPlan';

/** After this, events that could tell of a lost Job may soon be gone (they are kept for an hour). */
const INTENT_EXPIRES_MS = 30 * 60_000;
/** A task that has been there for longer may have had a Job before anything of it was recorded here. */
const FRESH_MS = 60_000;

/**
 * What to do about a task. A task runs once: it starts a Job only when nothing says that it ever had one.
 *
 *   recorded            Job in the cluster   means
 *   finished            any                  over: report it, clean up
 *   –                   ours                 follow it, whoever made it
 *   –                   not ours             the name is taken
 *   Job seen            – (live)             lost: fail, never start another
 *   Job intended        – (live), no trace   the request never arrived: start
 *   Job intended        – (live), a trace    lost
 *   nothing             –                    not started: start
 */
export function planTask(
  observation: TaskObservation,
  now: Date,
  settings: TaskSettings,
): TaskPlan {
  const look: Look = { ...observation, now, settings };
  const { task, recorded, job, live } = observation;

  // The history comes first: what it calls finished stays so, whatever the cluster shows later.
  if (isRunFinished(recorded.state)) {
    return planRecorded(look);
  }
  if (isFinished(task.status?.status)) {
    return planImported(look);
  }

  if (job && isControlledBy(job, task)) {
    return planFollow(look, job);
  }
  if (job) {
    return live
      ? fail(look, {
          reason: 'JobNameTaken',
          message: `Job ${job.metadata?.namespace}/${job.metadata?.name} is there already and does not belong to this task; delete it and create the task again.`,
        })
      : lookAgainLive(look);
  }

  const jobName = task.status?.jobName;
  if (jobName || recorded.jobUid) {
    return live ? lost(look, jobName) : lookAgainLive(look);
  }
  if (task.metadata.deletionTimestamp) {
    return nothingToDo(look);
  }
  if (recorded.jobIntentAt || isOld(look)) {
    if (!live) {
      return lookAgainLive(look);
    }
    if (live.jobTrace || isIntentExpired(look)) {
      return lost(look, undefined);
    }
  }

  if (cancelReason(task) !== undefined) {
    return cancelled(look);
  }
  const [problem] = validateTask(task);
  if (problem) {
    return fail(look, {
      reason: 'TaskInvalid',
      message: `The task cannot run: ${problem}`,
    });
  }
  return planStart(look);
}

function lost(look: Look, jobName: string | undefined): TaskPlan {
  return cancelReason(look.task) === undefined
    ? fail(look, {
        reason: 'JobLost',
        message: `${
          jobName ? `Job ${jobName}` : 'The Job'
        } was deleted before it finished. The task is not started again; create a new one to repeat it.`,
      })
    : cancelled(look);
}

function isOld({ task, now }: Look): boolean {
  const createdMs = toMs(task.metadata.creationTimestamp);
  return createdMs !== undefined && now.getTime() - createdMs > FRESH_MS;
}

function isIntentExpired({ recorded, now }: Look): boolean {
  const intentMs = toMs(recorded.jobIntentAt);
  return intentMs !== undefined && now.getTime() - intentMs > INTENT_EXPIRES_MS;
}
