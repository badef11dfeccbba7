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

import type { Attempt } from 'backstage-plugin-keptn-tasks-common';
import type { Knex } from 'knex';
import { chunked, toMillis, toText } from '../columns';
import type { RecordedRun } from '../../domain/task/TaskPlan';
import type { AttemptRow, BigIntColumn, RunRow } from '../tables';

const columns = [
  'pod_name',
  'node_name',
  'exit_code',
  'reason',
  'message',
  'created_at',
  'started_at',
  'finished_at',
] as const;

/**
 * Adds attempts or completes them. What was known stays when it is not told again, because the Pod may be gone by then,
 * and an attempt that has ended does not begin anew.
 */
export async function saveAttempts(
  tx: Knex.Transaction,
  attempts: { runSeq: BigIntColumn; attempt: Attempt }[],
): Promise<void> {
  if (attempts.length === 0) return;
  const stored = await findAttempts(
    tx,
    attempts.map(({ runSeq }) => runSeq),
  );
  const changed = new Map<string, AttemptRow>();
  for (const { runSeq, attempt } of attempts) {
    const key = `${runSeq}/${attempt.number}`;
    const before = changed.get(key) ?? stored.get(key);
    const after = merge(before, toRow(runSeq, attempt));
    if (before === undefined || isDifferent(before, after)) {
      changed.set(key, after);
    }
  }
  for (const chunk of chunked([...changed.values()], 500)) {
    await tx('run_attempts')
      .insert(chunk)
      .onConflict(['run_seq', 'number'])
      .merge();
  }
}

/** Which Pod each known attempt of these runs had, so that numbers stay when Pods are gone. */
export async function knownAttempts(
  knex: Knex,
  rows: RunRow[],
): Promise<Map<string, NonNullable<RecordedRun['attempts']>>> {
  const withAttempts = rows.filter(row => row.attempts > 0);
  const byRun = new Map<string, NonNullable<RecordedRun['attempts']>>();
  if (withAttempts.length === 0) return byRun;
  const stored = await findAttempts(
    knex,
    withAttempts.map(({ seq }) => seq),
  );
  for (const row of stored.values()) {
    if (row.pod_name === null) continue;
    const key = String(row.run_seq);
    const known = byRun.get(key) ?? [];
    known.push({ number: row.number, podName: row.pod_name });
    byRun.set(key, known);
  }
  return byRun;
}

/** The attempts of these runs, by `run/number`. */
async function findAttempts(
  tx: Knex,
  runSeqs: BigIntColumn[],
): Promise<Map<string, AttemptRow>> {
  const found = new Map<string, AttemptRow>();
  for (const chunk of chunked([...new Set(runSeqs)], 500)) {
    const rows: AttemptRow[] = await tx('run_attempts')
      .select()
      .whereIn('run_seq', chunk)
      .orderBy('number');
    for (const row of rows) found.set(`${row.run_seq}/${row.number}`, row);
  }
  return found;
}

function merge(before: AttemptRow | undefined, told: AttemptRow): AttemptRow {
  if (!before) return told;
  const after = { ...told };
  for (const column of columns) {
    (after as any)[column] = told[column] ?? before[column];
  }
  const ended = before.state === 'Succeeded' || before.state === 'Failed';
  return { ...after, state: ended ? before.state : told.state };
}

function isDifferent(a: AttemptRow, b: AttemptRow): boolean {
  return (
    a.state !== b.state ||
    columns.some(column => String(a[column]) !== String(b[column]))
  );
}

function toRow(runSeq: BigIntColumn, attempt: Attempt): AttemptRow {
  return {
    run_seq: runSeq,
    number: attempt.number,
    state: attempt.state,
    pod_name: attempt.podName ?? null,
    node_name: attempt.nodeName ?? null,
    exit_code: attempt.exitCode ?? null,
    reason: toText(attempt.reason, 255),
    message: toText(attempt.message),
    created_at: toMillis(attempt.createdAt),
    started_at: toMillis(attempt.startedAt),
    finished_at: toMillis(attempt.finishedAt),
  };
}
