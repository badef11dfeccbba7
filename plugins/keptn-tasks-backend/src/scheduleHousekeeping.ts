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

import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { KeptnTasksConfig } from './config';
import type { ReleaseStore } from './history/ReleaseStore';
import type { RunStore } from './history/RunStore';
import { failLostReservations } from './service/failLostReservations';
import type { TaskClusters } from './service/TaskCluster';

/** Deleted in one go; small, so that nobody waits for it. */
const BATCH = 200;

/** What has to be done now and then, by one replica at a time. */
export async function scheduleHousekeeping(options: {
  scheduler: SchedulerService;
  runs: RunStore;
  releases: ReleaseStore;
  clusters: TaskClusters;
  retention: KeptnTasksConfig['retention'];
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, runs, releases, clusters, retention, logger } = options;
  await scheduler.scheduleTask({
    id: 'keptn-tasks-prune-history',
    frequency: { hours: 1 },
    timeout: { minutes: 50 },
    initialDelay: { minutes: 5 },
    fn: signal => pruneHistory({ runs, releases, retention, logger, signal }),
  });
  await scheduler.scheduleTask({
    id: 'keptn-tasks-lost-reservations',
    frequency: { minutes: 1 },
    timeout: { minutes: 1 },
    initialDelay: { minutes: 1 },
    fn: () =>
      failLostReservations({ runs, clusters, logger, now: () => new Date() }),
  });
}

/** Deletes what retention says, batch by batch, until nothing is left to delete. */
export async function pruneHistory(options: {
  runs: RunStore;
  releases: ReleaseStore;
  retention: KeptnTasksConfig['retention'];
  logger: LoggerService;
  signal: AbortSignal;
  now?: () => number;
}): Promise<void> {
  const { runs, releases, retention, logger, signal, now = Date.now } = options;
  const before = new Date(now() - retention.maxAgeMs).toISOString();
  const keepPerDefinition = retention.maxRunsPerDefinition;
  const pruned = {
    runs: await inBatches(signal, limit =>
      runs.prune({ before, keepPerDefinition, limit }),
    ),
    releases: await inBatches(signal, limit =>
      releases.prune({ before, limit }),
    ),
  };
  if (pruned.runs + pruned.releases > 0) {
    logger.info(
      `Deleted ${pruned.runs} runs and ${pruned.releases} releases that need not be kept`,
    );
  }
}

async function inBatches(
  signal: AbortSignal,
  prune: (limit: number) => Promise<number>,
): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const deleted = await prune(BATCH);
    total += deleted;
    if (deleted < BATCH) break;
  }
  return total;
}
