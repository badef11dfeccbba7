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

import { quietLogger } from '../../../../__testUtils__/clusterHarness';
import type { ReleaseHarness } from '../../../../__testUtils__/releaseHarness';
import type { ClusterConfig } from '../../../../cluster/ClusterConfig';
import { ClusterConnection } from '../../../../cluster/ClusterConnection';
import { limitWrites } from '../../../../cluster/ClusterClient';
import { EventRecorder } from '../../../../cluster/EventRecorder';
import { KubernetesClusterClient } from '../../../../cluster/KubernetesClusterClient';
import type { ResourceWatch } from '../../../../cluster/ResourceWatch';
import { createWatches } from '../../../ClusterWatches';
import { DEFAULT_TIMINGS } from '../../../RuntimeTimings';
import { ControllerRunner } from '../../../runtime/ControllerRunner';
import { createOptInController } from '../../optIn';
import type { ReleaseContext } from '../../ReleaseContext';
import { createReleaseWatches, listWatches } from '../../ReleaseWatches';
import { createClearedRevisionsController } from '../clearedRevisionsController';
import { createGateController } from '../gateController';

/** A replica that looks after gates and nothing else: the tests say what is cleared. */
export class GateReplica {
  private constructor(
    private readonly connection: ClusterConnection,
    private readonly watches: ResourceWatch<any>[],
    private readonly runners: ControllerRunner[],
  ) {}

  static async start(
    { cluster }: ReleaseHarness,
    config: Partial<ClusterConfig> = {},
    now = () => new Date(),
  ): Promise<GateReplica> {
    const connection = new ClusterConnection(cluster.config(config));
    const reader = new KubernetesClusterClient(connection);
    const client = limitWrites(reader, 20);
    const dependencies = {
      connection,
      client: reader,
      logger: quietLogger,
      timings: DEFAULT_TIMINGS,
    };
    const watches = createReleaseWatches(dependencies, {
      rollouts: false,
      metrics: false,
      keptnConfigs: false,
    });
    const configMaps = createWatches(dependencies, 'reconcile').configMaps!;
    const context = {
      config: cluster.config(config),
      watches,
      configMaps,
      client,
      events: new EventRecorder({ client, logger: quietLogger, now }),
      logger: quietLogger,
      assertLeader: () => undefined,
      now,
    } as unknown as ReleaseContext;
    const controllers = [
      createGateController,
      createClearedRevisionsController,
      createOptInController,
    ].map(create => create(context));

    watches.namespaces.start();
    await watches.namespaces.synced();
    const all = [...listWatches(watches), configMaps];
    all.forEach(watch => watch.start());
    await Promise.all(all.map(watch => watch.synced()));
    const runners = controllers.map(controller => {
      const runner = new ControllerRunner({
        name: controller.name,
        reconcile: controller.reconcile,
        workers: 50,
        logger: quietLogger,
      });
      controller.connect(runner.wake);
      for (const key of controller.keys()) {
        runner.wake(key);
      }
      runner.start();
      return runner;
    });
    return new GateReplica(connection, all, runners);
  }

  async stop(): Promise<void> {
    await Promise.all([
      ...this.runners.map(runner => runner.stop(5_000)),
      ...this.watches.map(watch => watch.stop()),
    ]);
    await this.connection.close();
  }
}
