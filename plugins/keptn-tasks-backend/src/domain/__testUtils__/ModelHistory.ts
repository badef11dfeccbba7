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
import type { RecordedRun, RunUpdate } from '../task/TaskPlan';

/** What the history promises, for one task: a finished run keeps its outcome, its reason and its times. */
export class ModelHistory {
  private run: RecordedRun | undefined;

  sight(): RecordedRun {
    this.run ??= { id: 'run-1', state: 'Pending', logsStored: false };
    return { ...this.run };
  }

  update(update: RunUpdate): RecordedRun {
    const before = this.sight();
    const isOver = isRunFinished(before.state);
    const known = before.attempts ?? [];
    this.run = {
      ...before,
      ...(!isOver && {
        state: update.state,
        reason: update.reason,
        message: update.message,
        finishedAt: update.finishedAt,
      }),
      jobIntentAt: update.jobIntentAt ?? before.jobIntentAt,
      jobUid: before.jobUid ?? update.jobUid,
      attempts: [
        ...known,
        ...update.attempts.filter(
          ({ number }) => !known.some(attempt => attempt.number === number),
        ),
      ],
    };
    return { ...this.run };
  }

  taskDeleted() {
    if (!isRunFinished(this.sight().state)) {
      this.run = { ...this.sight(), state: 'Failed', reason: 'TaskDeleted' };
    }
  }

  storeLogs() {
    if (isRunFinished(this.sight().state)) {
      this.run = { ...this.sight(), logsStored: true };
    }
  }
}
