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
import type {
  Attempt,
  RunDetail,
  Transition,
} from 'backstage-plugin-keptn-tasks-common';
import { toIso } from '../columns';
import { defined, toAttempt, toParameters, toRelatedRun, toRun } from '../rows';
import type {
  AttemptRow,
  InputRow,
  LogRow,
  ScopedRunRow,
  TransitionRow,
} from '../tables';
import { taskManifest } from '../taskManifest';
import { selectRuns } from './findRows';

/** Everything kept of one run but its log. */
export async function runDetail(
  knex: Knex,
  id: string,
): Promise<Omit<RunDetail, 'logTail'> | undefined> {
  const row: ScopedRunRow | undefined = await selectRuns(knex)
    .where('runs.id', id)
    .first();
  if (!row) return undefined;
  const ofRun = <T extends {}>(table: string) =>
    knex<T>(table).where('run_seq', row.seq as any);
  const [inputs, attempts, logs, transitions, snapshot, previous, lastGood] =
    await Promise.all([
      ofRun<InputRow>('run_inputs').first() as Promise<InputRow | undefined>,
      ofRun<AttemptRow>('run_attempts').orderBy('number') as Promise<
        AttemptRow[]
      >,
      ofRun<LogRow>('run_logs') as Promise<LogRow[]>,
      ofRun<TransitionRow>('run_transitions').orderBy('sequence') as Promise<
        TransitionRow[]
      >,
      knex('definition_snapshots').where('id', row.snapshot_id).first('body'),
      findEarlier(knex, row, {}),
      findEarlier(knex, row, { state: 'Succeeded' }),
    ]);
  const run = toRun(row);
  return defined<Omit<RunDetail, 'logTail'>>({
    run,
    taskUid: row.task_uid ?? undefined,
    jobName: row.job_name ?? undefined,
    maxAttempts: row.max_attempts ?? undefined,
    timeoutSeconds: row.timeout_seconds ?? undefined,
    image: row.image ?? undefined,
    parameters: toParameters(inputs?.parameters ?? null),
    secureParameters: inputs?.secure_parameters ?? undefined,
    attempts: attempts.map(attempt => withLog(toAttempt(attempt), logs)),
    transitions: toTransitions(row, transitions),
    definitionSnapshot: snapshot?.body,
    manifest: taskManifest({
      id,
      namespace: run.namespace,
      definition: run.definition.name,
      taskSpec: inputs && JSON.parse(inputs.task_spec),
    }),
    previous: previous && toRelatedRun(previous),
    lastGood: lastGood && toRelatedRun(lastGood),
  });
}

/**
 * The run of the same definition in the same place before this one, among those that belong to the same entity or to
 * none: whoever may see this run may see that one.
 */
async function findEarlier(
  knex: Knex,
  row: ScopedRunRow,
  where: { state?: 'Succeeded' },
): Promise<(ScopedRunRow & { parameters: string | null }) | undefined> {
  const scopes: { id: number }[] = await knex('run_scopes')
    .select('id')
    .where({ cluster: row.cluster, namespace: row.namespace })
    .whereIn('entity_ref', ['', row.entity_ref]);
  const parts = scopes.map(({ id }, i) =>
    knex.select('*').from(
      knex('runs')
        .select('seq', 'created_at')
        .where({ scope_id: id, definition_name: row.definition_name, ...where })
        .whereRaw('(created_at, seq) < (?, ?)', [row.created_at, row.seq])
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'seq', order: 'desc' },
        ])
        .limit(1)
        .as(`scope_${i}`),
    ),
  );
  return selectRuns(knex)
    .leftJoin('run_inputs', 'run_inputs.run_seq', 'runs.seq')
    .select('run_inputs.parameters')
    .whereIn(
      'runs.seq',
      knex.select('seq').from(knex.unionAll(parts).as('parts')),
    )
    .orderBy([
      { column: 'runs.created_at', order: 'desc' },
      { column: 'runs.seq', order: 'desc' },
    ])
    .first();
}

function withLog(attempt: Attempt, logs: LogRow[]): Attempt {
  const log = logs.find(one => one.attempt === attempt.number);
  if (!log) return attempt;
  return {
    ...attempt,
    logLines: log.lines,
    logComplete: Boolean(log.complete),
  };
}

/** A run that was imported has no steps; what is known of it is how it ended. */
function toTransitions(
  row: ScopedRunRow,
  transitions: TransitionRow[],
): Transition[] {
  const steps =
    transitions.length > 0
      ? transitions
      : [{ ...row, at: row.finished_at ?? row.created_at }];
  return steps.map(step =>
    defined<Transition>({
      at: toIso(step.at),
      state: step.state,
      reason: step.reason ?? undefined,
      message: step.message ?? undefined,
    }),
  );
}
