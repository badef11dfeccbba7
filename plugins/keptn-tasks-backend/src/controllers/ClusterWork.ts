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
import { toError } from '@backstage/errors';
import type { ClusterClient } from '../cluster/ClusterClient';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import type { ClusterConnection } from '../cluster/ClusterConnection';
import { EventRecorder } from '../cluster/EventRecorder';
import type { KubernetesClusterClient } from '../cluster/KubernetesClusterClient';
import { PodLogs } from '../cluster/PodLogs';
import type { ResourceWatch, WatchHealth } from '../cluster/ResourceWatch';
import type { ClusterObject } from '../cluster/resourceKinds';
import type { Notice } from '../domain/plan';
import { effectiveConfig } from '../domain/release/blocking';
import type { ReleaseSettings } from '../domain/release/settings';
import type { KeptnTask } from '../domain/resources';
import type { TaskSettings } from '../domain/settings';
import type { ReleaseStore } from '../history/ReleaseStore';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunStore } from '../history/RunStore';
import type { ClusterWatches } from './ClusterWatches';
import { createWatches } from './ClusterWatches';
import type { Controllers } from './createControllers';
import { createControllers } from './createControllers';
import { endOrphans, importFinished } from './importFinished';
import type { ReleaseTelemetry } from './release/ReleaseTelemetry';
import type { OptionalKinds, ReleaseWatches } from './release/ReleaseWatches';
import { createReleaseWatches } from './release/ReleaseWatches';
import { ReleaseWork } from './release/ReleaseWork';
import type { RuntimeTimings } from './RuntimeTimings';
import { LogFollower } from './task/LogFollower';
import { TaskRecords } from './task/TaskRecords';

/** Makes what posts CloudEvents to the endpoint that the cluster's configuration names at the time. */
export type CreateCloudEvents = (options: {
  endpoint: () => string | undefined;
  logger: LoggerService;
  now: () => Date;
}) => { publish(about: ClusterObject, notice: Notice): void };

export interface ClusterWorkOptions {
  config: ClusterConfig;
  settings: TaskSettings;
  connection: ClusterConnection;
  /** For reading. */
  reader: KubernetesClusterClient;
  /** For the controllers: asks before each write whether this replica may. */
  client: ClusterClient;
  definitions: ResourceWatch<'KeptnTaskDefinition'>;
  runs: RunStore;
  logs: RunLogStore;
  /** What the work on releases needs; without it, tasks alone are run. */
  releases?: {
    settings: ReleaseSettings;
    store: ReleaseStore;
    telemetry: ReleaseTelemetry;
    observeTasks?: (
      cluster: string,
      tasks: () => Iterable<KeptnTask>,
    ) => () => void;
    createCloudEvents?: CreateCloudEvents;
    served: OptionalKinds;
  };
  logger: LoggerService;
  workers: number;
  timings: RuntimeTimings;
  assertLeader: () => void;
}

/**
 * The work of one replica on one cluster, from when it may act until it may not: watches, controllers, logs. Each
 * term starts from nothing, so that nothing known from an earlier one can mislead it.
 */
export class ClusterWork {
  private readonly watches: ClusterWatches;
  private readonly controllers: Controllers;
  private readonly follower: LogFollower;
  private readonly records: TaskRecords;
  private readonly releases?: ReleaseWork;
  private started?: Promise<void>;
  private isStopped = false;
  private isReady = false;
  private endObservation?: () => void;

  constructor(private readonly options: ClusterWorkOptions) {
    const { config, runs, logs, logger, reader, connection } = options;
    const now = () => new Date();
    this.watches = createWatches({ ...options, client: reader }, config.mode);
    this.records = new TaskRecords(config.name, runs);
    this.follower = new LogFollower({
      podLogs: new PodLogs(connection),
      pods: this.watches.pods.cache,
      logs,
      logger,
      onEnd: runId => this.controllers.wakeRun(runId),
    });
    const releaseWatches =
      options.releases &&
      createReleaseWatches(
        { ...options, client: reader },
        options.releases.served,
      );
    const cloudEvents = options.releases?.createCloudEvents?.({
      endpoint: () => cloudEventsEndpoint(config, releaseWatches),
      logger,
      now,
    });
    const events = new EventRecorder({
      client: options.client,
      logger,
      now,
      onTold: (about, notice) => cloudEvents?.publish(about, notice),
    });
    this.controllers = createControllers({
      ...options,
      mode: config.mode,
      watches: this.watches,
      records: this.records,
      follower: this.follower,
      events,
      foreignJobMs: options.timings.foreignJobMs,
      now,
    });
    this.releases =
      releaseWatches && this.createReleases(releaseWatches, events, now);
  }

  /** Everything was read, the past is in the history, and the controllers are at work. */
  get ready(): boolean {
    return this.isReady;
  }

  /** Age of the key that waits longest. */
  get lagMs(): number {
    const { tasks, definitions } = this.controllers;
    return Math.max(
      tasks.queue.lagMs,
      definitions?.queue.lagMs ?? 0,
      this.releases?.lagMs ?? 0,
    );
  }

  get queueLength(): number {
    const { tasks, definitions } = this.controllers;
    return (
      tasks.queue.length +
      (definitions?.queue.length ?? 0) +
      (this.releases?.queueLength ?? 0)
    );
  }

  /** The same for releases; tasks run without it. */
  get releasesReady(): boolean {
    return this.releases?.ready ?? false;
  }

  watchHealth(): WatchHealth[] {
    return [
      ...this.allWatches().map(watch => watch.health()),
      ...(this.releases?.watchHealth() ?? []),
    ];
  }

  /** Resolves when `ready`; rejects when it is stopped before, or the history cannot be reached. */
  start(): Promise<void> {
    this.started ??= this.begin();
    return this.started;
  }

  /** Ends the watches, lets the looks under way finish within the bound, stores the logs read so far. */
  async stop(): Promise<void> {
    const { stopMs } = this.options.timings;
    this.isStopped = true;
    this.isReady = false;
    this.endObservation?.();
    await Promise.all([
      this.controllers.stop(stopMs),
      this.follower.stop(stopMs),
      this.releases?.stop(stopMs),
      ...this.allWatches().map(watch => watch.stop()),
    ]);
    await this.started?.catch(() => undefined);
  }

  private async begin(): Promise<void> {
    const { config, runs, logger, definitions } = this.options;
    const startedAt = Date.now();
    const watches = this.allWatches();
    watches.forEach(watch => watch.start());
    await Promise.all([
      definitions.synced(),
      ...watches.map(watch => watch.synced()),
    ]);
    const past = {
      cluster: config.name,
      watches: this.watches,
      records: this.records,
      runs,
      now: () => new Date(),
    };
    const { imported } = await importFinished(past);
    await endOrphans(past);
    if (this.isStopped) {
      throw new Error('The work on the cluster was stopped');
    }
    this.controllers.connect();
    this.isReady = true;
    this.endObservation = this.options.releases?.observeTasks?.(
      config.name,
      () => this.watches.tasks.cache.values(),
    );
    this.startReleases();
    logger.info(
      `At work on ${this.watches.tasks.cache.size} tasks after ${
        Date.now() - startedAt
      } ms${imported > 0 ? `; ${imported} finished ones were imported` : ''}`,
    );
  }

  /** In the background: whatever keeps them from beginning, tasks run. */
  private startReleases(): void {
    this.releases?.start().catch(error => {
      if (!this.isStopped) {
        this.options.logger.error(
          'The work on releases could not begin',
          toError(error),
        );
      }
    });
  }

  private createReleases(
    watches: ReleaseWatches,
    events: EventRecorder,
    now: () => Date,
  ): ReleaseWork {
    const { releases, ...options } = this.options;
    const { settings, store, telemetry } = releases!;
    return new ReleaseWork(
      {
        ...options,
        settings,
        releases: store,
        telemetry,
        watches,
        tasks: this.watches.tasks,
        configMaps: this.watches.configMaps,
        events,
        now,
      },
      { workers: Math.max(1, Math.ceil(options.workers / 4)) },
    );
  }

  private allWatches() {
    return Object.values(this.watches).filter(watch => watch !== undefined);
  }
}

function cloudEventsEndpoint(
  { keptnNamespace }: ClusterConfig,
  watches: ReleaseWatches | undefined,
): string | undefined {
  const configs = watches?.keptnConfigs?.cache.values() ?? [];
  return effectiveConfig(configs, keptnNamespace)?.spec?.cloudEventsEndpoint;
}
