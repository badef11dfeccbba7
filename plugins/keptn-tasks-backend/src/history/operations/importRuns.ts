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
import type { RunUpdate } from '../../domain/task/TaskPlan';
import { chunked, toText } from '../columns';
import type { TaskSighting } from '../RunStore';
import type { ScopeRegistry } from '../ScopeRegistry';
import { applyUpdate } from './applyUpdate';
import { insertRuns } from './insertRuns';
import { rowOfSighting } from './newRunRow';
import { saveAttempts } from './saveAttempts';

/**
 * Adds finished tasks as history. Nothing is told to the stream of transitions: it happened before we were here, and
 * nobody wants to be notified of it. There is no log left to wait for either.
 */
export async function importRuns(
  options: { knex: Knex; scopes: ScopeRegistry; now: () => number },
  runs: { sighting: TaskSighting; update: RunUpdate }[],
): Promise<void> {
  const { knex, scopes, now } = options;
  const placeOf = ({ cluster, namespace }: TaskSighting) => ({
    entity_ref: '',
    cluster,
    namespace,
  });
  await scopes.ensure(runs.map(({ sighting }) => placeOf(sighting)));
  for (const chunk of chunked(runs, 200)) {
    const rows = chunk.map(({ sighting, update }) => {
      const row = rowOfSighting(
        sighting,
        scopes.idOf(placeOf(sighting)),
        now(),
      );
      const {
        row: { seq: _, entity_ref: __, namespace: ___, ...imported },
      } = applyUpdate(
        { ...row, seq: 0, entity_ref: '', namespace: sighting.namespace },
        update,
        { now: now() },
      );
      return {
        row: { ...imported, logs_stored: true },
        taskSpec: sighting.taskSpec,
        update,
      };
    });
    await knex.transaction(async tx => {
      const added = await insertRuns(tx, rows);
      await saveAttempts(
        tx,
        rows.flatMap(({ row, update }) => {
          const runSeq = added.get(row.id);
          if (runSeq === undefined) return [];
          return update.attempts.map(attempt => ({ runSeq, attempt }));
        }),
      );
      for (const { row, update } of rows) {
        const runSeq = added.get(row.id);
        if (runSeq === undefined || !update.parameters) continue;
        await tx('run_inputs')
          .where('run_seq', runSeq)
          .update({ parameters: toText(JSON.stringify(update.parameters)) });
      }
    });
  }
}
