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
import type { RunStore } from '../history/RunStore';
import {
  anOutcome,
  aReservation,
  aSighting,
  at,
  entityOf,
} from './historyBuilders';

/** What a RunStore promises about runs that people ask for. */
export function describeRunRequests(
  createStore: () => Promise<RunStore>,
): void {
  describe('requests', () => {
    let store: RunStore;
    let cluster: string;
    beforeEach(async () => {
      store = await createStore();
      cluster = `cluster-${randomUUID()}`;
    });

    it('reserves a run that tells who asked, for what and with what', async () => {
      const reservation = aReservation({
        cluster,
        taskSpec: { taskDefinition: 'smoke-test', retries: 2 },
        context: { workloadName: 'checkout', workloadVersion: '2.4.0' },
      });
      expect(await store.reserve(reservation)).toEqual({
        runId: reservation.id,
        created: true,
      });
      expect(await store.get(reservation.id)).toMatchObject({
        entityRef: entityOf(cluster),
        state: 'Pending',
        version: '2.4.0',
        trigger: { source: 'portal', by: 'user:default/ann' },
      });
      expect(await store.getTaskSpec(reservation.id)).toEqual({
        taskDefinition: 'smoke-test',
        retries: 2,
      });
    });

    it('joins the task that names its run', async () => {
      const reservation = aReservation({ cluster });
      await store.reserve(reservation);
      const sighting = aSighting({
        cluster,
        taskName: reservation.taskName,
        runId: reservation.id,
      });
      expect((await store.sight(sighting)).id).toBe(reservation.id);
      expect((await store.sight(sighting)).id).toBe(reservation.id);
      expect(await store.getDetail(reservation.id)).toMatchObject({
        run: { trigger: { source: 'portal', by: 'user:default/ann' } },
        taskUid: sighting.uid,
      });
    });

    it.each([
      ['another name', { taskName: 'other' }],
      ['another namespace', { namespace: 'other' }],
      ['no uuid', { runId: 'not-a-uuid' }],
    ])('does not believe a task with %s', async (_, difference) => {
      const reservation = aReservation({ cluster });
      await store.reserve(reservation);
      const { id } = await store.sight(
        aSighting({
          cluster,
          taskName: reservation.taskName,
          runId: reservation.id,
          ...difference,
        }),
      );
      expect(id).not.toBe(reservation.id);
      expect((await store.get(id))?.trigger.source).toBe('cluster');
    });

    it('joins one task only', async () => {
      const reservation = aReservation({ cluster });
      await store.reserve(reservation);
      const claim = {
        cluster,
        taskName: reservation.taskName,
        runId: reservation.id,
      };
      const first = await store.sight(aSighting(claim));
      const second = await store.sight(aSighting(claim));
      expect(first.id).toBe(reservation.id);
      expect(second.id).not.toBe(reservation.id);
    });

    it('answers a repeated key with the same run, also at the same time', async () => {
      const idempotencyKey = `key-${cluster}`;
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.reserve(aReservation({ cluster, idempotencyKey })),
        ),
      );
      const later = await store.reserve(
        aReservation({ cluster, idempotencyKey }),
      );
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(later.created).toBe(false);
      expect(new Set([...answers, later].map(({ runId }) => runId)).size).toBe(
        1,
      );
      expect(await store.listUnfinished(cluster)).toHaveLength(1);
    });

    it('ends a reservation whose task could not be created', async () => {
      const { id } = aReservation({ cluster });
      await store.reserve(aReservation({ cluster, id }));
      await store.failReservation(
        id,
        'CreateRefused',
        'It was refused.',
        at('10:00:02'),
      );
      await store.failReservation(id, 'Other', 'Again.', at('10:00:03'));
      expect(await store.get(id)).toMatchObject({
        state: 'Failed',
        reason: 'CreateRefused',
        message: 'It was refused.',
        finishedAt: at('10:00:02'),
      });
    });

    it('does not end a reservation whose task was seen', async () => {
      const reservation = aReservation({ cluster });
      await store.reserve(reservation);
      await store.sight(
        aSighting({
          cluster,
          taskName: reservation.taskName,
          runId: reservation.id,
        }),
      );
      await store.failReservation(
        reservation.id,
        'CreateRefused',
        'No answer.',
        at('10:00:02'),
      );
      expect((await store.get(reservation.id))?.state).toBe('Pending');
    });

    it('knows the reservations that wait for their task', async () => {
      const early = aReservation({ cluster, createdAt: at('09:00:00') });
      const joined = aReservation({ cluster, createdAt: at('09:00:00') });
      const late = aReservation({ cluster, createdAt: at('11:00:00') });
      for (const one of [early, joined, late]) await store.reserve(one);
      await store.sight(
        aSighting({ cluster, taskName: joined.taskName, runId: joined.id }),
      );
      const pending = await store.pendingReservations(at('10:00:00'));
      expect(pending.filter(one => one.cluster === cluster)).toEqual([
        { id: early.id, cluster, namespace: 'shop', taskName: early.taskName },
      ]);
    });

    it('remembers that somebody asked to cancel, while the run is under way', async () => {
      const { id } = aReservation({ cluster });
      await store.reserve(aReservation({ cluster, id }));
      await store.requestCancel(id);
      expect((await store.get(id))?.cancelRequested).toBe(true);

      const { id: ended } = await store.sight(aSighting({ cluster }));
      await store.update(ended, anOutcome());
      await store.requestCancel(ended);
      expect((await store.get(ended))?.cancelRequested).toBeFalsy();
    });

    it('has nothing under an id that is not known', async () => {
      for (const id of [randomUUID(), 'nonsense']) {
        expect(await store.get(id)).toBeUndefined();
        expect(await store.getDetail(id)).toBeUndefined();
        expect(await store.getTaskSpec(id)).toBeUndefined();
      }
    });
  });
}
