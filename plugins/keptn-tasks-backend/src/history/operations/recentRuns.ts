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

import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type { Knex } from 'knex';
import { chunked, toIso } from '../columns';
import { defined, toRun } from '../rows';
import type { ScopedRunRow, ScopeRow } from '../tables';
import { selectRuns } from './findRows';
import { type RunSlice, whereSlice } from './runSelection';

const RECENT = 20;
const DEFINITIONS_PER_STATEMENT = 25;

interface DefinitionPlace {
  cluster: string;
  namespace: string;
  definition: string;
}

/** The entity for which the runs are shown, and what its annotations narrow those of no entity to. */
interface VisibleRuns {
  entityRef: string;
  workloadNames?: string[];
  appName?: string;
}

/** What the last runs of a definition were like. */
export interface RecentRuns {
  lastRun?: Run;
  recent: {
    id: string;
    state: Run['state'];
    createdAt: string;
    durationMs?: number;
  }[];
}

/** The last runs of each definition, oldest first, by `cluster/namespace/definition`. */
export async function recentRuns(
  knex: Knex,
  places: DefinitionPlace[],
  visible?: VisibleRuns,
): Promise<Map<string, RecentRuns>> {
  const result = new Map<string, RecentRuns>(
    places.map(place => [keyOf(place), { recent: [] }]),
  );
  const scopes = await findScopes(knex, places, visible?.entityRef);
  const wanted = places.flatMap(place =>
    scopes
      .filter(
        ({ cluster, namespace }) =>
          cluster === place.cluster && namespace === place.namespace,
      )
      .flatMap(scope => {
        const slice = { scopeId: scope.id, definition: place.definition };
        // An entity sees all of its own runs, and of the others those that its annotations mean.
        return scope.entity_ref === ''
          ? contextsOf(visible).map(context => ({ ...slice, ...context }))
          : [slice];
      }),
  );
  const rows = (
    await Promise.all(
      chunked(wanted, DEFINITIONS_PER_STATEMENT).map(chunk =>
        selectLast(knex, chunk),
      ),
    )
  ).flat();
  rows.sort(
    (a, b) =>
      Number(a.created_at) - Number(b.created_at) ||
      Number(a.seq) - Number(b.seq),
  );
  for (const row of rows) {
    const entry = result.get(
      keyOf({ ...row, definition: row.definition_name }),
    )!;
    entry.lastRun = toRun(row);
    if (row.finished_at !== null) entry.recent.push(toRecentRun(row));
  }
  for (const entry of result.values()) {
    entry.recent = entry.recent.slice(-RECENT);
  }
  return result;
}

async function findScopes(
  knex: Knex,
  places: DefinitionPlace[],
  entityRef?: string,
): Promise<ScopeRow[]> {
  if (places.length === 0) return [];
  const query = knex<ScopeRow>('run_scopes')
    .select()
    .whereIn(
      ['cluster', 'namespace'],
      places.map(({ cluster, namespace }) => [cluster, namespace]),
    );
  return entityRef === undefined
    ? query
    : query.whereIn('entity_ref', ['', entityRef]);
}

/** For each scope and definition the last run, and the last that have finished. */
async function selectLast(
  knex: Knex,
  wanted: RunSlice[],
): Promise<ScopedRunRow[]> {
  const newest = (query: Knex.QueryBuilder, limit: number) =>
    query
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'seq', order: 'desc' },
      ])
      .limit(limit);
  const parts = wanted.flatMap((slice, i) => {
    const runs = () => whereSlice(knex('runs').select('seq'), slice, {});
    return [
      knex.select('seq').from(newest(runs(), 1).as(`last_${i}`)),
      knex
        .select('seq')
        .from(
          newest(runs().whereNotNull('finished_at'), RECENT).as(`ended_${i}`),
        ),
    ];
  });
  return selectRuns(knex).whereIn('runs.seq', knex.union(parts));
}

function contextsOf({ workloadNames, appName }: Partial<VisibleRuns> = {}) {
  return (workloadNames ?? [undefined]).map(workloadName => ({
    workloadName,
    appName,
  }));
}

function toRecentRun(row: ScopedRunRow): RecentRuns['recent'][number] {
  const started = row.started_at;
  return defined({
    id: row.id,
    state: row.state,
    createdAt: toIso(row.created_at),
    durationMs:
      started === null
        ? undefined
        : Math.max(0, Number(row.finished_at) - Number(started)),
  });
}

function keyOf({ cluster, namespace, definition }: DefinitionPlace): string {
  return `${cluster}/${namespace}/${definition}`;
}
