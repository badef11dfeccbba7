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

import type { BackendProcess } from '../__testUtils__/BackendProcess';
import { engines } from '../__testUtils__/databases';
import { COUNT_SCRIPT, LINES, textOf } from '../__testUtils__/heldRuns';
import { aScript, aTask } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(240_000);

/** The lease of a silent leader, and what the other needs to notice and to begin. */
const TAKEOVER_MS = 15_000 + 5_000;

// Replicas share a database server; files of SQLite are for one.
const onPostgres = engines.includes('PostgreSQL') ? describe : describe.skip;

onPostgres('two backends on one database and one cluster', () => {
  let bench: Workbench;
  let replicas: BackendProcess[];
  let leader: BackendProcess;
  let other: BackendProcess;

  beforeAll(async () => {
    bench = await Workbench.start({ database: 'PostgreSQL' });
    await bench.user.create(aScript('count', 'shop', COUNT_SCRIPT));
    await bench.user.create(aScript('short', 'shop', 'echo done'));
    // One after the other: both would migrate an empty database at once.
    const first = await bench.startBackend();
    await first.ready();
    const second = await bench.startBackend();
    await second.ready();
    replicas = [first, second];
    for (const replica of replicas) await bench.catalogRead(replica);
    const leads = await Promise.all(replicas.map(isReconciling));
    [leader, other] = leads[0] ? replicas : [...replicas].reverse();
  });
  afterAll(() => bench?.stop());

  async function health({ client }: BackendProcess) {
    const { items } = await client.listClusters();
    return items[0];
  }

  async function isReconciling(replica: BackendProcess) {
    return (await health(replica)).reconciling;
  }

  it('have one leader between them, and both know it', async () => {
    const [a, b] = await Promise.all([leader, other].map(health));
    expect([a.reconciling, b.reconciling]).toEqual([true, false]);
    const holder = (await bench.user.lease()).spec?.holderIdentity;
    expect(holder).toBeTruthy();
    expect([a.leader, b.leader]).toEqual([holder, holder]);
  });

  it('tell the readers of either within a second and a half', async () => {
    const stop = new AbortController();
    const seen = new Map<BackendProcess, { id: string; at: number }>();
    let open = 0;
    const streams = replicas.map(replica =>
      replica.client.followTransitions(
        CHECKOUT,
        {
          signal: stop.signal,
          onOpen: () => {
            open += 1;
          },
        },
        ({ id }) => {
          if (!seen.has(replica)) seen.set(replica, { id, at: Date.now() });
        },
      ),
    );
    await until(() => open === 2);
    await bench.user.create(
      aTask('by-hand', 'shop', { taskDefinition: 'short' }),
    );
    const applied = Date.now();
    await until(() => seen.size === 2);
    stop.abort();
    await Promise.all(streams);
    expect(seen.get(leader)!.id).toBe(seen.get(other)!.id);
    expect(seen.get(leader)!.at - applied).toBeLessThan(1_000);
    expect(seen.get(other)!.at - applied).toBeLessThan(1_500);
  });

  it('start, show and cancel runs on either', async () => {
    const { run } = await other.client.triggerRun({
      entityRef: CHECKOUT,
      cluster: 'sandbox',
      namespace: 'shop',
      definition: 'count',
    });
    await until(
      async () => (await other.client.getRunLog(run.id)).lines.length > 2,
    );
    await other.client.cancelRun(run.id);
    const detail = await finished(leader, run.id);
    expect(detail.run).toMatchObject({
      state: 'Cancelled',
      reason: 'Cancelled',
    });
  });

  it('go on when the leader is killed, with one Job for each task', async () => {
    const ids: string[] = [];
    const start = async (replica: BackendProcess) => {
      const { run } = await replica.client.triggerRun({
        entityRef: CHECKOUT,
        cluster: 'sandbox',
        namespace: 'shop',
        definition: 'count',
      });
      ids.push(run.id);
    };
    await start(leader);
    await start(other);
    await until(
      async () => (await other.client.getRunLog(ids[0])).lines.length > 2,
    );
    // The last one is asked for when nobody is there to run it.
    await start(leader);
    await leader.kill();
    const killed = Date.now();
    await start(other);

    await until(() => isReconciling(other), TAKEOVER_MS * 2);
    expect(Date.now() - killed).toBeLessThan(TAKEOVER_MS);
    for (const id of ids) {
      const detail = await finished(other, id);
      expect(detail.run).toMatchObject({ state: 'Succeeded', attempts: 1 });
      expect(bench.user.jobsOf(detail.run.taskName)).toHaveLength(1);
      const { lines } = await other.client.getRunLog(id);
      expect(textOf(lines)).toEqual(LINES);
    }
  });
});
