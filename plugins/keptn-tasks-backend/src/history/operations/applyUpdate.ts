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
import type { RunUpdate } from '../../domain/task/TaskPlan';
import { toMillis, toText } from '../columns';
import type { ScopedRunRow, TransitionRow } from '../tables';

/**
 * The row after an update. A finished run stays as it is. `step` is set when something happened that people would
 * call a step.
 */
export function applyUpdate(
  row: ScopedRunRow,
  update: RunUpdate,
  options: { now: number; snapshotId?: number },
): { row: ScopedRunRow; step?: Omit<TransitionRow, 'sequence'> } {
  if (row.finished_at !== null) return { row };
  const { now, snapshotId } = options;
  const finished = isRunFinished(update.state);
  const next: ScopedRunRow = {
    ...row,
    state: update.state,
    reason: toText(update.reason, 255),
    message: toText(update.message),
    started_at: toMillis(update.startedAt) ?? row.started_at,
    finished_at: finished ? toMillis(update.finishedAt) ?? now : null,
    cancel_requested: Boolean(row.cancel_requested || update.cancelRequested),
    job_intent_at: toMillis(update.jobIntentAt) ?? row.job_intent_at,
    job_name: update.jobName ?? row.job_name,
    job_uid: update.jobUid ?? row.job_uid,
    definition_namespace:
      update.definition?.namespace ?? row.definition_namespace,
    definition_hash: update.definition?.hash ?? row.definition_hash,
    snapshot_id: snapshotId ?? row.snapshot_id,
    runner: update.runner ?? row.runner,
    image: toText(update.image) ?? row.image,
    max_attempts: update.maxAttempts ?? row.max_attempts,
    timeout_seconds: update.timeoutSeconds ?? row.timeout_seconds,
    attempts: Math.max(row.attempts, ...update.attempts.map(a => a.number)),
  };
  const stepped =
    next.state !== row.state ||
    next.reason !== row.reason ||
    next.message !== row.message;
  return {
    row: next,
    step: stepped
      ? {
          run_seq: row.seq,
          at: timeOfStep(row, next, now),
          state: next.state,
          reason: next.reason,
          message: next.message,
        }
      : undefined,
  };
}

/** When it happened, which is earlier than now if nobody was there to see it. */
function timeOfStep(before: ScopedRunRow, after: ScopedRunRow, now: number) {
  if (after.finished_at !== null) return after.finished_at;
  if (before.state === 'Pending' && after.state === 'Progressing') {
    return after.started_at ?? now;
  }
  return now;
}
