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
import type { ReleaseFilter, WorkloadProblem } from '../ReleaseStore';
import { defined } from '../rows';
import { appendSteps, stepTo } from './appendSteps';
import { findCurrent } from './currentReleases';
import type { ProblemRow, SubjectRow } from './tables';

/**
 * Stores what is wrong with a workload, or forgets it when nothing is any more. Told to followers through the release
 * that the workload, or else its app, asks for now. Returns whether it was told.
 */
export async function saveProblems(
  knex: Knex,
  place: { cluster: string; namespace: string },
  problem: WorkloadProblem,
  now: number,
): Promise<boolean> {
  const { cluster, namespace } = place;
  const { kind } = problem;
  const key = { cluster, namespace, kind, name: toText(problem.name, 255)! };
  const before: ProblemRow | undefined = await knex('workload_problems')
    .where(key)
    .first();
  const after: ProblemRow | undefined =
    problem.messages.length === 0
      ? undefined
      : {
          ...key,
          app_name: toText(problem.appName, 255),
          workload_name: toText(problem.workloadName, 255),
          messages: toText(JSON.stringify(problem.messages))!,
        };
  if (!isDifferent(before, after)) return false;
  return knex.transaction(async tx => {
    if (after) {
      await tx('workload_problems')
        .insert(after)
        .onConflict(['cluster', 'namespace', 'kind', 'name'])
        .merge();
    } else {
      await tx('workload_problems').where(key).del();
    }
    const release = await releaseOf(tx, place, after ?? before!);
    await appendSteps(tx, release ? [stepTo(release, now)] : []);
    return release !== undefined;
  });
}

/** What is wrong with the workloads of these places. */
export async function listProblems(
  knex: Knex,
  places: ReleaseFilter['places'],
): Promise<(WorkloadProblem & { cluster: string; namespace: string })[]> {
  if (places.length === 0) return [];
  const rows: ProblemRow[] = await knex('workload_problems')
    .whereIn(
      ['cluster', 'namespace'],
      places.map(({ cluster, namespace }) => [cluster, namespace]),
    )
    .orderBy(['cluster', 'namespace', 'kind', 'name']);
  return rows
    .filter(row => places.some(place => isWithin(row, place)))
    .map(row => ({
      ...defined({
        appName: row.app_name ?? undefined,
        workloadName: row.workload_name ?? undefined,
      }),
      cluster: row.cluster,
      namespace: row.namespace,
      kind: row.kind,
      name: row.name,
      messages: JSON.parse(row.messages),
    }));
}

function isWithin(
  row: ProblemRow,
  place: ReleaseFilter['places'][number],
): boolean {
  return (
    row.cluster === place.cluster &&
    row.namespace === place.namespace &&
    (!place.appName || row.app_name === place.appName) &&
    (!place.workloadName || row.workload_name === place.workloadName)
  );
}

async function releaseOf(
  tx: Knex.Transaction,
  { cluster, namespace }: { cluster: string; namespace: string },
  problem: ProblemRow,
) {
  const subjects: SubjectRow[] = problem.workload_name
    ? await tx('release_subjects').where({
        cluster,
        namespace,
        workload_name: problem.workload_name,
      })
    : [];
  if (problem.app_name) {
    subjects.push(
      ...((await tx('release_subjects').where({
        cluster,
        namespace,
        kind: 'app',
        app_name: problem.app_name,
      })) as SubjectRow[]),
    );
  }
  const current = await findCurrent(tx, subjects);
  return subjects.flatMap(({ id }) => current.get(id) ?? []).at(0);
}

function isDifferent(
  a: ProblemRow | undefined,
  b: ProblemRow | undefined,
): boolean {
  return (
    a?.messages !== b?.messages ||
    a?.app_name !== b?.app_name ||
    a?.workload_name !== b?.workload_name
  );
}
