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
import type { Release, ReleasePage } from 'backstage-plugin-keptn-tasks-common';
import { decodeCursor, encodeCursor, type Position } from '../cursor';
import type { ReleaseFilter } from '../ReleaseStore';
import type { BigIntColumn } from '../tables';
import { findBySeq } from './findRows';
import { findSubjects } from './findSubjects';
import { toRelease } from './rows';
import type { SubjectRow } from './tables';
import { withRunIds } from './withRunIds';

/** A part of the releases that somebody wants to see, which one index answers in the order of the list. */
type Slice = { states?: Release['state'][] } & (
  | { subjectId: number }
  | { cluster: string; namespace: string; subjectIds?: number[] }
);

/** More slices than this cost more to plan than they save. */
const MAX_SLICES = 60;

/** A page of releases, newest first: the first of each slice, merged. */
export async function listReleases(
  knex: Knex,
  filter: ReleaseFilter,
  page: { limit: number; cursor?: string },
): Promise<ReleasePage> {
  const after = page.cursor ? decodeCursor(page.cursor) : undefined;
  const slices = await sliceReleases(knex, filter);
  if (slices.length === 0) return { items: [] };
  const keys = await selectKeys(knex, slices, {
    version: filter.version,
    limit: page.limit + 1,
    after,
  });
  const shown = keys.slice(0, page.limit);
  const rows = await findBySeq(
    knex,
    shown.map(({ seq }) => seq),
  );
  const items = await withRunIds(
    knex,
    shown.flatMap(({ seq }) => {
      const row = rows.get(String(seq));
      return row ? [toRelease(row)] : [];
    }),
  );
  return keys.length > page.limit
    ? { items, nextCursor: encodeCursor(shown[shown.length - 1]) }
    : { items };
}

/** Splits what is wanted into disjoint slices: whole places, and single apps and workloads elsewhere. */
async function sliceReleases(
  knex: Knex,
  filter: ReleaseFilter,
): Promise<Slice[]> {
  const { kind, appName, workloadName } = filter;
  const states = filter.states?.length
    ? [...new Set(filter.states)]
    : undefined;
  const isWhole = (place: ReleaseFilter['places'][number]) =>
    !kind && !appName && !workloadName && !place.appName && !place.workloadName;
  const whole = new Map(
    filter.places
      .filter(isWhole)
      .map(({ cluster, namespace }) => [
        `${cluster}/${namespace}`,
        { cluster, namespace },
      ]),
  );
  const narrow = filter.places.filter(
    ({ cluster, namespace }) => !whole.has(`${cluster}/${namespace}`),
  );
  const subjects = await findSubjects(knex, narrow, filter);
  return [
    ...byState([...whole.values()], states),
    ...(subjects.length <= MAX_SLICES
      ? subjects.map(({ id }) => ({ subjectId: id, states }))
      : byState(byPlace(subjects), states)),
  ];
}

function byPlace(subjects: SubjectRow[]) {
  const places = new Map<
    string,
    { cluster: string; namespace: string; subjectIds: number[] }
  >();
  for (const { id, cluster, namespace } of subjects) {
    const key = `${cluster}/${namespace}`;
    const place = places.get(key) ?? { cluster, namespace, subjectIds: [] };
    place.subjectIds.push(id);
    places.set(key, place);
  }
  return [...places.values()];
}

function byState<T extends object>(
  slices: T[],
  states: Release['state'][] | undefined,
): (T & { states?: Release['state'][] })[] {
  return states
    ? slices.flatMap(slice =>
        states.map(state => ({ ...slice, states: [state] })),
      )
    : slices;
}

async function selectKeys(
  knex: Knex,
  slices: Slice[],
  options: { version?: string; limit: number; after?: Position },
): Promise<{ seq: BigIntColumn; created_at: BigIntColumn }[]> {
  const { version, limit, after } = options;
  const newest = (query: Knex.QueryBuilder) =>
    query
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'seq', order: 'desc' },
      ])
      .limit(limit);
  const firstOf = (slice: Slice) => {
    const query = whereSlice(
      knex('releases').select('seq', 'created_at'),
      slice,
    );
    if (version !== undefined) query.where('version', version);
    if (after) {
      query.whereRaw('(created_at, seq) < (?, ?)', [
        after.createdAt,
        after.seq,
      ]);
    }
    return newest(query);
  };
  if (slices.length === 1) return firstOf(slices[0]);
  // SQLite wants an ordered part of a union wrapped in a query of its own.
  const parts = slices.map((slice, i) =>
    knex.select('*').from(firstOf(slice).as(`part_${i}`)),
  );
  return newest(
    knex.select('seq', 'created_at').from(knex.unionAll(parts).as('parts')),
  );
}

function whereSlice(query: Knex.QueryBuilder, slice: Slice): Knex.QueryBuilder {
  if ('subjectId' in slice) {
    query.where('subject_id', slice.subjectId);
  } else {
    query.where({ cluster: slice.cluster, namespace: slice.namespace });
    if (slice.subjectIds) query.whereIn('subject_id', slice.subjectIds);
  }
  const { states } = slice;
  if (states?.length === 1) query.where('state', states[0]);
  else if (states) query.whereIn('state', states);
  return query;
}
