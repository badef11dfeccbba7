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

import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import path from 'path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  isRunFinished,
  KeptnTasksClient,
  type LogLine,
  type RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import knexFactory, { type Knex } from 'knex';
import { ClusterHarness, until } from './__testUtils__/clusterHarness';
import { aComponent, ANN, CHECKOUT } from './__testUtils__/testPortal';
import plugin from './index';

jest.setTimeout(120_000);

/** The plugin as adopters add it, on a cluster that runs real processes. */
describe('keptnTasksPlugin', () => {
  let harness: ClusterHarness;
  let folder: string;
  let knex: Knex;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let client: KeptnTasksClient;

  beforeAll(async () => {
    harness = await ClusterHarness.start();
    folder = mkdtempSync(path.join(tmpdir(), 'keptn-tasks-'));
    writeFileSync(path.join(folder, 'kubeconfig'), harness.sandbox.kubeconfig);
    harness.createDefinition('greet', {
      python: {
        inline: {
          code: [
            'import json, os, time',
            'print("hello " + json.loads(os.environ["DATA"])["who"], flush=True)',
            'time.sleep(float(json.loads(os.environ["DATA"])["seconds"]))',
            'print("bye", flush=True)',
          ].join('\n'),
        },
        parameters: { map: { who: 'world', seconds: '0' } },
      },
      retries: 0,
    });
  });
  beforeEach(async () => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: path.join(folder, 'db.sqlite'),
      useNullAsDefault: true,
    });
    await startBackend();
  });
  afterEach(async () => {
    await backend.stop();
    await knex.destroy();
  });
  afterAll(async () => {
    await harness?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startBackend() {
    backend = await startTestBackend({
      features: [
        plugin,
        catalogServiceMock.factory({
          entities: [
            aComponent('checkout', { 'keptn-tasks/targets': 'sandbox/shop' }),
          ],
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => mockServices.database({ knex }),
        }),
        mockServices.rootConfig.factory({
          data: {
            keptnTasks: {
              clusters: [
                {
                  name: 'sandbox',
                  kubeconfig: path.join(folder, 'kubeconfig'),
                  namespaces: [
                    { name: 'shop', owners: ['group:default/shop-team'] },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
    const port = backend.server.port();
    client = new KeptnTasksClient({
      baseUrl: async () => `http://127.0.0.1:${port}/api/keptn-tasks`,
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...(init?.headers as Record<string, string>),
            authorization: mockCredentials.user.header(ANN),
          },
        }),
    });
    await until(async () => (await client.listClusters()).items[0].reachable);
  }

  async function finished(id: string): Promise<RunDetail> {
    await until(
      async () => isRunFinished((await client.getRun(id)).run.state),
      30_000,
    );
    return client.getRun(id);
  }

  const place = {
    entityRef: CHECKOUT,
    cluster: 'sandbox',
    namespace: 'shop',
    definition: 'greet',
  };

  it('runs a task, shows its log while it runs, repeats it and cancels it', async () => {
    await until(
      async () => (await client.listDefinitions(CHECKOUT)).targets[0].available,
    );
    const { items } = await client.listDefinitions(CHECKOUT);
    expect(items).toEqual([
      expect.objectContaining({ name: 'greet', runner: 'python' }),
    ]);

    const { run } = await client.triggerRun({
      ...place,
      parameters: { who: 'checkout' },
    });
    const lines: LogLine[] = [];
    await client.followRunLog(
      run.id,
      { signal: new AbortController().signal },
      { onLines: more => lines.push(...more) },
    );
    expect(lines.map(line => line.text)).toEqual(['hello checkout', 'bye']);
    expect(await finished(run.id)).toMatchObject({
      run: {
        state: 'Succeeded',
        entityRef: CHECKOUT,
        trigger: { source: 'portal', by: ANN },
        attempts: 1,
      },
      attempts: [{ number: 1, state: 'Succeeded', exitCode: 0 }],
      logTail: [{ text: 'hello checkout' }, { text: 'bye' }],
      parameters: [
        { name: 'seconds', value: '0', source: 'definition' },
        { name: 'who', value: 'checkout', source: 'run' },
      ],
    });

    const again = await client.rerun(run.id, {
      parameters: { who: 'again', seconds: '60' },
    });
    expect(again.run.rerunOf).toBe(run.id);
    await until(
      async () => (await client.getRunLog(again.run.id)).lines.length > 0,
    );
    await client.cancelRun(again.run.id, { reason: 'not today' });
    const cancelled = await finished(again.run.id);
    expect(cancelled.run).toMatchObject({
      state: 'Cancelled',
      reason: 'Cancelled',
      message: expect.stringContaining('not today'),
    });
    expect(cancelled.logTail.map(line => line.text)).toEqual(['hello again']);
    expect(cancelled.lastGood?.id).toBe(run.id);
  });

  it('shows what somebody applied with kubectl', async () => {
    harness.createTask('by-hand', { taskDefinition: 'greet' });
    let id = '';
    await until(async () => {
      const { items } = await client.listRuns({ entityRef: CHECKOUT });
      id = items.find(run => run.taskName === 'by-hand')?.id ?? '';
      return id !== '';
    });
    await until(async () =>
      isRunFinished(
        (
          await client.getRun(id, { entityRef: CHECKOUT })
        ).run.state,
      ),
    );
    const { run } = await client.getRun(id, { entityRef: CHECKOUT });
    expect(run).toMatchObject({
      state: 'Succeeded',
      trigger: { source: 'cluster' },
    });
    expect(run.entityRef).toBeUndefined();
  });

  it('goes on after a restart, and runs nothing twice', async () => {
    const { run } = await client.triggerRun({
      ...place,
      parameters: { seconds: '3' },
    });
    await until(async () => (await client.getRunLog(run.id)).lines.length > 0);
    await backend.stop();
    await startBackend();
    const detail = await finished(run.id);
    expect(detail.run).toMatchObject({ state: 'Succeeded', attempts: 1 });
    const lines: LogLine[] = [];
    await client.followRunLog(
      run.id,
      { signal: new AbortController().signal },
      { onLines: more => lines.push(...more) },
    );
    expect(lines.map(line => line.text)).toEqual(['hello world', 'bye']);
    const { items } = await client.listRuns({ entityRef: CHECKOUT });
    expect(items.filter(one => one.taskName === run.taskName)).toHaveLength(1);
  });
});
