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

import { createHash } from 'crypto';
import type { Knex } from 'knex';
import type { RunReservation } from '../RunStore';
import type { ScopeRegistry } from '../ScopeRegistry';
import type { BigIntColumn } from '../tables';
import { appendTransitions } from './appendTransitions';
import { insertRuns } from './insertRuns';
import { rowOfReservation } from './newRunRow';

class KeyTaken extends Error {}

/** Adds a run that was asked for, unless its idempotency key stands for a run already. */
export async function reserveRun(
  options: { knex: Knex; scopes: ScopeRegistry },
  reservation: RunReservation,
): Promise<{ runId: string; created: boolean }> {
  const { knex, scopes } = options;
  const scope = {
    entity_ref: reservation.entityRef,
    cluster: reservation.cluster,
    namespace: reservation.namespace,
  };
  const key =
    reservation.idempotencyKey === undefined
      ? undefined
      : createHash('sha256').update(reservation.idempotencyKey).digest('hex');
  if (key) {
    const runId = await findKey(knex, key);
    if (runId) return { runId, created: false };
  }
  await scopes.ensure([scope]);
  try {
    await knex.transaction(async tx => {
      const row = rowOfReservation(reservation, scopes.idOf(scope));
      const added = await insertRuns(tx, [
        { row, taskSpec: reservation.taskSpec },
      ]);
      const seq = added.get(reservation.id)!;
      if (key && !(await takeKey(tx, key, seq))) throw new KeyTaken();
      await appendTransitions(tx, [
        {
          run_seq: seq,
          at: row.created_at,
          state: row.state,
          reason: null,
          message: null,
        },
      ]);
    });
    return { runId: reservation.id, created: true };
  } catch (error) {
    // The same request came twice at the same time; what the other one made is committed by now.
    if (!(error instanceof KeyTaken)) throw error;
    return { runId: (await findKey(knex, key!))!, created: false };
  }
}

/** Whether the key was free. Waits for whoever is about to take it. */
async function takeKey(
  tx: Knex.Transaction,
  key: string,
  seq: BigIntColumn,
): Promise<boolean> {
  const taken = await tx('idempotency_keys')
    .insert({ key, run_seq: seq })
    .onConflict('key')
    .ignore()
    .returning('key');
  return taken.length > 0;
}

async function findKey(knex: Knex, key: string): Promise<string | undefined> {
  const row: { id: string } | undefined = await knex('idempotency_keys')
    .join('runs', 'runs.seq', 'idempotency_keys.run_seq')
    .where('idempotency_keys.key', key)
    .first('runs.id');
  return row?.id;
}
