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
import { chunked } from '../columns';
import type { ReleaseSighting } from '../ReleaseStore';
import { appendSteps, type NewStep, stepTo } from './appendSteps';
import { applySighting, rowOfSighting, timeOfStep } from './applySighting';
import { findByKey, keyOf, keyOfRow, type ReleaseKey } from './findRows';
import { subjectOf } from './rows';
import type { SubjectRegistry } from './SubjectRegistry';
import type { ReleaseRow } from './tables';

// SQLite takes up to 32,766 values in a statement.
const ROWS_PER_STATEMENT = 200;

/** Stores what looks at versions have found, in one transaction; answers with their ids in the order asked. */
export async function saveReleases(
  options: { knex: Knex; subjects: SubjectRegistry; now: () => number },
  sightings: ReleaseSighting[],
): Promise<{ ids: string[]; steps: number }> {
  const { knex, subjects } = options;
  await subjects.ensure(sightings.map(subjectOf));
  return knex.transaction(async tx => {
    const now = options.now();
    const known = await findByKey(tx, sightings, { lock: true });
    const steps: NewStep[] = [];
    const rest: ReleaseSighting[] = [];
    const fresh = new Map<string, ReleaseSighting>();
    for (const sighting of sightings) {
      const key = keyOf(sighting);
      if (known.has(key) || fresh.has(key)) rest.push(sighting);
      else fresh.set(key, sighting);
    }
    for (const row of await addReleases(tx, subjects, fresh, now)) {
      known.set(keyOfRow(row), row);
      steps.push(stepTo(row, timeOfStep(undefined, row, now)));
    }
    // Those that somebody else has added meanwhile.
    const taken = [...fresh].filter(([key]) => !known.has(key));
    const late = taken.map(([, sighting]) => sighting);
    rest.unshift(...late);
    for (const [key, row] of await findByKey(tx, late, { lock: true })) {
      known.set(key, row);
    }

    const changed = new Map<string, ReleaseRow>();
    for (const sighting of rest) {
      const key = keyOf(sighting);
      const before = known.get(key)!;
      const after = applySighting(before, sighting, now);
      known.set(key, after);
      if (isDifferent(before, after)) {
        steps.push(stepTo(after, timeOfStep(before, after, now)));
      }
      if (after.hash !== before.hash || before.deleted_at !== null) {
        changed.set(key, after);
      }
    }
    await storeReleases(tx, [...changed.values()]);
    await appendSteps(tx, steps);
    return {
      ids: sightings.map(one => known.get(keyOf(one))!.id),
      steps: steps.length,
    };
  });
}

/** Writes rows that are locked. */
export async function storeReleases(
  tx: Knex.Transaction,
  rows: ReleaseRow[],
): Promise<void> {
  for (const chunk of chunked(rows, ROWS_PER_STATEMENT)) {
    await tx('releases')
      .insert(chunk)
      .onConflict('id')
      .merge(['state', 'finished_at', 'deleted_at', 'hash', 'body']);
  }
}

async function addReleases(
  tx: Knex.Transaction,
  subjects: SubjectRegistry,
  fresh: Map<string, ReleaseSighting>,
  now: number,
): Promise<ReleaseRow[]> {
  // In one order, so that two processes that see the same versions do not wait for each other.
  const sightings = [...fresh.keys()].sort().map(key => fresh.get(key)!);
  const earlier = await findEarlierAttempts(tx, sightings);
  const added: ReleaseRow[] = [];
  for (const chunk of chunked(sightings, ROWS_PER_STATEMENT)) {
    const rows = chunk.map(sighting => {
      const row = rowOfSighting(
        sighting,
        subjects.idOf(subjectOf(sighting)),
        now,
      );
      const before = earlier.get(keyOf(previousAttempt(sighting)));
      // Its app or workload asks for the version, whichever attempt it is.
      return before
        ? {
            ...row,
            activated_at: before.activated_at,
            asked_at: before.asked_at,
          }
        : row;
    });
    const inserted: Pick<ReleaseRow, 'id' | 'seq'>[] = await tx('releases')
      .insert(rows)
      .onConflict(['cluster', 'object_uid', 'attempt'])
      .ignore()
      .returning(['id', 'seq']);
    const seqs = new Map(inserted.map(({ id, seq }) => [id, seq]));
    for (const row of rows) {
      const seq = seqs.get(row.id);
      if (seq !== undefined) added.push({ ...row, seq });
    }
  }
  return added;
}

async function findEarlierAttempts(
  tx: Knex.Transaction,
  sightings: ReleaseSighting[],
): Promise<Map<string, ReleaseRow>> {
  const keys = sightings
    .filter(({ attempt }) => attempt > 1)
    .map(previousAttempt);
  return keys.length > 0 ? findByKey(tx, keys) : new Map();
}

function previousAttempt({ cluster, uid, attempt }: ReleaseKey): ReleaseKey {
  return { cluster, uid, attempt: attempt - 1 };
}

function isDifferent(a: ReleaseRow, b: ReleaseRow): boolean {
  return a.state !== b.state || a.body !== b.body;
}
