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

import type { Knex } from 'knex';
import type { ScopedRunRow } from '../tables';

/** Runs with what their scopes say. */
export function selectRuns(
  knex: Knex,
): Knex.QueryBuilder<ScopedRunRow, ScopedRunRow[]> {
  return knex('runs')
    .join('run_scopes', 'run_scopes.id', 'runs.scope_id')
    .select('runs.*', 'run_scopes.entity_ref', 'run_scopes.namespace');
}

/**
 * The rows under these ids, held until the transaction ends (SQLite holds everything anyway). Always in one order, so
 * that two writers never wait for each other.
 */
export async function lockRuns(
  tx: Knex.Transaction,
  ids: string[],
): Promise<Map<string, ScopedRunRow>> {
  const rows: ScopedRunRow[] = await selectRuns(tx)
    .whereIn('runs.id', [...new Set(ids)])
    .orderBy('runs.seq')
    .forUpdate('runs');
  return new Map(rows.map(row => [row.id, row]));
}
