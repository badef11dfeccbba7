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
import type { Knex } from 'knex';
import { anOutcome, aSighting } from '../__testUtils__/historyBuilders';
import { DatabaseRunStore } from './DatabaseRunStore';
import { migrationsDirectory } from './migrate';
import { aRelease } from '../__testUtils__/releaseBuilders';
import { DatabaseReleaseStore } from './DatabaseReleaseStore';
import type { ReleaseTransition } from './ReleaseStore';
import type { RunTransition } from './RunStore';
import { streamHeads } from './streamHeads';
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

  /** A replica: its stores, and a feed that asks by itself as often as told. */
  function replica(knex: Knex, pollMs: number) {
    const runs = new DatabaseRunStore(knex);
    const releases = new DatabaseReleaseStore(knex);
    const heads = jest.fn(() => streamHeads(knex));
    const feed = new TransitionFeed({ runs, releases, heads, logger, pollMs });
    runs.onTransition(() => feed.notify());
    releases.onTransition(() => feed.notify());
    return { runs, releases, heads, feed };
  }

  it('tells at once what this process stored, and soon what another one stored', async () => {
    const knex = await setup();
    // Never asks by itself within this test.
    const here = replica(knex, 3_600_000);
    const elsewhere = replica(knex, 20);

    await here.runs.sight(aSighting({ cluster: 'c' }));
    await here.releases.save(aRelease({ cluster: 'c' }));
    const told: RunTransition[] = [];
    const polled: RunTransition[] = [];
    const toldReleases: ReleaseTransition[] = [];
    const polledReleases: ReleaseTransition[] = [];
    await here.feed.subscribe({
      runs: steps => told.push(...steps),
      releases: steps => toldReleases.push(...steps),
    });
    const { stop, from } = await elsewhere.feed.subscribe({
      runs: steps => polled.push(...steps),
      releases: steps => polledReleases.push(...steps),
    });
    expect(from).toEqual({ runs: 1, releases: 1 });

    const { id: runId } = await here.runs.sight(aSighting({ cluster: 'c' }));
    await here.runs.update(runId, anOutcome());
    const releaseId = await here.releases.save(aRelease({ cluster: 'c' }));
    await until(
      () =>
        told.length === 2 &&
        polled.length === 2 &&
        toldReleases.length === 1 &&
        polledReleases.length === 1,
    );
    expect(told.map(step => [step.runId, step.state])).toEqual([
      [runId, 'Pending'],
      [runId, 'Succeeded'],
    ]);
    expect(polled).toEqual(told);
    expect(toldReleases).toMatchObject([{ releaseId, sequence: 2 }]);
    expect(polledReleases).toEqual(toldReleases);

    stop();
    here.feed.stop();
    elsewhere.feed.stop();
  });

  it('asks with one query at a time, and no more while nothing has happened', async () => {
    const knex = await setup();
    const { feed } = replica(knex, 10);
    await feed.subscribe({ runs: () => {}, releases: () => {} });
    const queries: string[] = [];
    knex.on('query', ({ sql }) => queries.push(sql));
    await until(() => queries.length >= 3);
    feed.stop();
    expect(new Set(queries).size).toBe(1);
    expect(queries[0]).toMatch(/run_stream.*release_stream/);
  });

  /** A feed of steps that are made up; without releases. */
  function feedOf(
    runs: {
      lastSequence: () => Promise<number>;
      transitionsAfter: (after: number) => Promise<RunTransition[]>;
    },
    options: { pollMs: number; warn?: jest.Mock },
  ) {
    return new TransitionFeed({
      runs,
      releases: { transitionsAfter: async () => [] },
      heads: async () => ({ runs: await runs.lastSequence(), releases: 0 }),
      logger: options.warn ? { ...logger, warn: options.warn } : logger,
      pollMs: options.pollMs,
    });
  }

  it('asks nothing while nobody listens', async () => {
    const runs = {
      lastSequence: jest.fn(async () => 0),
      transitionsAfter: jest.fn(async () => []),
    };
    const feed = feedOf(runs, { pollMs: 1 });
    feed.notify();
    const { stop } = await feed.subscribe({ runs: () => {} });
    stop();
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
    const feed = feedOf(runs, { pollMs: 3_600_000 });
    const first: number[] = [];
    await Promise.all([
      feed.subscribe({
        runs: steps => first.push(...steps.map(one => one.sequence)),
      }),
      feed.subscribe({}),
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
    const feed = feedOf(runs, { pollMs: 1, warn });
    const told: RunTransition[] = [];
    await feed.subscribe({ runs: steps => told.push(...steps) });
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
