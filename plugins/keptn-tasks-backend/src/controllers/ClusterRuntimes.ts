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
import type { ClusterHealth } from 'backstage-plugin-keptn-tasks-common';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import type { TaskSettings } from '../domain/settings';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunStore } from '../history/RunStore';
import type { ReleaseOptions, WebhookHealth } from './ClusterRuntime';
import { ClusterRuntime } from './ClusterRuntime';
import type { RuntimeTimings } from './RuntimeTimings';

/** What the work on all clusters needs. */
export interface ClusterRuntimesOptions {
  clusters: ClusterConfig[];
  settings: TaskSettings;
  runs: RunStore;
  logs: RunLogStore;
  /** Without it, tasks alone are run. */
  releases?: ReleaseOptions;
  /** Of the webhook that holds Pods, where this process serves one. */
  webhook?: () => WebhookHealth | undefined;
  logger: LoggerService;
  /** Names this replica in Leases: unique per process, readable for people. A random one when absent. */
  identity?: string;
  /** Writes to a cluster that are under way at once. 20 when absent. */
  workers?: number;
  /** Overrides of the defaults, for tests. */
  timings?: Partial<RuntimeTimings>;
}

/**
 * The work on every configured cluster. Starting does not wait for any of them: each is reached, retried and
 * reported on its own.
 */
export class ClusterRuntimes {
  private readonly runtimes: Map<string, ClusterRuntime>;

  constructor(options: ClusterRuntimesOptions) {
    const { clusters, ...shared } = options;
    this.runtimes = new Map(
      clusters.map(config => [
        config.name,
        new ClusterRuntime({ config, ...shared }),
      ]),
    );
  }

  /** Starts the work in the background; never throws because of a cluster. */
  start(): void {
    for (const runtime of this.runtimes.values()) {
      runtime.start();
    }
  }

  /** Ends watches, lets running looks finish within a bound, stores logs and gives up the Leases. */
  async stop(): Promise<void> {
    await Promise.all(this.list().map(runtime => runtime.stop()));
  }

  /** The work on one cluster; `undefined` when none of that name is configured. */
  get(name: string): ClusterRuntime | undefined {
    return this.runtimes.get(name);
  }

  list(): ClusterRuntime[] {
    return [...this.runtimes.values()];
  }

  /** How each cluster is, in the order of the configuration. Asks no cluster. */
  health(): ClusterHealth[] {
    return this.list().map(runtime => runtime.health());
  }
}
