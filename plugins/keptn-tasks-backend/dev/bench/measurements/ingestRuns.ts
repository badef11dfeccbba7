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

import { DatabaseRunLogStore } from '../../../src/history/DatabaseRunLogStore';
import { DatabaseRunStore } from '../../../src/history/DatabaseRunStore';
import { newDatabase, open } from '../history/BenchDatabase';
import { storeOneRun } from '../history/storeOneRun';
import { inParallel } from '../inParallel';
import type { Measurement } from '../Measurement';
import { onEachEngine } from '../onEachEngine';
import { rounded } from '../statistics';

const CONCURRENCY = 50;
/** The first runs find connections and compiled code; the others are measured. */
const WARM_UP = 100;

/** How many whole runs the history takes in within a second. */
export const ingestRuns: Measurement = {
  keys: ['ingestRunsPerSecond'],
  async measure(context) {
    return {
      ingestRunsPerSecond: await onEachEngine(context, async engine => {
        const { ingestedRuns } = context.options.sizes;
        const knex = await open(
          newDatabase({
            engine,
            directory: context.directory,
            postgres: context.options.postgres,
          }),
        );
        try {
          const runs = new DatabaseRunStore(knex);
          const logs = new DatabaseRunLogStore(knex);
          const numbers = Array.from(
            { length: WARM_UP + ingestedRuns },
            (_, i) => i,
          );
          const store = (number: number) => storeOneRun({ runs, logs }, number);
          await inParallel(numbers.slice(0, WARM_UP), CONCURRENCY, store);
          const started = performance.now();
          await inParallel(numbers.slice(WARM_UP), CONCURRENCY, store);
          return rounded((ingestedRuns / (performance.now() - started)) * 1000);
        } finally {
          await knex.destroy();
        }
      }),
    };
  },
};
