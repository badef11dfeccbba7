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
import { aRelease, ended, later } from '../__testUtils__/releaseBuilders';
import { describeReleaseStore } from '../__testUtils__/releaseStoreContract';
import { DatabaseReleaseStore } from './DatabaseReleaseStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { migrationsDirectory } from './migrate';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('DatabaseReleaseStore, %p', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsDirectory });
  });

  describeReleaseStore(async () => ({
    releases: new DatabaseReleaseStore(knex),
    runs: new DatabaseRunStore(knex),
  }));

  it('records one release when several replicas see a version at once', async () => {
    const replicas = Array.from(
      { length: 4 },
      () => new DatabaseReleaseStore(knex),
    );
    const sightings = Array.from({ length: 30 }, (_, n) =>
      aRelease({ cluster: 'replicated', version: `1.0.${n}` }),
    );
    const seen = await Promise.all(
      replicas.map((replica, i) =>
        Promise.all(
          (i % 2 ? sightings : [...sightings].reverse()).map(one =>
            replica.save(one),
          ),
        ),
      ),
    );
    expect(new Set(seen.flat()).size).toBe(30);
    expect(await replicas[0].listUnfinished('replicated')).toHaveLength(30);
  });

  it('keeps one outcome when replicas disagree', async () => {
    const [a, b] = [
      new DatabaseReleaseStore(knex),
      new DatabaseReleaseStore(knex),
    ];
    const sightings = Array.from({ length: 20 }, (_, n) =>
      aRelease({ cluster: 'disagreed', version: `${n}` }),
    );
    const ids = await Promise.all(sightings.map(one => a.save(one)));
    await Promise.all(
      sightings.flatMap(one => [
        a.save(later(one, ended('Succeeded'))),
        b.save(later(one, ended('Failed'))),
      ]),
    );
    for (const releaseId of ids) {
      expect((await a.getDetail(releaseId))!.steps).toHaveLength(2);
    }
  });

  it('gives the stream of transitions no gaps, whoever writes', async () => {
    const stores = [
      new DatabaseReleaseStore(knex),
      new DatabaseReleaseStore(knex),
    ];
    const start = await stores[0].lastSequence();
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const store = stores[n % 2];
        const one = aRelease({ cluster: 'stream', version: `${n}` });
        await store.save(one);
        await store.save(later(one, { phase: 'deployment' }));
        await store.save(later(one, ended()));
      }),
    );
    const steps = await stores[0].transitionsAfter(start, 1000);
    expect(steps.map(step => step.sequence)).toEqual(
      Array.from({ length: 90 }, (_, n) => start + 1 + n),
    );
  });

  it('tells its listener of steps, and of nothing else', async () => {
    const store = new DatabaseReleaseStore(knex);
    const listener = jest.fn();
    store.onTransition(listener);
    const one = aRelease({ cluster: 'told' });
    await store.save(one);
    await store.save(one);
    expect(listener).toHaveBeenCalledTimes(1);
    await store.activate('told', one.uid, '2026-03-01T10:00:00Z');
    await store.activate('told', one.uid, '2026-03-01T10:00:00Z');
    expect(listener).toHaveBeenCalledTimes(2);
    await store.objectDeleted('told', one.uid, '2026-03-01T10:00:00Z');
    await store.objectDeleted('told', one.uid, '2026-03-01T10:00:00Z');
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('stores the others when one of a burst cannot be stored', async () => {
    const store = new DatabaseReleaseStore(knex);
    const good = Array.from({ length: 5 }, (_, n) =>
      aRelease({ cluster: 'burst', version: `${n}` }),
    );
    const bad = aRelease({ cluster: 'burst' });
    bad.release.version = undefined as unknown as string;
    const results = await Promise.allSettled(
      [bad, ...good].map(sighting => store.save(sighting)),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      ...good.map(() => 'fulfilled'),
    ]);
  });

  it('deletes the steps of a release with it', async () => {
    const store = new DatabaseReleaseStore(knex);
    const one = aRelease({ cluster: 'pruned', ...ended() });
    const releaseId = await store.save(one);
    const { seq } = await knex('releases').where('id', releaseId).first('seq');
    await store.objectDeleted('pruned', one.uid, '2026-03-01T11:00:00Z');
    await store.prune({ before: '2027-01-01T00:00:00Z', limit: 10_000 });
    expect(await store.get(releaseId)).toBeUndefined();
    expect(await knex('release_transitions').where('release_seq', seq)).toEqual(
      [],
    );
  });
});
