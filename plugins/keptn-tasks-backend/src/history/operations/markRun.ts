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
import { toText } from '../columns';
import type { BigIntColumn } from '../tables';
import { appendTransitions } from './appendTransitions';

/** Ends an unfinished run as Failed. Answers which one, if there was one. */
export async function markRun(
  knex: Knex,
  where: Record<string, string | null>,
  outcome: { reason: string; message: string; at: number },
): Promise<string[]> {
  const { reason, at } = outcome;
  const message = toText(outcome.message);
  return knex.transaction(async tx => {
    const ended: { seq: BigIntColumn; id: string }[] = await tx('runs')
      .where(where)
      .whereNull('finished_at')
      .update({ state: 'Failed', reason, message, finished_at: at })
      .returning(['seq', 'id']);
    await appendTransitions(
      tx,
      ended.map(({ seq }) => ({
        run_seq: seq,
        at,
        state: 'Failed' as const,
        reason,
        message,
      })),
    );
    return ended.map(({ id }) => id);
  });
}
