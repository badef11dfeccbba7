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
import { toMillis } from '../columns';
import type { BigIntColumn } from '../tables';

/** Deletes finished runs that need not be kept; attempts, steps, logs and keys go with them. */
export async function pruneRuns(
  knex: Knex,
  options: { before?: string; keepPerDefinition?: number; limit: number },
): Promise<number> {
  const { limit, keepPerDefinition } = options;
  const before = toMillis(options.before);
  let deleted = 0;
  if (before !== null) {
    const expired: { seq: BigIntColumn }[] = await knex('runs')
      .select('seq')
      .where('finished_at', '<', before)
      .orderBy('finished_at')
      .limit(limit);
    deleted += await deleteRuns(knex, expired);
  }
  if (keepPerDefinition !== undefined && deleted < limit) {
    for (const group of await findCrowded(knex, keepPerDefinition)) {
      if (deleted >= limit) break;
      const surplus = await findSurplus(
        knex,
        group,
        keepPerDefinition,
        limit - deleted,
      );
      deleted += await deleteRuns(knex, surplus);
    }
  }
  return deleted;
}

interface DefinitionGroup {
  cluster: string;
  namespace: string;
  definition_name: string;
}

/** Definitions with more runs than are kept. */
async function findCrowded(
  knex: Knex,
  keep: number,
): Promise<DefinitionGroup[]> {
  const columns = [
    'run_scopes.cluster',
    'run_scopes.namespace',
    'runs.definition_name',
  ];
  return knex('runs')
    .join('run_scopes', 'run_scopes.id', 'runs.scope_id')
    .select(columns)
    .groupBy(columns)
    .having(knex.raw('count(*)'), '>', keep);
}

async function findSurplus(
  knex: Knex,
  group: DefinitionGroup,
  keep: number,
  limit: number,
): Promise<{ seq: BigIntColumn }[]> {
  const { cluster, namespace, definition_name } = group;
  const scopeIds = knex('run_scopes')
    .select('id')
    .where({ cluster, namespace });
  const newest = (query: Knex.QueryBuilder) =>
    query
      .whereIn('scope_id', scopeIds)
      .where({ definition_name })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'seq', order: 'desc' },
      ]);
  const lastKept: { seq: BigIntColumn; created_at: BigIntColumn } | undefined =
    await newest(knex('runs').select('seq', 'created_at'))
      .offset(keep - 1)
      .first();
  if (!lastKept) return [];
  return knex('runs')
    .select('seq')
    .whereIn('scope_id', scopeIds)
    .where({ definition_name })
    .whereNotNull('finished_at')
    .whereRaw('(created_at, seq) < (?, ?)', [lastKept.created_at, lastKept.seq])
    .orderBy([
      { column: 'created_at', order: 'asc' },
      { column: 'seq', order: 'asc' },
    ])
    .limit(limit);
}

async function deleteRuns(
  knex: Knex,
  runs: { seq: BigIntColumn }[],
): Promise<number> {
  if (runs.length === 0) return 0;
  return knex('runs')
    .whereIn(
      'seq',
      runs.map(({ seq }) => seq),
    )
    .del();
}
