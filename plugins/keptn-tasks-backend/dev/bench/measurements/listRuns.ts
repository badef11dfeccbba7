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

import { DatabaseRunStore } from '../../../src/history/DatabaseRunStore';
import { newDatabase, open } from '../history/BenchDatabase';
import { fillHistory } from '../history/fillHistory';
import { listQuestions } from '../history/listFilters';
import type { BenchContext, Measurement } from '../Measurement';
import { onEachEngine } from '../onEachEngine';
import { percentile, rounded } from '../statistics';

const PAGE = 25;
/** The golden ratio spreads the choices evenly, and every measurement makes the same. */
const STEP = 0.6180339887498949;

/** How long lists take in a history of a million runs. */
export const listRuns: Measurement = {
  keys: ['listRuns1mP95Ms'],
  async measure(context) {
    return {
      listRuns1mP95Ms: await onEachEngine(context, async engine => {
        const { runs, listCalls } = context.options.sizes;
        const location = newDatabase({
          engine,
          directory: context.directory,
          postgres: context.options.postgres,
        });
        const filling = await open(location);
        const started = performance.now();
        await fillHistory(filling, { engine, runs }).finally(() =>
          filling.destroy(),
        );
        context.log(
          `${engine}: ${runs} runs filled in within ${rounded(
            (performance.now() - started) / 1000,
          )} s`,
        );
        // A new connection, with the settings that the plugin uses.
        const knex = await open(location);
        try {
          const calls = await measureCalls(
            new DatabaseRunStore(knex),
            listCalls,
          );
          describe(context, engine, calls);
          return rounded(
            percentile(
              calls.map(call => call.ms),
              0.95,
            ),
          );
        } finally {
          await knex.destroy();
        }
      }),
    };
  },
};

interface Call {
  question: string;
  ms: number;
}

async function measureCalls(
  store: DatabaseRunStore,
  count: number,
): Promise<Call[]> {
  const calls: Call[] = [];
  for (let turn = 0; calls.length < count; turn++) {
    const question = listQuestions[turn % listQuestions.length];
    const filter = question.filter((turn * STEP) % 1);
    let cursor: string | undefined;
    for (let page = 0; page < question.pages; page++) {
      const started = performance.now();
      const { nextCursor } = await store.list(filter, { limit: PAGE, cursor });
      calls.push({
        question: question.name,
        ms: performance.now() - started,
      });
      if (!nextCursor) break;
      cursor = nextCursor;
    }
  }
  return calls.slice(0, count);
}

function describe(context: BenchContext, engine: string, calls: Call[]): void {
  for (const { name } of listQuestions) {
    const times = calls
      .filter(({ question }) => question === name)
      .map(({ ms }) => ms);
    if (times.length === 0) continue;
    context.log(
      `${engine}: ${name}: ${times.length} calls, median ${rounded(
        percentile(times, 0.5),
      )} ms, slowest ${rounded(Math.max(...times))} ms`,
    );
  }
}
