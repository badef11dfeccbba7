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

import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  anOutcome,
  anUpdate,
  aSighting,
} from '../__testUtils__/historyBuilders';
import { describeRunStore } from '../__testUtils__/runStoreContract';
import { DatabaseRunStore } from './DatabaseRunStore';
import { migrationsDirectory } from './migrate';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('DatabaseRunStore, %p', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsDirectory });
  });

  describeRunStore(async () => new DatabaseRunStore(knex));

  it('records one run when several replicas see a task at once', async () => {
    const replicas = Array.from(
      { length: 4 },
      () => new DatabaseRunStore(knex),
    );
    const sightings = Array.from({ length: 30 }, () =>
      aSighting({ cluster: 'replicated' }),
    );
    const seen = await Promise.all(
      replicas.map((replica, i) =>
        Promise.all(
          (i % 2 ? sightings : [...sightings].reverse()).map(one =>
            replica.sight(one),
          ),
        ),
      ),
    );
    expect(new Set(seen.flat().map(run => run.id)).size).toBe(30);
    expect(await replicas[0].listUnfinished('replicated')).toHaveLength(30);
  });

  it('keeps one outcome when replicas disagree', async () => {
    const [a, b] = [new DatabaseRunStore(knex), new DatabaseRunStore(knex)];
    const runs = await Promise.all(
      Array.from({ length: 20 }, () => a.sight(aSighting({ cluster: 'c' }))),
    );
    await Promise.all(
      runs.flatMap(run => [
        a.update(run.id, anOutcome()),
        b.update(run.id, anOutcome({ state: 'Failed', reason: 'JobLost' })),
      ]),
    );
    for (const run of runs) {
      const steps = (await a.getDetail(run.id))!.transitions;
      expect(steps).toHaveLength(2);
    }
  });

  it('gives the stream of transitions no gaps, whoever writes', async () => {
    const stores = [new DatabaseRunStore(knex), new DatabaseRunStore(knex)];
    const start = await stores[0].lastSequence();
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const store = stores[i % 2];
        const { id: runId } = await store.sight(
          aSighting({ cluster: 'stream' }),
        );
        await store.update(runId, anUpdate());
        await store.update(runId, anOutcome());
      }),
    );
    const steps = await stores[0].transitionsAfter(start, 1000);
    expect(steps.map(step => step.sequence)).toEqual(
      Array.from({ length: 120 }, (_, i) => start + 1 + i),
    );
  });

  it('stores a definition once, however many runs used it', async () => {
    const store = new DatabaseRunStore(knex);
    const definitionSnapshot = `# ${id}\nkind: KeptnTaskDefinition\n`;
    for (let n = 0; n < 3; n++) {
      const { id: runId } = await store.sight(aSighting({ cluster: 'snap' }));
      await store.update(runId, anUpdate({ definitionSnapshot }));
    }
    const [{ count }] = await knex('definition_snapshots')
      .where('body', definitionSnapshot)
      .count('* as count');
    expect(Number(count)).toBe(1);
  });

  it('stores the others when one of a burst cannot be stored', async () => {
    const store = new DatabaseRunStore(knex);
    const good = Array.from({ length: 5 }, () =>
      aSighting({ cluster: 'burst' }),
    );
    const bad = aSighting({
      cluster: 'burst',
      taskName: undefined as unknown as string,
    });
    const results = await Promise.allSettled(
      [bad, ...good].map(sighting => store.sight(sighting)),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      ...good.map(() => 'fulfilled'),
    ]);
  });

  it('deletes everything that belongs to a run, and snapshots that nothing uses', async () => {
    let now = Date.now();
    const store = new DatabaseRunStore(knex, { now: () => now });
    const { id: runId } = await store.sight(aSighting({ cluster: 'gone' }));
    await store.update(
      runId,
      anOutcome({
        definitionSnapshot: 'only once',
        attempts: [{ number: 1, state: 'Succeeded' }],
      }),
    );
    const { seq } = await knex('runs').where('id', runId).first('seq');
    now += 4 * 24 * 60 * 60 * 1000;
    await store.prune({ before: '2027-01-01T00:00:00Z', limit: 10_000 });
    for (const table of ['run_attempts', 'run_transitions', 'run_inputs']) {
      expect(await knex(table).where('run_seq', seq)).toEqual([]);
    }
    expect(
      await knex('definition_snapshots').where('body', 'only once'),
    ).toEqual([]);
  });
});
