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
import type { ReleaseFilter, ReleaseStore } from '../history/ReleaseStore';
import { at } from './historyBuilders';
import { anAppRelease, aRelease, ended, later } from './releaseBuilders';

const minute = (n: number) => at(`10:${String(n).padStart(2, '0')}:00`);

/** What a ReleaseStore promises about lists, about what is asked for now, and about what is forgotten. */
export function describeReleaseLists(
  createStores: () => Promise<{ releases: ReleaseStore }>,
): void {
  describe('lists', () => {
    let store: ReleaseStore;
    let cluster: string;
    let place: { cluster: string; namespace: string };
    beforeEach(async () => {
      ({ releases: store } = await createStores());
      cluster = `cluster-${randomUUID()}`;
      place = { cluster, namespace: 'shop' };
    });

    const ids = async (filter: Partial<ReleaseFilter> = {}) =>
      (
        await store.list({ places: [place], ...filter }, { limit: 100 })
      ).items.map(({ id }) => id);
    const current = (
      places: ReleaseFilter['places'] = [place],
      previous = 5,
      previousOf?: 'app' | 'workload',
    ) => store.current(places, { previous, previousOf });
    /** Saves versions of a workload a minute apart. */
    const saveVersions = async (...versions: string[]) => {
      const sightings = versions.map((version, n) =>
        aRelease({ cluster, version, createdAt: minute(n), ...ended() }),
      );
      const saved: string[] = [];
      for (const one of sightings) saved.push(await store.save(one));
      return { sightings, ids: saved };
    };

    it('pages newest first without losing or repeating a release, also those of one millisecond', async () => {
      const all: string[] = [];
      for (let n = 0; n < 13; n++) {
        const createdAt = minute(Math.floor(n / 5));
        const workloadName = `shop-${n % 3}`;
        all.push(
          await store.save(aRelease({ cluster, createdAt, workloadName })),
        );
      }
      await store.save(aRelease({ cluster, namespace: 'elsewhere' }));
      for (const filter of [
        { places: [place] },
        { places: [place], appName: 'shop' },
        { places: [place, { ...place, workloadName: 'shop-1' }] },
        {
          places: [place],
          states: ['Progressing' as const, 'Failed' as const],
        },
      ]) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.list(filter, { limit: 4, cursor });
          expect(page.items.length).toBeLessThanOrEqual(4);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toEqual([...all].reverse());
      }
    });

    it('finds by kind, app, workload, version and state', async () => {
      const app = await store.save(
        anAppRelease({ cluster, createdAt: minute(1) }),
      );
      const done = await store.save(
        aRelease({
          cluster,
          version: '1',
          createdAt: minute(2),
          ...ended('Failed'),
        }),
      );
      const other = await store.save(
        aRelease({
          cluster,
          appName: 'pay',
          workloadName: 'pay-api',
          createdAt: minute(3),
        }),
      );
      expect(await ids({ kind: 'app' })).toEqual([app]);
      expect(await ids({ kind: 'workload' })).toEqual([other, done]);
      expect(await ids({ appName: 'shop' })).toEqual([done, app]);
      expect(await ids({ workloadName: 'pay-api' })).toEqual([other]);
      expect(await ids({ version: '1' })).toEqual([done]);
      expect(await ids({ states: ['Failed'] })).toEqual([done]);
      expect(await ids({ states: ['Failed'], kind: 'workload' })).toEqual([
        done,
      ]);
      expect(await ids({ states: ['Deprecated'] })).toEqual([]);
      expect(await ids({ places: [] })).toEqual([]);
    });

    it('shows a place that is about one workload that one, and of apps only its own', async () => {
      const app = await store.save(
        anAppRelease({ cluster, createdAt: minute(1) }),
      );
      const checkout = await store.save(
        aRelease({ cluster, createdAt: minute(2) }),
      );
      await store.save(aRelease({ cluster, workloadName: 'shop-cart' }));
      await store.save(anAppRelease({ cluster, appName: 'pay' }));
      const own = { ...place, workloadName: 'shop-checkout' };
      expect(await ids({ places: [own] })).toEqual([checkout, app]);
      expect(await ids({ places: [{ ...own, appName: 'pay' }] })).toEqual([]);
      expect((await current([own])).map(one => one.current.id).sort()).toEqual(
        [app, checkout].sort(),
      );
    });

    it('stays complete with more apps and workloads than are looked up one by one', async () => {
      const saved = await Promise.all(
        Array.from({ length: 70 }, (_, n) =>
          store.save(aRelease({ cluster, workloadName: `shop-${n}` })),
        ),
      );
      expect((await ids({ kind: 'workload' })).sort()).toEqual(saved.sort());
      expect(await ids({ kind: 'workload', states: ['Failed'] })).toEqual([]);
      expect(await current()).toHaveLength(70);
    });

    it('has what was activated last as the current release, and after a rollback the older one', async () => {
      const { sightings, ids: saved } = await saveVersions('1', '2', '3');
      await store.activate(cluster, sightings[2].uid, minute(10));
      expect(await current()).toMatchObject([
        {
          current: { id: saved[2], activatedAt: minute(10) },
          previous: [{ id: saved[1] }, { id: saved[0] }],
        },
      ]);
      await store.activate(cluster, sightings[0].uid, minute(20));
      expect(await current(undefined, 1)).toMatchObject([
        { current: { id: saved[0] }, previous: [{ id: saved[2] }] },
      ]);
      expect(await store.getObject(saved[0])).toEqual({
        uid: sightings[0].uid,
        attempt: 1,
        current: true,
      });
      expect((await store.getObject(saved[2]))!.current).toBe(false);
      expect(await store.getObject(randomUUID())).toBeUndefined();
    });

    it('writes nothing when a release is told again to be the current one', async () => {
      const { sightings } = await saveVersions('1', '2');
      await store.activate(cluster, sightings[1].uid, minute(10));
      const last = await store.lastSequence();
      await store.activate(cluster, sightings[1].uid, minute(11));
      expect(await store.lastSequence()).toBe(last);
      // Also when clocks differ, what is told last counts.
      await store.activate(cluster, sightings[0].uid, minute(5));
      expect(await store.lastSequence()).toBe(last + 1);
      expect((await current())[0].current.version).toBe('1');
    });

    it('remembers an activation that comes before its release', async () => {
      const { sightings } = await saveVersions('1');
      await store.activate(cluster, sightings[0].uid, minute(30));
      const early = aRelease({ cluster, version: '2', createdAt: minute(30) });
      await store.activate(cluster, early.uid, minute(31));
      await store.save({
        ...early,
        release: { ...early.release, createdAt: minute(29) },
      });
      expect((await current())[0].current).toMatchObject({
        version: '2',
        activatedAt: minute(31),
      });
    });

    it('has a release that was not activated yet as the current one from its creation on', async () => {
      const { sightings } = await saveVersions('1');
      await store.activate(cluster, sightings[0].uid, minute(5));
      const id = await store.save(
        aRelease({ cluster, version: '2', createdAt: minute(6) }),
      );
      expect((await current())[0].current.id).toBe(id);
    });

    it('lets a new attempt take the place of the one before it', async () => {
      const { sightings } = await saveVersions('1', '2');
      await store.activate(cluster, sightings[1].uid, minute(10));
      const again = later(sightings[1], {
        attempt: 2,
        state: 'Progressing',
        finishedAt: undefined,
      });
      const id = await store.save(again);
      const [{ current: now, previous }] = await current();
      expect(now).toMatchObject({ id, attempt: 2, activatedAt: minute(10) });
      expect(
        previous.map(({ version, attempt }) => [version, attempt]),
      ).toEqual([
        ['2', 1],
        ['1', 1],
      ]);
      // One that is asked for no more stays that way.
      await store.save(
        later(sightings[0], { attempt: 2, createdAt: minute(50) }),
      );
      expect((await current())[0].current.id).toBe(id);
    });

    it('lists a further attempt where it began, not where its object was made', async () => {
      const { sightings, ids: saved } = await saveVersions('1', '2');
      const again = await store.save(
        later(sightings[0], {
          attempt: 2,
          state: 'Progressing',
          startedAt: minute(30),
        }),
      );
      expect(await ids()).toEqual([again, saved[1], saved[0]]);
      expect(await store.get(again)).toMatchObject({ createdAt: minute(30) });
    });

    it('has no current release of a workload that was removed, until it is there again', async () => {
      const sighting = aRelease({ cluster, ...ended() });
      const id = await store.save(sighting);
      await store.objectDeleted(cluster, sighting.uid, minute(6));
      expect(await current()).toEqual([]);
      expect(await ids()).toEqual([id]);
      await store.save(sighting);
      expect(await current()).toHaveLength(1);
    });

    it('gives earlier releases of one kind only when asked to', async () => {
      await saveVersions('1', '2');
      await store.save(
        anAppRelease({ cluster, version: '1', createdAt: minute(1) }),
      );
      await store.save(
        anAppRelease({ cluster, version: '2', createdAt: minute(2) }),
      );
      const groups = await current(undefined, 5, 'app');
      expect(
        groups.map(one => [one.current.kind, one.previous.length]).sort(),
      ).toEqual([
        ['app', 1],
        ['workload', 0],
      ]);
    });

    it('joins an app with its workloads, and a workload with its app', async () => {
      const app = await store.save(
        anAppRelease({
          cluster,
          workloads: [
            {
              workloadName: 'shop-checkout',
              version: '2.4.0',
              state: 'Failed',
            },
            // As the KeptnApp has it.
            { workloadName: 'cart', version: '1.0.0-RC1', state: 'Pending' },
            { workloadName: 'unknown', version: '1', state: 'Pending' },
          ],
          ...ended('Failed', { finishedAt: minute(9) }),
        }),
      );
      const checkout = aRelease({
        cluster,
        ...ended('Failed'),
        startedAt: minute(1),
      });
      const first = await store.save(checkout);
      const second = await store.save(
        later(checkout, { attempt: 2, startedAt: minute(20) }),
      );
      const cart = await store.save(
        aRelease({ cluster, workloadName: 'shop-cart', version: '1.0.0-rc1' }),
      );
      await store.save(
        aRelease({ cluster, workloadName: 'shop-cart', version: '2' }),
      );

      const detail = (await store.getDetail(app))!;
      // Not the attempt that a later release of the app has led to.
      expect(detail.workloads.map(({ id }) => id)).toEqual([first, cart]);
      expect(detail.app).toBeUndefined();
      for (const id of [first, second, cart]) {
        const ofWorkload = (await store.getDetail(id))!;
        expect(ofWorkload.app?.id).toBe(app);
        expect(ofWorkload.workloads).toEqual([]);
      }
      expect((await store.getDetail(second))!.previous).toMatchObject([
        { id: first },
      ]);
      expect(await store.getDetail(randomUUID())).toBeUndefined();
    });

    it('keeps what is wrong with a workload until nothing is any more, and tells that through its release', async () => {
      const id = await store.save(aRelease({ cluster }));
      const problem = {
        kind: 'Deployment',
        name: 'checkout',
        appName: 'shop',
        workloadName: 'shop-checkout',
        messages: ['keptn.sh/pre-tasks is not known.'],
      };
      const nameless = {
        kind: 'DaemonSet',
        name: 'agent',
        messages: ['No name.'],
      };
      const last = await store.lastSequence();
      await store.saveProblems(cluster, 'shop', problem);
      await store.saveProblems(cluster, 'shop', problem);
      await store.saveProblems(cluster, 'shop', nameless);
      await store.saveProblems(cluster, 'elsewhere', problem);
      expect(await store.transitionsAfter(last, 10)).toMatchObject([
        { releaseId: id },
      ]);

      const stored = { ...place, ...problem };
      expect(await store.listProblems([place])).toEqual([
        { ...place, ...nameless },
        stored,
      ]);
      const own = { ...place, workloadName: 'shop-checkout' };
      expect(await store.listProblems([own])).toEqual([stored]);
      expect(await store.listProblems([{ ...place, appName: 'pay' }])).toEqual(
        [],
      );
      expect(await store.listProblems([])).toEqual([]);

      await store.saveProblems(cluster, 'shop', { ...problem, messages: [] });
      expect(await store.listProblems([own])).toEqual([]);
      expect((await store.getDetail(id))!.steps).toHaveLength(1);
    });

    it('forgets finished releases of the past, and never those that are asked for now', async () => {
      const { sightings, ids: saved } = await saveVersions('1', '2', '3');
      await store.activate(cluster, sightings[1].uid, minute(10));
      const gone = aRelease({ cluster, workloadName: 'shop-gone', ...ended() });
      await store.save(gone);
      await store.objectDeleted(cluster, gone.uid, minute(10));
      const open = await store.save(
        aRelease({ cluster, workloadName: 'shop-open', createdAt: minute(0) }),
      );
      const prune = async (before: string) => {
        while (await store.prune({ before, limit: 1000 }));
      };
      await prune(minute(1));
      expect(await ids()).toHaveLength(5);
      await prune(minute(30));
      expect((await ids()).sort()).toEqual([saved[1], open].sort());
    });
  });
}
