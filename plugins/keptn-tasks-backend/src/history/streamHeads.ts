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
import type { BigIntColumn } from './tables';

/** The numbers of the newest steps of runs and of releases, with one query. */
export async function streamHeads(
  knex: Knex,
): Promise<{ runs: number; releases: number }> {
  const lastOf = (stream: string) =>
    knex(stream).where('id', 1).select('last_sequence');
  const [row]: { runs: BigIntColumn; releases: BigIntColumn }[] =
    await knex.select(
      lastOf('run_stream').as('runs'),
      lastOf('release_stream').as('releases'),
    );
  return { runs: Number(row.runs), releases: Number(row.releases) };
}
