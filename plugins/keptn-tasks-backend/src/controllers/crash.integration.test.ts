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

import { ClusterConnection } from '../cluster/ClusterConnection';
import { KubernetesClusterClient } from '../cluster/KubernetesClusterClient';
import {
  ClusterHarness,
  quietLogger,
  TEST_SETTINGS,
  TEST_TIMINGS,
  until,
} from '../__testUtils__/clusterHarness';
import { CrashPoint } from '../__testUtils__/crashing';
import { createDefinitionWatch } from './ClusterWatches';
import { ClusterWork } from './ClusterWork';
import { DEFAULT_TIMINGS } from './RuntimeTimings';

jest.setTimeout(120_000);

const timings = { ...DEFAULT_TIMINGS, ...TEST_TIMINGS };
/** More than a run takes: sight, intent, ConfigMap, Job, outcome, statuses, events, logs, TTL. */
const WRITES_OF_A_RUN = 18;

describe('a process that dies', () => {
  let harness: ClusterHarness;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    harness = await ClusterHarness.start();
  });
  afterAll(async () => {
    await Promise.all(ends.map(end => end()));
    await harness?.stop();
  });

  /** A replica at work that may die on the way. Its election is left out: it is alone. */
  async function work(crash = new CrashPoint(Infinity)) {
    const connection = new ClusterConnection(harness.config());
    const reader = new KubernetesClusterClient(connection);
    const definitions = createDefinitionWatch({
      connection,
      client: reader,
      logger: quietLogger,
      timings,
    });
    definitions.start();
    const term = new ClusterWork({
      config: harness.config(),
      settings: TEST_SETTINGS,
      connection,
      reader,
      client: crash.client(reader),
      definitions,
      runs: crash.store(harness.runs),
      logs: crash.logs(harness.logs),
      logger: quietLogger,
      workers: 4,
      timings,
      assertLeader: () => undefined,
    });
    const end = async () => {
      await term.stop();
      await definitions.stop();
      await connection.close();
    };
    await term.start().catch(error => {
      if (!crash.happened) {
        throw error;
      }
    });
    return { end };
  }

  /** As a dead process would: connections break, nothing is finished or given up. */
  async function abandon({ end }: { end: () => Promise<void> }) {
    // Its reads and writes fail already; what is left are timers and sockets, which a test must not leave behind.
    ends.push(end);
  }

  async function expectOneRun(name: string) {
    const { status, run } = await harness.finished(name);
    expect([status.status, status.message]).toEqual(['Succeeded', undefined]);
    expect(await harness.logOf(run)).toEqual([`ran ${name}`]);
    expect(harness.jobsOf(name)).toHaveLength(1);
    const pods = harness
      .list('Pod')
      .filter(pod => pod.metadata.labels?.['keptn.sh/task-name'] === name);
    expect(pods).toHaveLength(1);
    await until(
      () => harness.jobsOf(name)[0].spec.ttlSecondsAfterFinished === 300,
      15_000,
    );
    const rows = await harness.knex('runs').where({ task_name: name });
    expect(rows).toHaveLength(1);
  }

  it.each(Array.from({ length: WRITES_OF_A_RUN }, (_, index) => index + 1))(
    'after write %p leaves a task that its successor runs to the end, once',
    async afterWrite => {
      const name = `dies-after-${afterWrite}`;
      const crash = new CrashPoint(afterWrite);
      const first = await work(crash);
      harness.createDefinition(name, {
        deno: { inline: { code: `console.log('ran ${name}')` } },
      });
      harness.createTask(name, { taskDefinition: name, retries: 0 });
      // It dies, or is done before it has written so often.
      const settled = until(
        () => harness.jobsOf(name)[0]?.spec.ttlSecondsAfterFinished === 300,
        20_000,
      ).catch(() => undefined);
      await Promise.race([crash.death, settled]);
      await abandon(first);

      const second = await work();
      await expectOneRun(name);
      await second.end();
    },
  );

  it('is followed by one that needs all of the writes above', async () => {
    const crash = new CrashPoint(Infinity);
    const replica = await work(crash);
    harness.createDefinition('counted', {
      deno: { inline: { code: `console.log('ran counted')` } },
    });
    harness.createTask('counted', { taskDefinition: 'counted', retries: 0 });
    await expectOneRun('counted');
    await until(() => harness.eventsOf('counted').length === 2);
    await replica.end();

    expect(crash.writes.length).toBeLessThanOrEqual(WRITES_OF_A_RUN);
    expect(crash.writes.length).toBeGreaterThanOrEqual(10);
  });
});
