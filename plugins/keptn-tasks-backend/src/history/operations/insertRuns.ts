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
import { chunked, toText } from '../columns';
import type { BigIntColumn } from '../tables';
import type { NewRunRow } from './newRunRow';

// SQLite takes up to 32,766 values in a statement.
const ROWS_PER_STATEMENT = 200;

/**
 * Adds runs with their inputs, except those whose task has a run already. Returns the numbers of those added, by id.
 */
export async function insertRuns(
  tx: Knex.Transaction,
  runs: { row: NewRunRow; taskSpec: unknown }[],
): Promise<Map<string, BigIntColumn>> {
  const added = new Map<string, BigIntColumn>();
  for (const chunk of chunked(runs, ROWS_PER_STATEMENT)) {
    const rows: { id: string; seq: BigIntColumn }[] = await tx('runs')
      .insert(withoutEmptyColumns(chunk.map(({ row }) => row)))
      .onConflict(['cluster', 'task_uid'])
      .ignore()
      .returning(['id', 'seq']);
    for (const { id, seq } of rows) added.set(id, seq);
    const inputs = chunk.flatMap(({ row, taskSpec }) => {
      const seq = added.get(row.id);
      return seq === undefined
        ? []
        : [
            {
              run_seq: seq,
              task_spec: toText(JSON.stringify(taskSpec ?? {})),
              secure_parameters: secretOf(taskSpec),
            },
          ];
    });
    if (inputs.length > 0) await tx('run_inputs').insert(inputs);
  }
  return added;
}

/** Most columns of a run are empty when it begins; naming them in a statement costs more than all the others. */
function withoutEmptyColumns(rows: NewRunRow[]): Partial<NewRunRow>[] {
  const filled = (Object.keys(rows[0]) as (keyof NewRunRow)[]).filter(column =>
    rows.some(row => row[column] !== null),
  );
  return rows.map(row =>
    Object.fromEntries(filled.map(column => [column, row[column]])),
  );
}

function secretOf(taskSpec: unknown): string | null {
  const spec = taskSpec as
    | { secureParameters?: { secret?: string } }
    | undefined;
  return toText(spec?.secureParameters?.secret, 255);
}
