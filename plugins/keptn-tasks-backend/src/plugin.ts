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

import { randomUUID } from 'crypto';
import { hostname } from 'os';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { keptnTasksPermissions } from 'backstage-plugin-keptn-tasks-common';
import { readConfig } from './config';
import { ClusterRuntimes } from './controllers/ClusterRuntimes';
import { DatabaseReleaseStore } from './history/DatabaseReleaseStore';
import { DatabaseRunLogStore } from './history/DatabaseRunLogStore';
import { DatabaseRunStore } from './history/DatabaseRunStore';
import { openDatabase } from './history/migrate';
import { streamHeads } from './history/streamHeads';
import { TransitionFeed } from './history/TransitionFeed';
import { createRouter } from './router/createRouter';
import { EventStreams } from './router/EventStream';
import { scheduleHousekeeping } from './scheduleHousekeeping';
import { Access } from './service/Access';
import { DefaultReleaseService } from './service/DefaultReleaseService';
import { DefaultRunService } from './service/DefaultRunService';
import { createCloudEvents } from './telemetry/CloudEvents';
import { PlatformTelemetry } from './telemetry/PlatformTelemetry';
import { TaskMetrics } from './telemetry/TaskMetrics';
import { createWebhook } from './webhook/createWebhook';
import type { WebhookServer } from './webhook/WebhookServer';

/** The process is killed soon after; what has not ended by then is taken up by another replica. */
const STOP_WITHIN_MS = 8_000;

/**
 * Reconciles Keptn deployment tasks, keeps their history and serves it.
 * @public
 */
export const keptnTasksPlugin = createBackendPlugin({
  pluginId: 'keptn-tasks',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auditor, auth, catalog, lifecycle, logger, permissions } = deps;
        const config = readConfig(deps.config);
        const knex = await openDatabase(deps.database);

        const runs = new DatabaseRunStore(knex);
        const releases = new DatabaseReleaseStore(knex);
        const logs = new DatabaseRunLogStore(knex, config.logs);
        const feed = new TransitionFeed({
          runs,
          releases,
          heads: () => streamHeads(knex),
          logger,
        });
        const { metrics } = deps;
        const taskMetrics = new TaskMetrics({ metrics, runs, logger });
        runs.onTransition(ended => {
          feed.notify();
          taskMetrics.runsEnded(ended);
        });
        releases.onTransition(() => feed.notify());
        // Clusters and webhook need one another.
        const served: { webhook?: WebhookServer } = {};
        const clusters = new ClusterRuntimes({
          clusters: config.clusters,
          settings: config.settings,
          workers: config.workers,
          runs,
          logs,
          releases: {
            settings: config.releases,
            store: releases,
            telemetry: new PlatformTelemetry({ metrics, logger }),
            observeTasks: (name, tasks) => taskMetrics.observe(name, tasks),
            createCloudEvents,
          },
          webhook: () => served.webhook?.health(),
          logger,
          identity: `${hostname()}-${randomUUID().slice(0, 8)}`,
        });
        if (config.webhook) {
          served.webhook = createWebhook(config.webhook, { clusters, logger });
        }
        const streams = new EventStreams();
        const access = new Access({
          auth,
          permissions,
          catalog,
          reaches: config.reach,
        });

        deps.permissionsRegistry.addPermissions(keptnTasksPermissions);
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            runs: new DefaultRunService({
              access,
              auditor,
              clusters,
              runs,
              releases,
              logs,
              feed,
              settings: config.settings,
              allowExtraParameters: config.allowExtraParameters,
            }),
            releases: new DefaultReleaseService({
              access,
              auditor,
              clusters,
              releases,
            }),
            streams,
          }),
        );
        await scheduleHousekeeping({
          scheduler: deps.scheduler,
          runs,
          releases,
          clusters,
          retention: config.retention,
          logger,
        });

        lifecycle.addStartupHook(() => {
          if (config.clusters.length === 0) {
            logger.warn(
              'No cluster is configured, so no task will run; add one to keptnTasks.clusters',
            );
          }
          clusters.start();
          served.webhook?.start();
        });
        // Plugin hooks run while the database is still open.
        lifecycle.addShutdownHook(async () => {
          streams.closeAll();
          feed.stop();
          const stopped = Promise.all([
            served.webhook?.stop(),
            clusters.stop(),
          ]);
          await within(STOP_WITHIN_MS, stopped, () =>
            logger.warn(
              `The work on the clusters did not stop within ${STOP_WITHIN_MS} ms`,
            ),
          );
        });
      },
    });
  },
});

async function within(
  ms: number,
  work: Promise<unknown>,
  onTimeout: () => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>(resolve => {
    timer = setTimeout(() => {
      onTimeout();
      resolve();
    }, ms);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
