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

/* eslint-disable jest/no-export -- a contract is run by those who sign it */

import { randomUUID } from 'crypto';
import type { RunFilter, RunStore } from '../history/RunStore';
import {
  aFilter,
  anOutcome,
  anUpdate,
  aReservation,
  aSighting,
  at,
  entityOf,
  record,
} from './historyBuilders';

const minute = (n: number) => at(`10:${String(n).padStart(2, '0')}:00`);

/** What a RunStore promises about lists. */
export function describeRunLists(createStore: () => Promise<RunStore>): void {
  describe('lists', () => {
    let store: RunStore;
    let cluster: string;
    beforeEach(async () => {
      store = await createStore();
      cluster = `cluster-${randomUUID()}`;
    });

    const ids = async (filter: RunFilter) =>
      (await store.list(filter, { limit: 100 })).items.map(run => run.id);

    it('merges the runs of an entity with those of no entity in its places, newest first', async () => {
      const own = aReservation({ cluster, createdAt: minute(2) });
      await store.reserve(own);
      const first = await record(
        store,
        aSighting({ cluster, createdAt: minute(1) }),
      );
      const last = await record(
        store,
        aSighting({ cluster, createdAt: minute(3) }),
      );
      await store.reserve(
        aReservation({ cluster, entityRef: 'component:default/other' }),
      );
      await record(store, aSighting({ cluster, namespace: 'elsewhere' }));

      expect(await ids(aFilter(cluster))).toEqual([last, own.id, first]);
    });

    it('shows runs of the entity outside its places too', async () => {
      const own = aReservation({ cluster, namespace: 'former' });
      await store.reserve(own);
      const filter = aFilter(cluster, { places: [] });
      expect(await ids(filter)).toContain(own.id);
    });

    it('pages without losing or repeating a run, also those of one millisecond', async () => {
      const all: string[] = [];
      for (let n = 0; n < 23; n++) {
        all.push(
          await record(
            store,
            aSighting({ cluster, createdAt: minute(Math.floor(n / 10)) }),
          ),
        );
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list(
          aFilter(cluster, { entityRef: 'component:default/none' }),
          {
            limit: 5,
            cursor,
          },
        );
        expect(page.items.length).toBeLessThanOrEqual(5);
        seen.push(...page.items.map(run => run.id));
        cursor = page.nextCursor;
        // A run that comes meanwhile does not move what follows.
        await record(store, aSighting({ cluster, createdAt: minute(30) }));
      } while (cursor);
      expect(seen.slice().sort()).toEqual(all.slice().sort());
      expect(new Set(seen).size).toBe(all.length);
    });

    it('refuses a cursor that it did not give', async () => {
      await expect(
        store.list(aFilter(cluster), { limit: 5, cursor: 'nonsense' }),
      ).rejects.toThrow('cursor');
    });

    it('filters by everything at once', async () => {
      const wanted = aSighting({
        cluster,
        definitionName: 'load-check',
        phase: 'pre',
        trigger: { source: 'release' },
        createdAt: minute(5),
      });
      const id = await record(store, wanted, anOutcome({ state: 'Failed' }));
      const others: [Partial<typeof wanted>, 'Failed' | 'Succeeded'][] = [
        [{ definitionName: 'smoke-test' }, 'Failed'],
        [{ phase: 'post' }, 'Failed'],
        [{ trigger: { source: 'cluster' } }, 'Failed'],
        [{ createdAt: minute(4) }, 'Failed'],
        [{ createdAt: minute(6) }, 'Failed'],
        [{}, 'Succeeded'],
      ];
      for (const [difference, state] of others) {
        await record(
          store,
          { ...wanted, uid: randomUUID(), ...difference },
          anOutcome({ state }),
        );
      }
      const filter = aFilter(cluster, {
        cluster,
        namespace: 'shop',
        definition: 'load-check',
        states: ['Failed', 'Cancelled'],
        phase: 'pre',
        trigger: 'release',
        after: minute(5),
        before: minute(6),
      });
      expect(await ids(filter)).toEqual([id]);
      expect(await ids({ ...filter, states: ['Succeeded'] })).toHaveLength(1);
      expect(await ids({ ...filter, cluster: 'another' })).toEqual([]);
      expect(await ids({ ...filter, namespace: 'another' })).toEqual([]);
    });

    it('shows of a place only the definitions and the workload that belong to the entity', async () => {
      const names = ['smoke-test', 'smoke.tests', 'smokeXtest', 'load-check'];
      const byName: Record<string, string> = {};
      for (const definitionName of names) {
        byName[definitionName] = await record(
          store,
          aSighting({
            cluster,
            definitionName,
            context: { workloadName: 'checkout', appName: 'shop' },
          }),
        );
      }
      await record(
        store,
        aSighting({
          cluster,
          context: { workloadName: 'cart', appName: 'shop' },
        }),
      );
      const place = { cluster, namespace: 'shop', workloadName: 'checkout' };
      const of = (definitions?: string[]) =>
        ids(aFilter(cluster, { places: [{ ...place, definitions }] }));

      expect(await of()).toHaveLength(4);
      expect(await of(['smoke-*'])).toEqual([byName['smoke-test']]);
      expect(await of(['smoke.*', 'load-check'])).toEqual(
        expect.arrayContaining([byName['smoke.tests'], byName['load-check']]),
      );
      expect(await of(['smoke.*', 'load-check'])).toHaveLength(2);
      expect(await of(['nothing*'])).toEqual([]);
      expect(
        await ids(
          aFilter(cluster, {
            definition: 'load-check',
            places: [{ ...place, definitions: ['smoke-*'] }],
          }),
        ),
      ).toEqual([]);
    });

    it('counts by state, up to a limit', async () => {
      for (let n = 0; n < 3; n++) {
        await record(store, aSighting({ cluster }), anOutcome());
      }
      await record(store, aSighting({ cluster }), anUpdate());
      await store.reserve(aReservation({ cluster }));
      const none = aFilter(cluster, { entityRef: 'component:default/none' });

      expect((await store.count(none, 1000)).states).toMatchObject({
        Succeeded: 3,
        Progressing: 1,
      });
      expect(
        await store.count({ ...none, definition: 'nothing' }, 1000),
      ).toMatchObject({
        limit: 1000,
        states: { Succeeded: 0 },
      });
      expect((await store.count(none, 2)).states.Succeeded).toBe(2);
    });

    it('knows the last runs of a definition', async () => {
      const all: string[] = [];
      for (let n = 0; n < 22; n++) {
        all.push(
          await record(
            store,
            aSighting({ cluster, createdAt: minute(n) }),
            anOutcome({
              startedAt: minute(n),
              finishedAt: at(`10:${String(n).padStart(2, '0')}:07`),
            }),
          ),
        );
      }
      const running = await record(
        store,
        aSighting({ cluster, createdAt: minute(40) }),
        anUpdate(),
      );
      const key = { cluster, namespace: 'shop', definition: 'smoke-test' };
      const result = await store.recentByDefinition([
        key,
        { ...key, definition: 'never-ran' },
      ]);
      const { lastRun, recent } = result.get(`${cluster}/shop/smoke-test`)!;
      expect(lastRun?.id).toBe(running);
      expect(recent.map(run => run.id)).toEqual(all.slice(2));
      expect(recent[0]).toEqual({
        id: all[2],
        state: 'Succeeded',
        createdAt: minute(2),
        durationMs: 7000,
      });
      expect(result.get(`${cluster}/shop/never-ran`)).toEqual({ recent: [] });
    });

    it('keeps to the workload and app of whoever asks', async () => {
      const of = (workloadName: string, minutes: number) =>
        record(
          store,
          aSighting({
            cluster,
            createdAt: minute(minutes),
            context: { workloadName, appName: 'shop' },
          }),
          anOutcome(),
        );
      const mine = await of('cart', 1);
      const theirs = await of('checkout', 2);
      const latest = await of('cart', 3);
      const key = { cluster, namespace: 'shop', definition: 'smoke-test' };
      const recentFor = async (workloadName?: string, appName?: string) => {
        const visible = {
          entityRef: entityOf(cluster),
          workloadNames: workloadName ? [workloadName] : undefined,
          appName,
        };
        const result = await store.recentByDefinition([key], visible);
        return result
          .get(`${cluster}/shop/smoke-test`)!
          .recent.map(({ id }) => id);
      };
      expect(await recentFor()).toEqual([mine, theirs, latest]);
      expect(await recentFor('cart')).toEqual([mine, latest]);
      expect(await recentFor('cart', 'shop')).toEqual([mine, latest]);
      expect(await recentFor('cart', 'other')).toEqual([]);

      const places = [{ cluster, namespace: 'shop', workloadName: 'cart' }];
      const detail = await store.getDetail(
        latest,
        aFilter(cluster, { places }),
      );
      expect(detail?.previous?.id).toBe(mine);
      expect(detail?.lastGood?.id).toBe(mine);
    });

    it('compares a run with the one before and with the last good one', async () => {
      const good = await record(
        store,
        aSighting({ cluster, createdAt: minute(1) }),
        anOutcome({ parameters: [{ name: 'a', value: '1', source: 'run' }] }),
      );
      const bad = await record(
        store,
        aSighting({ cluster, createdAt: minute(2) }),
        anOutcome({ state: 'Failed' }),
      );
      const id = await record(
        store,
        aSighting({ cluster, createdAt: minute(3) }),
      );
      await record(
        store,
        aSighting({ cluster, createdAt: minute(4) }),
        anOutcome(),
      );

      const detail = await store.getDetail(id, aFilter(cluster));
      expect(detail?.previous).toMatchObject({ id: bad, state: 'Failed' });
      expect(detail?.lastGood).toMatchObject({
        id: good,
        parameters: [{ name: 'a', value: '1', source: 'run' }],
      });
      expect(
        (await store.getDetail(good, aFilter(cluster)))?.previous,
      ).toBeUndefined();
      // Somebody who sees no other run compares with none.
      for (const visible of [undefined, aFilter(cluster, { places: [] })]) {
        const alone = await store.getDetail(id, visible);
        expect(alone).not.toHaveProperty('previous');
        expect(alone).not.toHaveProperty('lastGood');
      }
    });

    it('deletes finished runs by age and by number, and nothing else', async () => {
      const old = await record(
        store,
        aSighting({ cluster, createdAt: '2020-01-01T00:00:00Z' }),
        anOutcome({ finishedAt: '2020-01-01T00:01:00Z' }),
      );
      const open = await record(
        store,
        aSighting({ cluster, createdAt: '2020-01-01T00:00:00Z' }),
      );
      const kept = await record(store, aSighting({ cluster }), anOutcome());
      expect(
        await store.prune({ before: '2020-06-01T00:00:00Z', limit: 100 }),
      ).toBeGreaterThanOrEqual(1);
      expect(await store.get(old)).toBeUndefined();
      expect(await store.get(open)).toBeDefined();
      expect(await store.get(kept)).toBeDefined();

      const definitionName = `crowded-${cluster}`.slice(0, 60);
      const crowd: string[] = [];
      for (let n = 0; n < 5; n++) {
        crowd.push(
          await record(
            store,
            aSighting({ cluster, definitionName, createdAt: minute(n) }),
            n === 0 ? anUpdate() : anOutcome(),
          ),
        );
      }
      expect(
        await store.prune({ keepPerDefinition: 2, limit: 1000 }),
      ).toBeGreaterThanOrEqual(2);
      const left = await Promise.all(crowd.map(id => store.get(id)));
      expect(left.map(run => run?.id)).toEqual([
        crowd[0],
        undefined,
        undefined,
        crowd[3],
        crowd[4],
      ]);
    });
  });
}
