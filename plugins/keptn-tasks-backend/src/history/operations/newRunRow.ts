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

import { randomUUID } from 'crypto';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { toMillis, toText } from '../columns';
import type { RunReservation, TaskSighting } from '../RunStore';
import type { RunRow } from '../tables';

const MAX_NAME = 255;

/** A run as it begins, without the number that the database gives it. */
export type NewRunRow = Omit<RunRow, 'seq'>;

const emptyRow = {
  task_uid: null,
  definition_namespace: null,
  definition_hash: null,
  snapshot_id: null,
  runner: null,
  image: null,
  phase: 'none',
  version: null,
  state: 'Pending',
  reason: null,
  message: null,
  attempts: 0,
  trigger_by: null,
  rerun_of: null,
  cancel_requested: false,
  started_at: null,
  finished_at: null,
  job_intent_at: null,
  job_name: null,
  job_uid: null,
  max_attempts: null,
  timeout_seconds: null,
  logs_stored: false,
} satisfies Partial<NewRunRow>;

/** The row of a task that was met in the cluster. */
export function rowOfSighting(
  sighting: TaskSighting,
  scopeId: number,
  now: number,
): NewRunRow {
  return {
    ...emptyRow,
    ...contextColumns(sighting.context),
    id: randomUUID(),
    scope_id: scopeId,
    cluster: sighting.cluster,
    task_uid: sighting.uid,
    task_name: sighting.taskName,
    definition_name: toText(sighting.definitionName, MAX_NAME)!,
    phase: sighting.phase,
    version: toText(sighting.version ?? versionOf(sighting.context)),
    trigger_source: sighting.trigger.source,
    trigger_by: toText(sighting.trigger.by),
    created_at: toMillis(sighting.createdAt) ?? now,
  };
}

/** The row of a run that was asked for before its task exists. */
export function rowOfReservation(
  reservation: RunReservation,
  scopeId: number,
): NewRunRow {
  return {
    ...emptyRow,
    ...contextColumns(reservation.context),
    id: reservation.id,
    scope_id: scopeId,
    cluster: reservation.cluster,
    task_name: reservation.taskName,
    definition_name: reservation.definitionName,
    version: toText(versionOf(reservation.context)),
    trigger_source: reservation.trigger.source,
    trigger_by: toText(reservation.trigger.by),
    rerun_of: reservation.rerunOf ?? null,
    created_at: toMillis(reservation.createdAt),
  };
}

function contextColumns(context: Run['context']) {
  return {
    context: context === undefined ? null : toText(JSON.stringify(context)),
    workload_name: toText(context?.workloadName || null, MAX_NAME),
    app_name: toText(context?.appName || null, MAX_NAME),
  };
}

function versionOf(context: Run['context']): string | undefined {
  return context?.workloadVersion || context?.appVersion || undefined;
}
