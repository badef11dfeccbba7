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

/** Deletes finished releases that need not be kept, with their steps. Those that are asked for now stay. */
export async function pruneReleases(
  knex: Knex,
  options: { before: string; limit: number },
): Promise<number> {
  const expired: { seq: BigIntColumn }[] = await knex('releases')
    .select('seq')
    .where('finished_at', '<', toMillis(options.before))
    .where(removable =>
      removable
        .whereNotNull('deleted_at')
        .orWhereExists(
          knex('releases as later')
            .select(knex.raw('1'))
            .where('later.subject_id', knex.ref('releases.subject_id'))
            .whereRaw(
              '(later.asked_at, later.seq) > (releases.asked_at, releases.seq)',
            ),
        ),
    )
    .orderBy('finished_at')
    .limit(options.limit);
  if (expired.length === 0) return 0;
  return knex('releases')
    .whereIn(
      'seq',
      expired.map(({ seq }) => seq),
    )
    .del();
}
