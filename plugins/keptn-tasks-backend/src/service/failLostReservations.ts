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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunStore } from '../history/RunStore';
import type { TaskClusters } from './TaskCluster';

/** A create that nobody answered is decided by then. */
const LOST_AFTER_MS = 2 * 60 * 1000;

/**
 * Ends runs that were asked for but whose task never came to be, because this process ended or the cluster did not
 * answer in between. Asks the cluster itself; one that is away keeps its runs open.
 */
export async function failLostReservations(options: {
  runs: RunStore;
  clusters: TaskClusters;
  logger: LoggerService;
  now: () => Date;
}): Promise<void> {
  const { runs, clusters, logger, now } = options;
  const before = new Date(now().getTime() - LOST_AFTER_MS).toISOString();
  for (const reservation of await runs.pendingReservations(before)) {
    const { id, namespace, taskName } = reservation;
    const cluster = clusters.get(reservation.cluster);
    try {
      const task = await cluster?.client.get('KeptnTask', {
        namespace,
        name: taskName,
      });
      if (task) continue;
    } catch (error) {
      logger.debug(
        `Cannot tell yet whether task ${namespace}/${taskName} exists in cluster ${reservation.cluster}: ${error}`,
      );
      continue;
    }
    await runs.failReservation(
      id,
      'CreateRefused',
      cluster
        ? `The task was never created in cluster ${cluster.name}: the portal was interrupted, or the cluster did not take the request. Run it again.`
        : `The task was never created, because cluster ${reservation.cluster} is not configured any more.`,
      now().toISOString(),
    );
  }
}
