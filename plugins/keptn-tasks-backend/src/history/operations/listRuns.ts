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
import type { RunPage } from 'backstage-plugin-keptn-tasks-common';
import { decodeCursor, encodeCursor, type Position } from '../cursor';
import { toRun } from '../rows';
import type { RunFilter } from '../RunStore';
import type { BigIntColumn, ScopedRunRow } from '../tables';
import { selectRuns } from './findRows';
import { type RunSlice, sliceRuns, whereSlice } from './runSelection';

/** A page of runs, newest first: the first of each slice, merged. */
export async function listRuns(
  knex: Knex,
  filter: RunFilter,
  page: { limit: number; cursor?: string },
): Promise<RunPage> {
  const after = page.cursor ? decodeCursor(page.cursor) : undefined;
  const slices = await sliceRuns(knex, filter);
  if (slices.length === 0) return { items: [] };

  const keys = await selectKeys(knex, filter, slices, page.limit + 1, after);
  const shown = keys.slice(0, page.limit);
  const rows: ScopedRunRow[] = await selectRuns(knex).whereIn(
    'runs.seq',
    shown.map(({ seq }) => seq),
  );
  const bySeq = new Map(rows.map(row => [String(row.seq), row]));
  const items = shown.flatMap(({ seq }) => {
    const row = bySeq.get(String(seq));
    return row ? [toRun(row)] : [];
  });
  return keys.length > page.limit
    ? { items, nextCursor: encodeCursor(shown[shown.length - 1]) }
    : { items };
}

/** Which runs of these slices come first, newest first, after a position. */
export async function selectKeys(
  knex: Knex,
  filter: RunFilter,
  slices: RunSlice[],
  limit: number,
  after?: Position,
): Promise<{ seq: BigIntColumn; created_at: BigIntColumn }[]> {
  const firstOf = (slice: RunSlice) => {
    const query = whereSlice(
      knex('runs').select('seq', 'created_at'),
      slice,
      filter,
    );
    if (after) {
      query.whereRaw('(created_at, seq) < (?, ?)', [
        after.createdAt,
        after.seq,
      ]);
    }
    return query
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'seq', order: 'desc' },
      ])
      .limit(limit);
  };
  if (slices.length === 1) return firstOf(slices[0]);
  // SQLite wants an ordered part of a union wrapped in a query of its own.
  const parts = slices.map((slice, i) =>
    knex.select('*').from(firstOf(slice).as(`part_${i}`)),
  );
  return knex
    .select('seq', 'created_at')
    .from(knex.unionAll(parts).as('parts'))
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'seq', order: 'desc' },
    ])
    .limit(limit);
}
