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

import type { WatchHealth } from '../../cluster/ResourceWatch';
import { createReleaseControllers } from './createReleaseControllers';
import type { ReleaseControllers } from './createReleaseControllers';
import type { ReleaseContext } from './ReleaseContext';
import { listWatches } from './ReleaseWatches';

/**
 * The work on the releases of one cluster. Tasks run without it: what it lacks (a resource, a right) holds up releases
 * alone.
 */
export class ReleaseWork {
  private readonly controllers: ReleaseControllers;
  private begun?: Promise<void>;
  private isStopped = false;
  private isReady = false;
  private endObservation?: () => void;

  constructor(
    private readonly context: ReleaseContext,
    options: { workers: number },
  ) {
    this.controllers = createReleaseControllers(context, options.workers);
  }

  /** Everything was read, and the controllers are at work. */
  get ready(): boolean {
    return this.isReady;
  }

  /** Age of the key that waits longest. */
  get lagMs(): number {
    return Math.max(
      ...this.controllers.runners.map(({ queue }) => queue.lagMs),
    );
  }

  get queueLength(): number {
    return this.controllers.runners.reduce(
      (sum, { queue }) => sum + queue.length,
      0,
    );
  }

  watchHealth(): WatchHealth[] {
    return this.watches().map(watch => watch.health());
  }

  /** Resolves when `ready`; rejects when it is stopped before, or the history cannot be reached. */
  start(): Promise<void> {
    this.begun ??= this.begin();
    return this.begun;
  }

  /** Ends the watches and lets the looks under way finish within the bound. */
  async stop(boundMs: number): Promise<void> {
    this.isStopped = true;
    this.isReady = false;
    this.endObservation?.();
    await Promise.all([
      this.controllers.stop(boundMs),
      ...this.watches().map(watch => watch.stop()),
    ]);
    await this.begun?.catch(() => undefined);
  }

  private async begin(): Promise<void> {
    const { tasks, definitions, configMaps, watches, logger } = this.context;
    const startedAt = Date.now();
    if (this.context.config.mode === 'reconcile') {
      // What the others keep depends on which namespaces have opted in.
      watches.namespaces.start();
      await watches.namespaces.synced();
    }
    const all = this.watches();
    all.forEach(watch => watch.start());
    await Promise.all([
      tasks.synced(),
      definitions.synced(),
      configMaps?.synced(),
      ...all.map(watch => watch.synced()),
    ]);
    await this.endOrphans();
    if (this.isStopped) {
      throw new Error('The work on releases was stopped');
    }
    this.controllers.connect();
    this.endObservation = this.context.telemetry.observe(() => [
      ...watches.appVersions.cache.values(),
      ...watches.workloadVersions.cache.values(),
    ]);
    this.isReady = true;
    logger.info(
      `At work on the releases of ${
        watches.appVersions.cache.size
      } app versions and ${
        watches.workloadVersions.cache.size
      } workload versions after ${Date.now() - startedAt} ms`,
    );
  }

  /** Ends the releases whose object went away while nobody watched. */
  private async endOrphans(): Promise<void> {
    const { config, releases, watches, now } = this.context;
    const present = new Set(
      [
        ...watches.appVersions.cache.values(),
        ...watches.workloadVersions.cache.values(),
      ].map(({ metadata }) => metadata.uid),
    );
    for (const { uid } of await releases.listUnfinished(config.name)) {
      if (!present.has(uid)) {
        await releases.objectDeleted(config.name, uid, now().toISOString());
      }
    }
  }

  private watches() {
    const { config, watches } = this.context;
    return config.mode === 'reconcile'
      ? listWatches(watches)
      : [watches.appVersions, watches.workloadVersions, watches.evaluations];
  }
}
