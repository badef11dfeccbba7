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
import { chunked, toText } from '../columns';
import type { BigIntColumn } from '../tables';
import { bodyOf } from './rows';
import type { ReleaseRow, ReleaseTransitionRow } from './tables';

/** A step, without its number in the stream. */
export type NewStep = Omit<ReleaseTransitionRow, 'sequence'>;

/** The step that led to a row. */
export function stepTo(row: ReleaseRow, at: BigIntColumn): NewStep {
  const { phase, hold, message } = bodyOf(row);
  return {
    release_seq: row.seq,
    at,
    state: row.state,
    phase: phase ?? null,
    message: toText(message ?? hold?.message),
  };
}

/**
 * Adds steps to the stream, as the last thing a transaction does: the stream's row stays locked until the commit, so
 * numbers appear in their order and without gaps.
 */
export async function appendSteps(
  tx: Knex.Transaction,
  steps: NewStep[],
): Promise<void> {
  if (steps.length === 0) return;
  const [{ last_sequence: last }]: { last_sequence: BigIntColumn }[] = await tx(
    'release_stream',
  )
    .where('id', 1)
    .increment('last_sequence', steps.length)
    .returning('last_sequence');
  const first = Number(last) - steps.length + 1;
  const rows = steps.map((step, i) => ({ sequence: first + i, ...step }));
  for (const chunk of chunked(rows, 500)) {
    await tx('release_transitions').insert(chunk);
  }
}
