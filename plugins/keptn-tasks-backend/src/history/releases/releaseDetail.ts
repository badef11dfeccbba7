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
  Release,
  ReleaseDetail,
  ReleaseStep,
} from 'backstage-plugin-keptn-tasks-common';
import { toIso } from '../columns';
import { selectRuns } from '../operations/findRows';
import { defined, toAttempt, toRun } from '../rows';
import type { AttemptRow, ScopedRunRow } from '../tables';
import { findPrevious } from './currentReleases';
import { selectReleases } from './findRows';
import { findApp, findWorkloads } from './relatedReleases';
import { toRelease } from './rows';
import type { ReleaseTransitionRow, SubjectReleaseRow } from './tables';
import { addRunIds, findTaskRuns, type TaskRun } from './withRunIds';

const PREVIOUS = 10;
/** More runs than this are no release any more; they would only make the answer large. */
const MAX_RUNS = 500;

/** Everything kept of one release. */
export async function releaseDetail(
  knex: Knex,
  id: string,
): Promise<ReleaseDetail | undefined> {
  const row: SubjectReleaseRow | undefined = await selectReleases(knex)
    .where('releases.id', id)
    .first();
  if (!row) return undefined;
  const [app, workloads, steps, previous] = await Promise.all([
    findApp(knex, row),
    findWorkloads(knex, row),
    knex<ReleaseTransitionRow>('release_transitions')
      .where('release_seq', row.seq as any)
      .orderBy('sequence') as Promise<ReleaseTransitionRow[]>,
    findPrevious(knex, [row], PREVIOUS),
  ]);
  const release = toRelease(row);
  const parts = workloads.map(toRelease);
  const before = (previous.get(id) ?? []).map(toRelease);
  const known = app ? [toRelease(app)] : [];
  const own = await findTaskRuns(knex, [release, ...parts]);
  const all = new Map([
    ...own,
    ...(await findTaskRuns(knex, [...known, ...before])),
  ]);
  const filled = (one: Release) => addRunIds(one, all);
  return defined<ReleaseDetail>({
    release: filled(release),
    app: known.map(filled).at(0),
    workloads: parts.map(filled),
    steps: toSteps(steps),
    runs: await findRuns(knex, [...own.values()]),
    previous: before.map(filled),
  });
}

/** What people would call a step: the state, the phase or the sentence has changed. */
function toSteps(rows: ReleaseTransitionRow[]): ReleaseStep[] {
  return rows
    .filter((row, i) => {
      const before = rows[i - 1];
      return (
        before?.state !== row.state ||
        before.phase !== row.phase ||
        before.message !== row.message
      );
    })
    .map(row =>
      defined<ReleaseStep>({
        at: toIso(row.at),
        state: row.state,
        phase: row.phase ?? undefined,
        message: row.message ?? undefined,
      }),
    );
}

async function findRuns(
  knex: Knex,
  keys: TaskRun[],
): Promise<ReleaseDetail['runs']> {
  const seqs = keys.map(({ seq }) => seq).slice(0, MAX_RUNS);
  if (seqs.length === 0) return [];
  const [runs, attempts] = await Promise.all([
    selectRuns(knex)
      .whereIn('runs.seq', seqs)
      .orderBy(['runs.created_at', 'runs.seq']) as Promise<ScopedRunRow[]>,
    knex<AttemptRow>('run_attempts')
      .whereIn('run_seq', seqs as any[])
      .orderBy('number') as Promise<AttemptRow[]>,
  ]);
  return runs.map(run => ({
    run: toRun(run),
    attempts: attempts
      .filter(({ run_seq }) => String(run_seq) === String(run.seq))
      .map(toAttempt),
  }));
}
