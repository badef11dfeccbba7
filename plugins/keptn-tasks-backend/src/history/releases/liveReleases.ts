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
import { findCurrent } from './currentReleases';
import type { ReleaseRow, SubjectReleaseRow, SubjectRow } from './tables';

/** Releases of a cluster that are unfinished, or that are asked for now. */
export async function findLive(
  knex: Knex,
  cluster: string,
): Promise<{ id: string; uid: string }[]> {
  const unfinished: ReleaseRow[] = await knex('releases')
    .select('id', 'object_uid')
    .where({ cluster })
    .whereNull('finished_at')
    .orderBy('created_at');
  const subjects: SubjectRow[] = await knex('release_subjects').where({
    cluster,
  });
  const current = await findCurrent(knex, subjects);
  const live = new Map(
    [...unfinished, ...current.values()].map(({ id, object_uid }) => [
      id,
      { id, uid: object_uid },
    ]),
  );
  return [...live.values()];
}

/** Whether the app or workload of a release asks for it now. */
export async function isCurrent(
  knex: Knex,
  row: SubjectReleaseRow,
): Promise<boolean> {
  const [subject]: SubjectRow[] = await knex('release_subjects').where(
    'id',
    row.subject_id,
  );
  const current = await findCurrent(knex, [subject]);
  return current.get(subject.id)?.id === row.id;
}
