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
import { appendSteps, stepTo } from './appendSteps';
import type { ReleaseRow } from './tables';

/**
 * Makes the last attempt of an object the release that its app or workload asks for. Nothing is written when it is that
 * already.
 */
export async function activateRelease(
  knex: Knex,
  object: { cluster: string; uid: string },
  options: { at: number; now: number },
): Promise<'unknown' | 'unchanged' | 'activated'> {
  const seen = await decide(knex, object, options.at);
  if (typeof seen === 'string') return seen;
  return knex.transaction(async tx => {
    const change = await decide(tx, object, options.at, { lock: true });
    if (typeof change === 'string') return change;
    const { row, activated_at, asked_at } = change;
    await tx('releases')
      .where('seq', row.seq)
      .update({ activated_at, asked_at });
    await appendSteps(tx, [stepTo(row, options.now)]);
    return 'activated';
  });
}

async function decide(
  knex: Knex,
  { cluster, uid }: { cluster: string; uid: string },
  at: number,
  options: { lock?: boolean } = {},
) {
  const find = knex<ReleaseRow>('releases')
    .where({ cluster, object_uid: uid })
    .orderBy('attempt', 'desc');
  if (options.lock) find.forUpdate();
  const row = (await find.first()) as ReleaseRow | undefined;
  if (!row) return 'unknown';
  const current = (await knex<ReleaseRow>('releases')
    .where('subject_id', row.subject_id)
    .orderBy([
      { column: 'asked_at', order: 'desc' },
      { column: 'seq', order: 'desc' },
    ])
    .first('seq', 'asked_at')) as Pick<ReleaseRow, 'seq' | 'asked_at'>;
  const isCurrent = String(current.seq) === String(row.seq);
  if (isCurrent && row.activated_at !== null) return 'unchanged';
  const asked = Number(current.asked_at);
  return {
    row,
    activated_at: at,
    // Clocks differ; what is told last counts.
    asked_at: isCurrent ? Math.max(at, asked) : Math.max(at, asked + 1),
  };
}
