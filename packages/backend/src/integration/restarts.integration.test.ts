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
import type { Task } from '../__testUtils__/ClusterUser';
import { aScript, aTask } from '../__testUtils__/manifests';
import { CHECKOUT } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(480_000);

const TASKS = 1_000;
const COUNTS = {
  Pending: 0,
  Progressing: 0,
  Succeeded: 750,
  Failed: 250,
  Cancelled: 0,
};
const RESTARTS = 10;
const AT_ONCE = 25;
/** From being ready to being at work, with all tasks read. */
const QUICK_MS = 5_000;

describe('a cluster full of finished tasks whose Jobs are gone', () => {
  let bench: Workbench;
  let backend: BackendProcess | undefined;

  beforeAll(async () => {
    bench = await Workbench.start();
    await bench.user.create(aScript('short', 'shop', 'echo done'));
    await inParallel(TASKS, async i => {
      const task = await bench.user.create(
        aTask(`old-${i}`, 'shop', { taskDefinition: 'short' }),
      );
      await bench.user.reportStatus(task as Task, {
        status: i % 4 === 0 ? 'Failed' : 'Succeeded',
        jobName: `old-${i}-job`,
      });
    });
  });
  afterAll(() => bench?.stop());

  /** Writes of the portal other than those that say who leads. */
  function writes() {
    return bench.sandbox.faults.requests
      .list({ writes: true, userAgent: 'keptn-tasks' })
      .filter(
        ({ resource }) =>
          resource !== 'leases' && !resource?.endsWith('reviews'),
      )
      .map(({ verb, resource, name }) => `${verb} ${resource} ${name ?? ''}`);
  }

  async function counts() {
    const { states } = await backend!.client.countRuns({ entityRef: CHECKOUT });
    return states;
  }

  /** Starts the next process; how long it takes to be at work once it answers. */
  async function startAgain(): Promise<number> {
    backend = await bench.startBackend({ after: backend });
    await backend.ready();
    const ready = Date.now();
    await backend.reconciling();
    return Date.now() - ready;
  }

  it('is taken into the history at the first start, and nothing is run', async () => {
    expect(await startAgain()).toBeLessThan(QUICK_MS * 2);
    await bench.catalogRead(backend!);
    expect(await counts()).toEqual(COUNTS);
    expect(writes()).toEqual([]);
    expect(bench.user.jobCount).toBe(0);
  });

  it('is left alone by ten restarts', async () => {
    const slow: number[] = [];
    for (let i = 0; i < RESTARTS; i++) {
      // In turn as a deployment does it and as a lost machine does it.
      if (i % 2 === 0) {
        await backend!.stop();
      } else {
        await backend!.kill();
        await bench.user.freeLease();
      }
      const ms = await startAgain();
      if (ms > QUICK_MS) slow.push(ms);
    }
    expect(slow).toEqual([]);
    expect(writes()).toEqual([]);
    expect(bench.user.jobCount).toBe(0);
    expect(await counts()).toEqual(COUNTS);
  });

  it('still runs what is new', async () => {
    await bench.user.create(aTask('new', 'shop', { taskDefinition: 'short' }));
    const run = await until(async () => {
      const { items } = await backend!.client.listRuns({ entityRef: CHECKOUT });
      return items.find(({ taskName }) => taskName === 'new');
    });
    const detail = await finished(backend!, run.id);
    expect(detail.run.state).toBe('Succeeded');
    expect(bench.user.jobCount).toBe(1);
    expect(writes()).toContain('create jobs ');
  });
});

async function inParallel(
  count: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
