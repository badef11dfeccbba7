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
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { toMillis } from '../columns';
import type { RunFilter } from '../RunStore';
import type { ScopeRow } from '../tables';
import { matchesAny } from '../wildcard';
import { definitionNames } from './definitionNames';

type Place = RunFilter['places'][number];

/**
 * A part of the runs that somebody wants to see, which one index answers in the order of the list. Together the parts
 * are disjoint and complete.
 */
export interface RunSlice {
  scopeId: number;
  state?: Run['state'];
  definition?: string;
  /** One of these, all that the index can narrow further. */
  definitions?: string[];
  workloadName?: string;
  appName?: string;
}

/** More slices than this cost more to plan than they save. */
const MAX_SLICES = 60;

/** Splits what is wanted into slices: by scope, by state, by definition. */
export async function sliceRuns(
  knex: Knex,
  filter: RunFilter,
): Promise<RunSlice[]> {
  const scopes = await findScopes(knex, filter);
  const slices: RunSlice[] = [];
  for (const scope of scopes) {
    if (scope.entity_ref !== '') {
      slices.push({ scopeId: scope.id, definition: filter.definition });
      continue;
    }
    for (const place of placesOf(filter, scope)) {
      slices.push(...(await slicePlace(knex, scope.id, place, filter)));
    }
  }
  const byState = slices.flatMap(slice =>
    filter.states?.length
      ? [...new Set(filter.states)].map(state => ({ ...slice, state }))
      : [slice],
  );
  return byState.length > MAX_SLICES ? byState : byState.flatMap(byDefinition);

  function byDefinition(slice: RunSlice): RunSlice[] {
    const { definitions, ...rest } = slice;
    if (!definitions || definitions.length * byState.length > MAX_SLICES) {
      return [slice];
    }
    return definitions.map(definition => ({ ...rest, definition }));
  }
}

/** The conditions of a slice and of the filter, on a query of `runs`. */
export function whereSlice(
  query: Knex.QueryBuilder,
  slice: RunSlice,
  filter: Pick<RunFilter, 'phase' | 'trigger' | 'after' | 'before'>,
): Knex.QueryBuilder {
  query.where('scope_id', slice.scopeId);
  const { state, definition, definitions, workloadName, appName } = slice;
  if (state) query.where('state', state);
  if (definition !== undefined) query.where('definition_name', definition);
  if (definitions) query.whereIn('definition_name', definitions);
  if (workloadName) query.where('workload_name', workloadName);
  if (appName) query.where('app_name', appName);
  if (filter.phase) query.where('phase', filter.phase);
  if (filter.trigger) query.where('trigger_source', filter.trigger);
  const after = toMillis(filter.after);
  const before = toMillis(filter.before);
  if (after !== null) query.where('created_at', '>=', after);
  if (before !== null) query.where('created_at', '<', before);
  return query;
}

async function findScopes(knex: Knex, filter: RunFilter): Promise<ScopeRow[]> {
  const wanted = (row: { cluster: string; namespace: string }) =>
    (filter.cluster === undefined || row.cluster === filter.cluster) &&
    (filter.namespace === undefined || row.namespace === filter.namespace);
  const places = filter.places.filter(wanted);
  const ofEntity = knex<ScopeRow>('run_scopes')
    .select()
    .where('entity_ref', filter.entityRef);
  const ofPlaces = knex<ScopeRow>('run_scopes')
    .select()
    .where('entity_ref', '')
    .whereIn(
      ['cluster', 'namespace'],
      places.map(({ cluster, namespace }) => [cluster, namespace]),
    );
  const rows =
    places.length > 0
      ? await Promise.all([ofEntity, ofPlaces])
      : [await ofEntity];
  return rows.flat().filter(wanted);
}

/** The places of a scope. Two with the same conditions would list their runs twice. */
function placesOf(filter: RunFilter, scope: ScopeRow): Place[] {
  const places = filter.places.filter(
    ({ cluster, namespace }) =>
      cluster === scope.cluster && namespace === scope.namespace,
  );
  const merged = new Map<string, Place>();
  for (const place of places) {
    const key = JSON.stringify([place.workloadName, place.appName]);
    const other = merged.get(key);
    if (!other) {
      merged.set(key, place);
      continue;
    }
    merged.set(key, {
      ...place,
      definitions:
        place.definitions && other.definitions
          ? [...place.definitions, ...other.definitions]
          : undefined,
    });
  }
  return [...merged.values()];
}

async function slicePlace(
  knex: Knex,
  scopeId: number,
  place: Place,
  filter: RunFilter,
): Promise<RunSlice[]> {
  const { workloadName, appName, definitions: patterns } = place;
  const slice = { scopeId, workloadName, appName };
  if (filter.definition !== undefined) {
    return !patterns || matchesAny(patterns, filter.definition)
      ? [{ ...slice, definition: filter.definition }]
      : [];
  }
  if (!patterns) return [slice];
  const definitions = await definitionNames(knex, scopeId, patterns);
  return definitions.length > 0 ? [{ ...slice, definitions }] : [];
}
