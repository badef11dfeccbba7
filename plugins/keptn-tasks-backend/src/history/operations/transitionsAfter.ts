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
import { defined } from '../rows';
import type { RunTransition } from '../RunStore';
import type { BigIntColumn } from '../tables';

/** Steps of runs after a sequence number, oldest first. */
export async function transitionsAfter(
  knex: Knex,
  sequence: number,
  limit: number,
): Promise<RunTransition[]> {
  const rows = await knex('run_transitions')
    .join('runs', 'runs.seq', 'run_transitions.run_seq')
    .join('run_scopes', 'run_scopes.id', 'runs.scope_id')
    .select(
      'run_transitions.sequence',
      'run_transitions.state',
      'runs.id',
      'runs.definition_name',
      'runs.workload_name',
      'runs.app_name',
      'run_scopes.cluster',
      'run_scopes.namespace',
      'run_scopes.entity_ref',
    )
    .where('run_transitions.sequence', '>', sequence)
    .orderBy('run_transitions.sequence')
    .limit(limit);
  return rows.map(row =>
    defined<RunTransition>({
      sequence: Number(row.sequence),
      runId: row.id,
      state: row.state,
      cluster: row.cluster,
      namespace: row.namespace,
      entityRef: row.entity_ref || undefined,
      definition: row.definition_name,
      workloadName: row.workload_name ?? undefined,
      appName: row.app_name ?? undefined,
    }),
  );
}

/** The number of the newest step; 0 when there is none. */
export async function lastSequence(knex: Knex): Promise<number> {
  const row: { last_sequence: BigIntColumn } = await knex('run_stream')
    .where('id', 1)
    .first('last_sequence');
  return Number(row.last_sequence);
}
