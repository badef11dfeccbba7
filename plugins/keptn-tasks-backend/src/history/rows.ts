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

import type {
  Attempt,
  Parameter,
  RelatedRun,
  Run,
} from 'backstage-plugin-keptn-tasks-common';
import type { RecordedRun } from '../domain/task/TaskPlan';
import { toIso } from './columns';
import type { AttemptRow, RunRow, ScopedRunRow } from './tables';

/** A run as people see it. */
export function toRun(row: ScopedRunRow): Run {
  return defined<Run>({
    id: row.id,
    cluster: row.cluster,
    namespace: row.namespace,
    taskName: row.task_name,
    definition: toDefinitionRef(row),
    runner: row.runner ?? undefined,
    phase: row.phase,
    version: row.version ?? undefined,
    context: row.context === null ? undefined : JSON.parse(row.context),
    entityRef: row.entity_ref || undefined,
    state: row.state,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    attempts: row.attempts,
    trigger: defined<Run['trigger']>({
      source: row.trigger_source,
      by: row.trigger_by ?? undefined,
    }),
    rerunOf: row.rerun_of ?? undefined,
    cancelRequested: row.cancel_requested ? true : undefined,
    createdAt: toIso(row.created_at),
    startedAt: toIso(row.started_at),
    finishedAt: toIso(row.finished_at),
  });
}

/** A run as the reconciler knows it. */
export function toRecordedRun(
  row: RunRow,
  attempts?: RecordedRun['attempts'],
): RecordedRun {
  return defined<RecordedRun>({
    id: row.id,
    state: row.state,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    finishedAt: toIso(row.finished_at),
    jobIntentAt: toIso(row.job_intent_at),
    jobUid: row.job_uid ?? undefined,
    logsStored: Boolean(row.logs_stored),
    attempts,
  });
}

/** A run to compare another one with. */
export function toRelatedRun(
  row: RunRow & { parameters: string | null },
): RelatedRun {
  return defined<RelatedRun>({
    id: row.id,
    state: row.state,
    createdAt: toIso(row.created_at),
    finishedAt: toIso(row.finished_at),
    version: row.version ?? undefined,
    definition: toDefinitionRef(row),
    parameters: toParameters(row.parameters),
  });
}

export function toAttempt(row: AttemptRow): Attempt {
  return defined<Attempt>({
    number: row.number,
    state: row.state,
    podName: row.pod_name ?? undefined,
    nodeName: row.node_name ?? undefined,
    exitCode: row.exit_code ?? undefined,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    createdAt: toIso(row.created_at),
    startedAt: toIso(row.started_at),
    finishedAt: toIso(row.finished_at),
  });
}

export function toParameters(json: string | null): Parameter[] {
  return json === null ? [] : JSON.parse(json);
}

function toDefinitionRef(row: RunRow): Run['definition'] {
  return defined<Run['definition']>({
    name: row.definition_name,
    namespace: row.definition_namespace ?? undefined,
    hash: row.definition_hash ?? undefined,
  });
}

/** The same without properties that are undefined. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, v]) => v !== undefined),
  ) as T;
}
