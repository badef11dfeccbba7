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

import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RecordedRun, RunUpdate } from '../../domain/task/TaskPlan';
import { chunked, toText } from '../columns';
import { toRecordedRun } from '../rows';
import type { SnapshotRegistry } from '../SnapshotRegistry';
import type { InputRow, ScopedRunRow, TransitionRow } from '../tables';
import { appendTransitions } from './appendTransitions';
import { applyUpdate } from './applyUpdate';
import { lockRuns } from './findRows';
import { knownAttempts, saveAttempts } from './saveAttempts';

/** What became of one update: the run as it is recorded now, or that there is none. */
export type UpdateResult = RecordedRun | NotFoundError;

/**
 * Stores what looks at tasks have found, in one transaction; answers in the order asked, with the runs that it ended.
 */
export async function updateRuns(
  options: { knex: Knex; snapshots: SnapshotRegistry; now: () => number },
  items: { id: string; update: RunUpdate }[],
): Promise<{ results: UpdateResult[]; steps: number; ended: string[] }> {
  const { knex, snapshots, now } = options;
  const snapshotIds = await snapshots.ensure(
    items.flatMap(({ update }) => update.definitionSnapshot ?? []),
  );
  return knex.transaction(async tx => {
    const rows = await lockRuns(
      tx,
      items.map(({ id }) => id),
    );
    const changed = new Set<string>();
    const inputs = new Map<string, Partial<InputRow>>();
    const steps: Omit<TransitionRow, 'sequence'>[] = [];
    const ended: string[] = [];
    for (const { id, update } of items) {
      const before = rows.get(id);
      if (!before) continue;
      const { row, step } = applyUpdate(before, update, {
        now: now(),
        snapshotId: snapshotIds.get(update.definitionSnapshot ?? ''),
      });
      rows.set(id, row);
      if (isDifferent(before, row)) changed.add(id);
      if (step) steps.push(step);
      if (before.finished_at === null && row.finished_at !== null) {
        ended.push(id);
      }
      if (update.parameters && before.finished_at === null) {
        inputs.set(id, {
          run_seq: row.seq,
          parameters: toText(JSON.stringify(update.parameters)),
          secure_parameters: toText(update.secureParameters, 255),
        });
      }
    }
    await storeRows(
      tx,
      [...changed].map(id => rows.get(id)!),
    );
    await storeParameters(tx, inputs);
    await saveAttempts(
      tx,
      items.flatMap(({ id, update }) => {
        const row = rows.get(id);
        if (!row) return [];
        return update.attempts.map(attempt => ({ runSeq: row.seq, attempt }));
      }),
    );
    await appendTransitions(tx, steps);
    const attempts = await knownAttempts(tx, [...rows.values()]);
    const results = items.map(({ id }) => {
      const row = rows.get(id);
      return row
        ? toRecordedRun(row, attempts.get(String(row.seq)))
        : new NotFoundError(`There is no run ${id}`);
    });
    return { results, steps: steps.length, ended };
  });
}

const mutableColumns = [
  'state',
  'reason',
  'message',
  'started_at',
  'finished_at',
  'cancel_requested',
  'job_intent_at',
  'job_name',
  'job_uid',
  'definition_namespace',
  'definition_hash',
  'snapshot_id',
  'runner',
  'image',
  'max_attempts',
  'timeout_seconds',
  'attempts',
] as const satisfies readonly (keyof ScopedRunRow)[];

/** Writes rows that are locked. The condition says once more, to the database, that a finished run stays. */
async function storeRows(
  tx: Knex.Transaction,
  rows: ScopedRunRow[],
): Promise<void> {
  for (const chunk of chunked(rows, 200)) {
    await tx('runs')
      .insert(chunk.map(({ entity_ref: _, namespace: __, ...row }) => row))
      .onConflict('id')
      .merge([...mutableColumns])
      .whereNull('runs.finished_at');
  }
}

async function storeParameters(
  tx: Knex.Transaction,
  inputs: Map<string, Partial<InputRow>>,
): Promise<void> {
  for (const chunk of chunked([...inputs.values()], 200)) {
    await tx('run_inputs')
      .insert(chunk.map(input => ({ task_spec: '{}', ...input })))
      .onConflict('run_seq')
      .merge(['parameters', 'secure_parameters']);
  }
}

function isDifferent(a: ScopedRunRow, b: ScopedRunRow): boolean {
  return mutableColumns.some(
    column => comparable(a[column]) !== comparable(b[column]),
  );
}

function comparable(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}
