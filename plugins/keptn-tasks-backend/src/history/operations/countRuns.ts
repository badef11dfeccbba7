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
import {
  RUN_STATES,
  type RunCounts,
} from 'backstage-plugin-keptn-tasks-common';
import type { RunFilter } from '../RunStore';
import type { BigIntColumn } from '../tables';
import { sliceRuns, whereSlice } from './runSelection';

/** How many runs are in each state. Counts no further than `limit`, so that its cost has a bound. */
export async function countRuns(
  knex: Knex,
  filter: Omit<RunFilter, 'states'>,
  limit: number,
): Promise<RunCounts> {
  const slices = await sliceRuns(knex, { ...filter, states: [...RUN_STATES] });
  const states = Object.fromEntries(RUN_STATES.map(state => [state, 0]));
  if (slices.length > 0) {
    const rows: { state: string; count: BigIntColumn }[] = await knex.unionAll(
      slices.map(slice =>
        knex
          .select(knex.raw('? as state', [slice.state!]))
          .count('* as count')
          .from(
            whereSlice(knex('runs').select(knex.raw('1 as one')), slice, filter)
              .limit(limit)
              .as('some'),
          ),
      ),
    );
    for (const { state, count } of rows) {
      states[state] = Math.min(limit, states[state] + Number(count));
    }
  }
  return { states, limit };
}
