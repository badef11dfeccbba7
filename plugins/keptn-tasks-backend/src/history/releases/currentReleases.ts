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
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { chunked } from '../columns';
import type { ReleaseFilter } from '../ReleaseStore';
import type { BigIntColumn } from '../tables';
import { findBySeq } from './findRows';
import { findSubjects } from './findSubjects';
import { toRelease } from './rows';
import type { ReleaseRow, SubjectReleaseRow, SubjectRow } from './tables';
import { withRunIds } from './withRunIds';

const SUBJECTS_PER_STATEMENT = 50;

/** For each app and workload of these places: the release that is asked for now, and those before it. */
export async function currentReleases(
  knex: Knex,
  places: ReleaseFilter['places'],
  options: { previous: number; previousOf?: Release['kind'] },
): Promise<{ current: Release; previous: Release[] }[]> {
  const subjects = await findSubjects(knex, places);
  const current = [...(await findCurrent(knex, subjects)).values()];
  const { previous: limit, previousOf } = options;
  const previous = await findPrevious(
    knex,
    current.filter(({ kind }) => !previousOf || kind === previousOf),
    limit,
  );
  const groups = current.map(row => [row, ...(previous.get(row.id) ?? [])]);
  const releases = await withRunIds(knex, groups.flat().map(toRelease));
  return groups.map(({ length }) => {
    const [first, ...before] = releases.splice(0, length);
    return { current: first, previous: before };
  });
}

/**
 * The release that each of these asks for now, by subject. None where its object is gone: the app or workload was
 * removed.
 */
export async function findCurrent(
  knex: Knex,
  subjects: SubjectRow[],
): Promise<Map<number, SubjectReleaseRow>> {
  const current = new Map<number, SubjectReleaseRow>();
  for (const chunk of chunked(subjects, 500)) {
    const newest: { seq: BigIntColumn | null }[] = await knex(
      'release_subjects',
    )
      .whereIn(
        'id',
        chunk.map(({ id }) => id),
      )
      .select(
        knex('releases')
          .select('seq')
          .where('subject_id', knex.ref('release_subjects.id'))
          .orderBy([
            { column: 'asked_at', order: 'desc' },
            { column: 'seq', order: 'desc' },
          ])
          .limit(1)
          .as('seq'),
      );
    const rows = await findBySeq(
      knex,
      newest.flatMap(({ seq }) => seq ?? []),
    );
    for (const row of rows.values()) {
      if (row.deleted_at === null) current.set(row.subject_id, row);
    }
  }
  return current;
}

/** What each of these releases' apps and workloads asked for before, newest first, by id of the release. */
export async function findPrevious(
  knex: Knex,
  rows: ReleaseRow[],
  limit: number,
): Promise<Map<string, SubjectReleaseRow[]>> {
  const previous = new Map<string, SubjectReleaseRow[]>();
  if (limit <= 0) return previous;
  for (const chunk of chunked(rows, SUBJECTS_PER_STATEMENT)) {
    const parts = chunk.map((row, i) =>
      knex.select('*').from(
        knex('releases')
          .select('seq')
          .where('subject_id', row.subject_id)
          .whereRaw('(asked_at, seq) < (?, ?)', [row.asked_at, row.seq])
          .orderBy([
            { column: 'asked_at', order: 'desc' },
            { column: 'seq', order: 'desc' },
          ])
          .limit(limit)
          .as(`part_${i}`),
      ),
    );
    const keys: { seq: BigIntColumn }[] = await knex.unionAll(parts);
    const found = await findBySeq(
      knex,
      keys.map(({ seq }) => seq),
    );
    for (const { id, subject_id } of chunk) {
      const before = [...found.values()].filter(
        one => one.subject_id === subject_id,
      );
      previous.set(id, before.sort(newestFirst));
    }
  }
  return previous;
}

function newestFirst(a: ReleaseRow, b: ReleaseRow): number {
  return (
    Number(b.asked_at) - Number(a.asked_at) || Number(b.seq) - Number(a.seq)
  );
}
