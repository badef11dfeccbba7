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
import type { RecordedRun } from '../../domain/task/TaskPlan';
import { chunked, isUuid } from '../columns';
import { toRecordedRun } from '../rows';
import type { TaskSighting } from '../RunStore';
import type { ScopeRegistry } from '../ScopeRegistry';
import type { RunRow, ScopedRunRow } from '../tables';
import { appendTransitions } from './appendTransitions';
import { selectRuns } from './findRows';
import { insertRuns } from './insertRuns';
import { rowOfSighting } from './newRunRow';
import { knownAttempts } from './saveAttempts';

/** Adds a run for each task that has none, or joins it with its reservation; answers in the order asked. */
export async function sightTasks(
  options: { knex: Knex; scopes: ScopeRegistry; now: () => number },
  sightings: TaskSighting[],
): Promise<{ recorded: RecordedRun[]; added: number }> {
  const { knex, scopes, now } = options;
  const known = await findTasks(knex, sightings);
  let added: RunRow[] = [];
  if (sightings.some(sighting => !known.has(keyOf(sighting)))) {
    await scopes.ensure(
      sightings.map(({ cluster, namespace }) => ({
        entity_ref: '',
        cluster,
        namespace,
      })),
    );
    added = await knex.transaction(tx =>
      addTasks(
        tx,
        scopes,
        // In one order, so that two processes that see the same tasks do not wait for each other.
        uniqueTasks(sightings.filter(one => !known.has(keyOf(one)))),
        now(),
      ),
    );
    for (const row of added) known.set(`${row.cluster} ${row.task_uid}`, row);
    // Those that were joined with their reservations, or that somebody else added meanwhile.
    const missing = sightings.filter(one => !known.has(keyOf(one)));
    for (const [key, row] of await findTasks(knex, missing)) {
      known.set(key, row);
    }
  }
  const attempts = await knownAttempts(knex, [...known.values()]);
  return {
    recorded: sightings.map(one => {
      const row = known.get(keyOf(one))!;
      return toRecordedRun(row, attempts.get(String(row.seq)));
    }),
    added: added.length,
  };
}

async function addTasks(
  tx: Knex.Transaction,
  scopes: ScopeRegistry,
  sightings: TaskSighting[],
  now: number,
): Promise<RunRow[]> {
  const joined = await joinReservations(tx, sightings);
  const runs = sightings
    .filter(sighting => !joined.has(keyOf(sighting)))
    .map(sighting => ({
      row: rowOfSighting(
        sighting,
        scopes.idOf({
          entity_ref: '',
          cluster: sighting.cluster,
          namespace: sighting.namespace,
        }),
        now,
      ),
      taskSpec: sighting.taskSpec,
    }));
  const added = await insertRuns(tx, runs);
  await appendTransitions(
    tx,
    runs.flatMap(({ row }) => {
      const seq = added.get(row.id);
      return seq === undefined
        ? []
        : [
            {
              run_seq: seq,
              at: row.created_at,
              state: row.state,
              reason: null,
              message: null,
            },
          ];
    }),
  );
  return runs.flatMap(({ row }) => {
    const seq = added.get(row.id);
    return seq === undefined ? [] : [{ ...row, seq }];
  });
}

/**
 * Gives reservations their task. The annotation that names the run can be copied by anyone, so a reservation is joined
 * once, and only with the task of its own name and place.
 */
async function joinReservations(
  tx: Knex.Transaction,
  sightings: TaskSighting[],
): Promise<Set<string>> {
  const joined = new Set<string>();
  const claims = sightings.filter(one => one.runId && isUuid(one.runId));
  if (claims.length === 0) return joined;
  const reservations: ScopedRunRow[] = await selectRuns(tx)
    .whereIn(
      'runs.id',
      claims.map(({ runId }) => runId!),
    )
    .whereNull('runs.task_uid');
  const byId = new Map(reservations.map(row => [row.id, row]));
  for (const claim of claims) {
    const row = byId.get(claim.runId!.toLowerCase());
    if (
      row?.cluster !== claim.cluster ||
      row.namespace !== claim.namespace ||
      row.task_name !== claim.taskName
    ) {
      continue;
    }
    const hits = await tx('runs')
      .where('id', row.id)
      .whereNull('task_uid')
      .update({ task_uid: claim.uid });
    if (hits > 0) joined.add(keyOf(claim));
  }
  return joined;
}

async function findTasks(
  knex: Knex,
  sightings: TaskSighting[],
): Promise<Map<string, RunRow>> {
  const found = new Map<string, RunRow>();
  const byCluster = new Map<string, string[]>();
  for (const { cluster, uid } of sightings) {
    byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), uid]);
  }
  for (const [cluster, uids] of byCluster) {
    for (const chunk of chunked(uids, 500)) {
      const rows: RunRow[] = await knex('runs')
        .select()
        .where('cluster', cluster)
        .whereIn('task_uid', chunk);
      for (const row of rows) found.set(`${cluster} ${row.task_uid}`, row);
    }
  }
  return found;
}

function uniqueTasks(sightings: TaskSighting[]): TaskSighting[] {
  const byKey = new Map(sightings.map(one => [keyOf(one), one]));
  return [...byKey.keys()].sort().map(key => byKey.get(key)!);
}

function keyOf(sighting: TaskSighting): string {
  return `${sighting.cluster} ${sighting.uid}`;
}
