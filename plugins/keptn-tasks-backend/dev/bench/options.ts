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

import { parseArgs } from 'node:util';
import type { DatabaseEngine } from './history/BenchDatabase';

/** How much is measured, and where. */
export interface BenchOptions {
  /** Keys of the result to measure; all when empty. */
  only: string[];
  /** A cluster that only this benchmark uses, with the custom resources in it. */
  kubeconfig?: string;
  context?: string;
  /** The cluster is the sandbox that this benchmark has started. */
  sandbox: boolean;
  /** Where PostgreSQL answers; without it only SQLite is measured. */
  postgres?: string;
  /** The database of the measured reconciler. */
  database: DatabaseEngine;
  sizes: Sizes;
}

/** How many of each. The budgets hold for the defaults. */
export interface Sizes {
  /** Runs in the history that is listed. */
  runs: number;
  listCalls: number;
  /** Runs that are written to measure ingestion. */
  ingestedRuns: number;
  /** Tasks that run for the latencies, and how many of them are created in a second. */
  tasks: number;
  tasksPerSecond: number;
  /** Tasks at once, and how many times that is repeated. */
  burst: number;
  burstRounds: number;
  /** Finished tasks in the cluster at a restart. */
  finishedTasks: number;
  /** Releases one after the other, and at once. */
  releases: number;
  releasesAtOnce: number;
}

const SIZE_FLAGS: Record<string, [keyof Sizes, number]> = {
  runs: ['runs', 1_000_000],
  'list-calls': ['listCalls', 300],
  'ingested-runs': ['ingestedRuns', 2_000],
  tasks: ['tasks', 200],
  'tasks-per-second': ['tasksPerSecond', 5],
  burst: ['burst', 1_000],
  'burst-rounds': ['burstRounds', 3],
  'finished-tasks': ['finishedTasks', 10_000],
  releases: ['releases', 30],
  'releases-at-once': ['releasesAtOnce', 100],
};

/** Throws an Error for a flag that does not exist or a size that is not a positive number. */
export function readOptions(
  args: string[],
  environment: NodeJS.ProcessEnv,
): BenchOptions {
  const sizeFlags = Object.keys(SIZE_FLAGS).map(
    flag => [flag, { type: 'string' }] as const,
  );
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      sandbox: { type: 'boolean', default: false },
      database: { type: 'string', default: 'sqlite' },
      ...(Object.fromEntries(sizeFlags) as Record<string, { type: 'string' }>),
    },
  });
  const { sandbox, ...texts } = values;
  const given: Record<string, string | undefined> = texts;
  if (given.database !== 'sqlite' && given.database !== 'postgres') {
    throw new Error('--database is sqlite or postgres');
  }
  return {
    only: given.only?.split(',').filter(Boolean) ?? [],
    kubeconfig: given.kubeconfig,
    context: given.context,
    sandbox: sandbox ?? false,
    postgres:
      environment.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING ||
      undefined,
    database: given.database,
    sizes: Object.fromEntries(
      Object.entries(SIZE_FLAGS).map(([flag, [size, standard]]) => [
        size,
        given[flag] === undefined ? standard : readSize(flag, given[flag]),
      ]),
    ) as unknown as Sizes,
  };
}

function readSize(flag: string, text: string): number {
  const size = Number(text.replaceAll('_', ''));
  if (!(size > 0)) throw new Error(`--${flag} must be a number above 0`);
  return size;
}
