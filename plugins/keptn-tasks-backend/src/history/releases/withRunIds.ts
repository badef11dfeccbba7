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
  ReleaseItem,
  ReleasePhase,
} from 'backstage-plugin-keptn-tasks-common';
import { chunked } from '../columns';
import type { BigIntColumn, ScopeRow } from '../tables';

/** The run of a task, as a release refers to it. */
export interface TaskRun {
  id: string;
  seq: BigIntColumn;
}

/** Releases with the runs of their tasks, as far as these are known. */
export async function withRunIds(
  knex: Knex,
  releases: Release[],
): Promise<Release[]> {
  const runs = await findTaskRuns(knex, releases);
  return releases.map(release => addRunIds(release, runs));
}

/** The runs of these releases' tasks, by `taskKey`. */
export async function findTaskRuns(
  knex: Knex,
  releases: Release[],
): Promise<Map<string, TaskRun>> {
  const found = new Map<string, TaskRun>();
  const names = namesByPlace(releases);
  if (names.size === 0) return found;
  // Tasks of releases are asked for by no entity.
  const scopes: ScopeRow[] = await knex('run_scopes')
    .where('entity_ref', '')
    .whereIn('cluster', [...new Set(releases.map(one => one.cluster))]);
  for (const { id, cluster, namespace } of scopes) {
    for (const chunk of chunked(
      names.get(`${cluster}/${namespace}`) ?? [],
      500,
    )) {
      const rows: (TaskRun & { task_name: string })[] = await knex('runs')
        .select('id', 'seq', 'task_name')
        .where('scope_id', id)
        .whereIn('task_name', chunk)
        // As the index has it, which SQLite wants to read word by word.
        .whereRaw("phase <> 'none'")
        // A name that was used twice means the later task.
        .orderBy('seq');
      for (const row of rows) {
        found.set(taskKey({ cluster, namespace }, row.task_name), row);
      }
    }
  }
  return found;
}

export function taskKey(
  { cluster, namespace }: { cluster: string; namespace: string },
  taskName: string,
): string {
  return `${cluster}/${namespace}/${taskName}`;
}

export function addRunIds(
  release: Release,
  runs: Map<string, TaskRun>,
): Release {
  const runIdOf = ({ kind, name, runId }: ReleaseItem) =>
    runId ??
    (kind === 'task' && name
      ? runs.get(taskKey(release, name))?.id
      : undefined);
  const phases = release.phases.map(phase => ({
    ...phase,
    items: phase.items.map(item => {
      const runId = runIdOf(item);
      return runId ? { ...item, runId } : item;
    }),
  }));
  const { hold } = release;
  const runId = hold && (hold.runId ?? runOfHold(hold, phases));
  return {
    ...release,
    phases,
    ...(hold && runId ? { hold: { ...hold, runId } } : {}),
  };
}

/** The run that is to blame for a hold. */
function runOfHold(
  { phase, definition }: NonNullable<Release['hold']>,
  phases: ReleasePhase[],
): string | undefined {
  return phases
    .find(({ name }) => name === phase)
    ?.items.find(item => item.definition === definition)?.runId;
}

function namesByPlace(releases: Release[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { cluster, namespace, phases } of releases) {
    const place = `${cluster}/${namespace}`;
    for (const { kind, name } of phases.flatMap(({ items }) => items)) {
      if (kind !== 'task' || !name) continue;
      const known = names.get(place);
      if (known) known.push(name);
      else names.set(place, [name]);
    }
  }
  return names;
}
