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

import type { Action } from '../plan';
import { toMs } from '../time';
import { jobName } from '../names';
import { codeForTask } from './codeForTask';
import { describeRun } from './describeRun';
import { effectiveTask } from './effectiveTask';
import type { Finding } from './failure/Finding';
import { refusal } from './failure/refusal';
import { jobManifest } from './jobManifest';
import {
  fail,
  lookAgainLive,
  observedRun,
  unfinished,
  type Look,
} from './taskLook';
import type { CreateRefusal, RunUpdate, TaskPlan } from './TaskPlan';

/** The task has no Job and never had one: it gets one, or it says what it is waiting for. */
export function planStart(look: Look): TaskPlan {
  const { task, definition, codeConfigMap, refused, settings } = look;
  const { definitionSeconds } = settings.graces;

  if (definition.state !== 'resolved') {
    return waitSinceCreation(look, definition, definitionSeconds);
  }
  const { effective } = definition;
  const code = codeForTask(task, effective, codeConfigMap);
  if (code.state === 'waiting') {
    return waitSinceCreation(look, code, definitionSeconds);
  }
  const actions: Action[] = [
    ...code.actions,
    {
      type: 'create-job',
      job: jobManifest(
        task,
        effectiveTask(task, effective, settings),
        code.configMapName,
        settings,
      ),
    },
  ];
  return refused ? planRefused(look, refused, actions) : create(look, actions);
}

/** The intent is recorded before the request goes out. What the Job does is reported once it is seen. */
function create(look: Look, actions: Action[]): TaskPlan {
  const { task, recorded } = look;
  return {
    run: {
      ...observedRun(look),
      ...intent(look),
      state: 'Pending',
      reason: recorded.reason,
      message: recorded.message,
    },
    actions,
    status: task.status ?? {},
    notices: [],
  };
}

function intent(look: Look): Partial<RunUpdate> {
  return {
    ...describeRun(look),
    jobIntentAt: look.now.toISOString(),
    jobName: jobName(look.task),
  };
}

function waitSinceCreation(
  look: Look,
  { reason, message }: Finding,
  graceSeconds: number,
): TaskPlan {
  const createdMs = toMs(look.task.metadata.creationTimestamp) ?? 0;
  return waitUntil(look, { reason, message }, createdMs + graceSeconds * 1000, {
    run: describeRun(look),
  });
}

/** Waits with a sentence, and fails with the same one when waiting did not help. */
function waitUntil(
  look: Look,
  finding: Finding,
  failsAtMs: number,
  meanwhile: Parameters<typeof unfinished>[3],
): TaskPlan {
  const leftMs = failsAtMs - look.now.getTime();
  if (leftMs > 0) {
    return unfinished(look, 'Pending', finding, {
      ...meanwhile,
      requeueAfterMs: leftMs,
    });
  }
  return look.live ? fail(look, finding) : lookAgainLive(look);
}

/** The API server said no to what the task needs. It is asked again for as long as that may help. */
function planRefused(
  look: Look,
  { what, kind, message, since }: CreateRefusal,
  actions: Action[],
): TaskPlan {
  const { namespace } = look.task.metadata;
  if (kind === 'invalid') {
    return fail(look, {
      reason: 'JobRefused',
      message: `The API server refuses the ${what} of the task: ${message}`,
    });
  }
  const askAgain = { actions, run: intent(look) };
  if (/cannot create resource/.test(message)) {
    // The platform's rights are not the task's fault: it starts when they are granted.
    return unfinished(
      look,
      'Pending',
      {
        reason: 'Forbidden',
        message: `Keptn Tasks may not create the ${what} in namespace ${namespace}: ${message}`,
      },
      askAgain,
    );
  }
  const failsAtMs =
    (toMs(since) ?? 0) + look.settings.graces.startSeconds * 1000;
  return waitUntil(look, refusal(message, namespace), failsAtMs, askAgain);
}
