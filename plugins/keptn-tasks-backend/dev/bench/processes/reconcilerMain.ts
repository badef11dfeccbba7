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

import { setTimeout as wait } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ClusterRuntimes } from '../../../src/controllers/ClusterRuntimes';
import { UntracedTelemetry } from '../../../src/controllers/release/UntracedTelemetry';
import { defaultReleaseSettings } from '../../../src/domain/release/settings';
import { defaultTaskSettings } from '../../../src/domain/settings';
import { DatabaseReleaseStore } from '../../../src/history/DatabaseReleaseStore';
import { DatabaseRunLogStore } from '../../../src/history/DatabaseRunLogStore';
import { DatabaseRunStore } from '../../../src/history/DatabaseRunStore';
import { now } from '../clock';
import { clusterConfig, KEPTN_NAMESPACE } from '../cluster/BenchCluster';
import { open } from '../history/BenchDatabase';
import { countRequests } from './countRequests';
import type {
  ReconcilerCommand,
  ReconcilerMessage,
  ReconcilerOptions,
  ReconcilerState,
} from './messages';

const LOOK_MS = 10;

const say = (message: string, ...more: unknown[]) =>
  console.error(`   reconciler: ${message}`, ...more);

const stderr: LoggerService = {
  error: (message, ...more) => say(message, ...more),
  warn: (message, ...more) => say(message, ...more),
  info: () => {},
  debug: () => {},
  child: () => stderr,
};

/** The plugin's reconciler as the backend puts it together, in a process of its own that answers commands. */
async function main(options: ReconcilerOptions): Promise<void> {
  const requests = countRequests();
  const knex = await open(options.database);
  const compose = () =>
    new ClusterRuntimes({
      clusters: [clusterConfig(options)],
      settings: {
        ...defaultTaskSettings,
        keptnNamespace: KEPTN_NAMESPACE,
        suspendJobs: options.suspendJobs,
      },
      runs: new DatabaseRunStore(knex),
      releases: {
        settings: defaultReleaseSettings,
        store: new DatabaseReleaseStore(knex),
        telemetry: { forCluster: () => new UntracedTelemetry() },
      },
      logs: new DatabaseRunLogStore(knex),
      logger: stderr,
    });
  let runtimes = compose();

  const isLeading = () => runtimes.health()[0].reconciling;
  const isCaughtUp = () => {
    const { reconciling, queueLength } = runtimes.health()[0];
    return reconciling && (queueLength ?? 0) === 0;
  };
  const state = (): ReconcilerState => {
    const cpu = cpuMs();
    globalThis.gc?.();
    return {
      caughtUp: isCaughtUp(),
      rss: process.memoryUsage.rss(),
      maxRss: process.resourceUsage().maxRSS * 1024,
      ...requests(),
      cpuMs: cpu,
    };
  };
  const commands: Record<ReconcilerCommand, () => Promise<void>> = {
    start: async () => {
      runtimes.start();
      // The last time that it was not yet so: what is measured from here is not too short.
      let before = now();
      while (!isLeading()) {
        before = now();
        await wait(LOOK_MS);
      }
      tell({ type: 'leading', at: before, cpuMs: cpuMs() });
      while (!isCaughtUp()) await wait(LOOK_MS);
      tell({ type: 'caught-up', at: now() });
    },
    state: async () => tell({ type: 'state', state: state() }),
    rest: async () => {
      await runtimes.stop();
      runtimes = compose();
      tell({ type: 'resting' });
    },
    stop: async () => {
      await runtimes.stop();
      await knex.destroy();
      // The platform pings its databases until the backend ends.
      process.exit(0);
    },
  };
  process.on('message', (command: ReconcilerCommand) => {
    commands[command]().catch(fail);
  });
  tell({ type: 'loaded' });
}

/** What this process has used so far. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function tell(message: ReconcilerMessage): void {
  process.send!(message);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

main(JSON.parse(process.argv[2])).catch(fail);
