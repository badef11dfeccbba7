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
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { keptnTasksPermissions } from 'backstage-plugin-keptn-tasks-common';
import { readConfig } from './config';
import { ClusterRuntimes } from './controllers/ClusterRuntimes';
import { DatabaseRunLogStore } from './history/DatabaseRunLogStore';
import { DatabaseRunStore } from './history/DatabaseRunStore';
import { openDatabase } from './history/migrate';
import { TransitionFeed } from './history/TransitionFeed';
import { createRouter } from './router/createRouter';
import { EventStreams } from './router/EventStream';
import { scheduleHousekeeping } from './scheduleHousekeeping';
import { Access } from './service/Access';
import { DefaultRunService } from './service/DefaultRunService';

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
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auditor, auth, catalog, lifecycle, logger, permissions } = deps;
        const config = readConfig(deps.config);
        const knex = await openDatabase(deps.database);

        const runs = new DatabaseRunStore(knex);
        const feed = new TransitionFeed({ runs, logger });
        runs.onTransition(() => feed.notify());
        const logs = new DatabaseRunLogStore(knex, config.logs);
        const clusters = new ClusterRuntimes({
          clusters: config.clusters,
          settings: config.settings,
          workers: config.workers,
          runs,
          logs,
          logger,
          identity: `${hostname()}-${randomUUID().slice(0, 8)}`,
        });
        const streams = new EventStreams();

        deps.permissionsRegistry.addPermissions(keptnTasksPermissions);
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            runs: new DefaultRunService({
              access: new Access({
                auth,
                permissions,
                catalog,
                reaches: config.reach,
              }),
              auditor,
              clusters,
              runs,
              logs,
              feed,
              settings: config.settings,
              allowExtraParameters: config.allowExtraParameters,
            }),
            streams,
          }),
        );
        await scheduleHousekeeping({
          scheduler: deps.scheduler,
          runs,
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
        });
        // Plugin hooks run while the database is still open.
        lifecycle.addShutdownHook(async () => {
          streams.closeAll();
          feed.stop();
          await within(STOP_WITHIN_MS, clusters.stop(), () =>
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
  work: Promise<void>,
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
