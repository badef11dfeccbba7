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

import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { anOutcome, aSighting } from '../__testUtils__/historyBuilders';
import { DatabaseRunStore } from './DatabaseRunStore';
import { migrationsDirectory } from './migrate';
import type { RunTransition } from './RunStore';
import { TransitionFeed } from './TransitionFeed';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const logger = mockServices.logger.mock();

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}

describe.each(databases.eachSupportedId())('TransitionFeed, %p', id => {
  async function setup() {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsDirectory });
    return knex;
  }

  it('tells at once what this process stored, and soon what another one stored', async () => {
    const knex = await setup();
    const here = new DatabaseRunStore(knex);
    // Never asks by itself within this test.
    const feed = new TransitionFeed({ runs: here, logger, pollMs: 3_600_000 });
    here.onTransition(() => feed.notify());
    const elsewhere = new DatabaseRunStore(knex);
    const polling = new TransitionFeed({ runs: elsewhere, logger, pollMs: 20 });

    await here.sight(aSighting({ cluster: 'c' }));
    const told: RunTransition[] = [];
    const polled: RunTransition[] = [];
    await feed.subscribe(steps => told.push(...steps));
    const off = await polling.subscribe(steps => polled.push(...steps));

    const { id: runId } = await here.sight(aSighting({ cluster: 'c' }));
    await here.update(runId, anOutcome());
    await until(() => told.length === 2 && polled.length === 2);
    expect(told.map(step => [step.runId, step.state])).toEqual([
      [runId, 'Pending'],
      [runId, 'Succeeded'],
    ]);
    expect(polled).toEqual(told);

    off();
    feed.stop();
    polling.stop();
  });

  it('asks nothing while nobody listens', async () => {
    const runs = {
      lastSequence: jest.fn(async () => 0),
      transitionsAfter: jest.fn(async () => []),
    };
    const feed = new TransitionFeed({ runs, logger, pollMs: 1 });
    feed.notify();
    const off = await feed.subscribe(() => {});
    off();
    const asked = runs.lastSequence.mock.calls.length;
    await new Promise(resolve => setTimeout(resolve, 20));
    feed.notify();
    expect(runs.lastSequence.mock.calls.length).toBe(asked);
  });

  it('lets two listeners begin at the same time, and neither miss a step', async () => {
    const newest = [5, 7];
    const runs = {
      lastSequence: async () => newest.shift() ?? 7,
      transitionsAfter: async (after: number) =>
        [6, 7]
          .filter(sequence => sequence > after)
          .map(sequence => ({ sequence } as RunTransition)),
    };
    const feed = new TransitionFeed({ runs, logger, pollMs: 3_600_000 });
    const first: number[] = [];
    await Promise.all([
      feed.subscribe(steps => first.push(...steps.map(one => one.sequence))),
      feed.subscribe(() => {}),
    ]);
    feed.notify();
    await until(() => first.length === 2);
    expect(first).toEqual([6, 7]);
    feed.stop();
  });

  it('says once that the database is away, and goes on when it is back', async () => {
    const warn = jest.fn();
    let away = false;
    let last = 0;
    const runs = {
      lastSequence: jest.fn(async () => {
        if (away) throw new Error('The database is away');
        return last;
      }),
      transitionsAfter: async () => [{ sequence: last } as RunTransition],
    };
    const feed = new TransitionFeed({
      runs,
      logger: { ...logger, warn },
      pollMs: 1,
    });
    const told: RunTransition[] = [];
    await feed.subscribe(steps => told.push(...steps));
    for (const round of [1, 2]) {
      away = true;
      const asked = runs.lastSequence.mock.calls.length;
      await until(() => runs.lastSequence.mock.calls.length > asked + 5);
      expect(warn).toHaveBeenCalledTimes(round);
      last = round;
      away = false;
      await until(() => told.length === round);
    }
    feed.stop();
  });
});
