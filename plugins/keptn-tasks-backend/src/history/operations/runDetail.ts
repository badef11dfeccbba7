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
import type { RunFilter } from '../RunStore';
import { taskManifest } from '../taskManifest';
import { selectRuns } from './findRows';
import { selectKeys } from './listRuns';
import { sliceRuns } from './runSelection';

/** Everything kept of one run but its log. */
export async function runDetail(
  knex: Knex,
  id: string,
  visible?: Pick<RunFilter, 'entityRef' | 'places'>,
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
      findEarlier(knex, row, visible),
      findEarlier(knex, row, visible, ['Succeeded']),
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

/** The run of the same definition in the same place before this one, among those that a filter lets somebody see. */
async function findEarlier(
  knex: Knex,
  row: ScopedRunRow,
  visible: Pick<RunFilter, 'entityRef' | 'places'> | undefined,
  states?: RunFilter['states'],
): Promise<(ScopedRunRow & { parameters: string | null }) | undefined> {
  if (!visible) return undefined;
  const filter: RunFilter = {
    ...visible,
    cluster: row.cluster,
    namespace: row.namespace,
    definition: row.definition_name,
    states,
  };
  const slices = await sliceRuns(knex, filter);
  if (slices.length === 0) return undefined;
  const [earlier] = await selectKeys(knex, filter, slices, 1, {
    createdAt: Number(row.created_at),
    seq: Number(row.seq),
  });
  return (
    earlier &&
    selectRuns(knex)
      .leftJoin('run_inputs', 'run_inputs.run_seq', 'runs.seq')
      .select('run_inputs.parameters')
      .where('runs.seq', earlier.seq)
      .first()
  );
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
