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
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseStore } from '../history/ReleaseStore';
import type { RunStore } from '../history/RunStore';
import { anOutcome, aSighting, at } from './historyBuilders';
import {
  anAppRelease,
  aRelease,
  ended,
  later,
  phasesWith,
} from './releaseBuilders';

/** What a ReleaseStore promises about what it is told. */
export function describeReleaseRecording(
  createStores: () => Promise<{ releases: ReleaseStore; runs: RunStore }>,
): void {
  describe('recording', () => {
    let store: ReleaseStore;
    let runs: RunStore;
    let cluster: string;
    beforeEach(async () => {
      ({ releases: store, runs } = await createStores());
      cluster = `cluster-${randomUUID()}`;
    });

    const stepsSince = (sequence: number) =>
      store.transitionsAfter(sequence, 1000);

    it('returns what was saved', async () => {
      const sighting = aRelease({
        cluster,
        previousVersion: '2.3.9',
        notes: ['Its checks passed before.'],
        hold: {
          reason: 'TaskFailed',
          message: 'smoke-test failed',
          since: at('10:00:05'),
          gateReleasable: true,
        },
        gatedPods: { count: 3, names: ['a', 'b', 'c'], since: at('10:00:00') },
        rollout: { kind: 'Deployment', name: 'checkout', desired: 3 },
      });
      const id = await store.save(sighting);
      expect(await store.get(id)).toEqual({ id, ...sighting.release });
      expect(await store.get(randomUUID())).toBeUndefined();
      expect(await store.get('nonsense')).toBeUndefined();
    });

    it('has one release for each attempt of an object, and writes nothing when nothing changed', async () => {
      const before = await store.lastSequence();
      const first = aRelease({ cluster });
      const id = await store.save(first);
      const [again, atOnce] = await Promise.all([
        store.save(structuredClone(first)),
        store.save(first),
      ]);
      expect([again, atOnce]).toEqual([id, id]);
      expect(await stepsSince(before)).toEqual([
        {
          sequence: before + 1,
          releaseId: id,
          cluster,
          namespace: 'shop',
          kind: 'workload',
          appName: 'shop',
          workloadName: 'shop-checkout',
        },
      ]);
      const second = await store.save(later(first, { attempt: 2 }));
      expect(second).not.toBe(id);
    });

    it.each<[string, Partial<Release>]>([
      ['the state', { state: 'Pending' }],
      ['the phase', { phase: 'deployment' }],
      [
        'a hold',
        {
          hold: {
            reason: 'X',
            message: 'Waits.',
            since: at('10:00:05'),
            gateReleasable: false,
          },
        },
      ],
      [
        'an item',
        {
          phases: phasesWith([
            { definition: 'smoke-test', kind: 'task', state: 'Succeeded' },
          ]),
        },
      ],
      ['the number of gated Pods', { gatedPods: { count: 2, names: [] } }],
    ])('tells a step when %s changes', async (_, change) => {
      const sighting = aRelease({ cluster });
      const id = await store.save(sighting);
      const before = await store.lastSequence();
      await store.save(later(sighting, change));
      expect(await stepsSince(before)).toMatchObject([{ releaseId: id }]);
      expect(await store.get(id)).toMatchObject(change);
    });

    it('keeps the outcome and the times of a finished release, whatever is saved later (D-34, D-35)', async () => {
      const sighting = aRelease({ cluster });
      const failed = later(
        sighting,
        ended('Failed', {
          phase: 'preTasks',
          reason: 'TaskFailed',
          message: 'smoke-test failed',
          notes: ['One.'],
        }),
      );
      const id = await store.save(failed);
      await store.save(
        later(sighting, {
          ...ended('Succeeded', { finishedAt: at('11:00:00') }),
          notes: ['Two.'],
          gateReleased: {
            by: 'user:default/ann',
            reason: 'r',
            at: at('12:00:00'),
          },
          gatedPods: { count: 1, names: ['a'] },
        }),
      );
      await store.save(sighting);
      expect(await store.get(id)).toEqual({
        id,
        ...failed.release,
        notes: ['One.', 'Two.'],
        gateReleased: {
          by: 'user:default/ann',
          reason: 'r',
          at: at('12:00:00'),
        },
      });
    });

    it('gives a release that was never told its end the time at which it was seen', async () => {
      const id = await store.save(
        aRelease({ cluster, ...ended('Succeeded', { finishedAt: undefined }) }),
      );
      const { finishedAt } = (await store.get(id))!;
      expect(Date.now() - Date.parse(finishedAt!)).toBeLessThan(60_000);
    });

    it('ends what is unfinished when its object is deleted, and lets nothing be held by it any more', async () => {
      const hold = {
        reason: 'X',
        message: 'Waits.',
        since: at('10:00:05'),
        gateReleasable: true,
      };
      const unfinished = aRelease({ cluster, hold });
      const finished = later(aRelease({ cluster, version: '1' }), {
        ...ended('Failed', { message: 'smoke-test failed' }),
        hold,
      });
      const ids = [await store.save(unfinished), await store.save(finished)];
      for (const { uid } of [unfinished, finished]) {
        await store.objectDeleted(cluster, uid, at('10:07:00'));
      }
      await store.objectDeleted(cluster, 'unknown', at('10:07:00'));
      const gone = await store.get(ids[0]);
      expect(gone).toMatchObject({
        state: 'Deprecated',
        reason: 'ObjectDeleted',
        finishedAt: at('10:07:00'),
        message: expect.stringMatching(/shop-checkout-2.4.0 was deleted/),
      });
      expect(gone!.hold).toBeUndefined();
      expect(gone!.phases[0]).toMatchObject({
        state: 'Deprecated',
        items: [{ state: 'Deprecated' }],
      });
      const kept = await store.get(ids[1]);
      expect(kept).toMatchObject({
        state: 'Failed',
        message: 'smoke-test failed',
        finishedAt: at('10:05:00'),
      });
      expect(kept!.hold).toBeUndefined();
    });

    it('lists the objects that have to be there still: unfinished ones, and those that are asked for now', async () => {
      const old = aRelease({ cluster, version: '1', ...ended() });
      const current = aRelease({ cluster, version: '2', ...ended() });
      const under = anAppRelease({ cluster });
      for (const one of [old, current, under]) await store.save(one);
      await store.activate(cluster, current.uid, at('10:10:00'));
      const uids = (await store.listUnfinished(cluster)).map(({ uid }) => uid);
      expect(uids.sort()).toEqual([current.uid, under.uid].sort());
      await store.objectDeleted(cluster, current.uid, at('10:11:00'));
      await store.objectDeleted(cluster, under.uid, at('10:11:00'));
      expect(await store.listUnfinished(cluster)).toEqual([]);
    });

    it('saves a thousand finished versions in a moment, and does not write them again', async () => {
      const versions = Array.from({ length: 1000 }, (_, n) =>
        aRelease({ cluster, version: `1.0.${n}`, ...ended() }),
      );
      const before = await store.lastSequence();
      const ids = await Promise.all(versions.map(one => store.save(one)));
      expect(new Set(ids).size).toBe(1000);
      const after = await store.lastSequence();
      expect(after).toBe(before + 1000);
      expect(await Promise.all(versions.map(one => store.save(one)))).toEqual(
        ids,
      );
      expect(await store.lastSequence()).toBe(after);
    });

    it('takes a NUL, which PostgreSQL does not', async () => {
      const id = await store.save(
        aRelease({ cluster, ...ended('Failed', { message: 'a\u0000b' }) }),
      );
      expect((await store.get(id))!.state).toBe('Failed');
      expect((await store.getDetail(id))!.steps).toHaveLength(1);
    });

    it('fills in the runs of tasks, of items and of a hold, from the same place only', async () => {
      const items = ['a', 'b'].map(name => ({
        definition: `check-${name}`,
        kind: 'task' as const,
        name: `pre-${name}-${cluster.slice(-5)}`,
        state: 'Progressing' as const,
      }));
      const evaluation = {
        definition: 'slo',
        kind: 'evaluation' as const,
        name: items[0].name,
        state: 'Pending' as const,
      };
      const id = await store.save(
        aRelease({
          cluster,
          phases: phasesWith([...items, evaluation]),
          hold: {
            reason: 'TaskWaits',
            message: 'check-a waits',
            since: at('10:00:05'),
            phase: 'preTasks',
            definition: 'check-a',
            gateReleasable: false,
          },
        }),
      );
      const task = { cluster, taskName: items[0].name, phase: 'pre' as const };
      await runs.sight(aSighting({ ...task, namespace: 'elsewhere' }));
      const run = await runs.sight(aSighting(task));
      await runs.update(
        run.id,
        anOutcome({ attempts: [{ number: 1, state: 'Succeeded' }] }),
      );

      const release = (await store.get(id))!;
      expect(release.phases[0].items).toEqual([
        { ...items[0], runId: run.id },
        items[1],
        evaluation,
      ]);
      expect(release.hold!.runId).toBe(run.id);
      const place = { cluster, namespace: 'shop' };
      const [{ current }] = await store.current([place], { previous: 0 });
      expect(current).toEqual(release);
      const { items: listed } = await store.list(
        { places: [place] },
        { limit: 1 },
      );
      expect(listed).toEqual([release]);
      expect((await store.getDetail(id))!.runs).toMatchObject([
        {
          run: { id: run.id, state: 'Succeeded' },
          attempts: [{ number: 1, state: 'Succeeded' }],
        },
      ]);
    });

    it('tells the steps of a release once each, oldest first, at the time when they happened', async () => {
      const sighting = aRelease({
        cluster,
        state: 'Pending',
        phase: undefined,
      });
      const id = await store.save(sighting);
      const phases = phasesWith([], {
        preTasks: { startedAt: at('10:00:03') },
      });
      await store.save(
        later(sighting, { state: 'Progressing', phase: 'preTasks', phases }),
      );
      // Nothing that people would call a step.
      await store.save(
        later(sighting, {
          state: 'Progressing',
          phase: 'preTasks',
          phases,
          gatedPods: { count: 1, names: [] },
        }),
      );
      await store.save(
        later(
          sighting,
          ended('Failed', { phase: 'preTasks', message: 'smoke-test failed' }),
        ),
      );
      expect((await store.getDetail(id))!.steps).toEqual([
        { at: at('10:00:00'), state: 'Pending' },
        { at: at('10:00:03'), state: 'Progressing', phase: 'preTasks' },
        {
          at: at('10:05:00'),
          state: 'Failed',
          phase: 'preTasks',
          message: 'smoke-test failed',
        },
      ]);
    });
  });
}
