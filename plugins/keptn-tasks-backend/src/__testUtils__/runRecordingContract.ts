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
import { anOutcome, anUpdate, aSighting, at, record } from './historyBuilders';

/** What a RunStore promises to the reconciler. */
export function describeRunRecording(
  createStore: () => Promise<RunStore>,
): void {
  describe('recording', () => {
    let store: RunStore;
    let cluster: string;
    beforeEach(async () => {
      store = await createStore();
      cluster = `cluster-${randomUUID()}`;
    });

    it('adds one run for a task, however often and by how many it is seen', async () => {
      const sighting = aSighting({ cluster });
      const seen = await Promise.all(
        Array.from({ length: 20 }, () => store.sight(sighting)),
      );
      const again = await store.sight({
        ...sighting,
        createdAt: at('11:00:00'),
      });

      expect(new Set([...seen, again].map(run => run.id)).size).toBe(1);
      expect(again).toEqual({
        id: seen[0].id,
        state: 'Pending',
        logsStored: false,
      });
    });

    it('keeps tasks of two clusters apart, even under one uid', async () => {
      const one = aSighting({ cluster });
      const id = await record(store, one);
      const other = await record(store, {
        ...one,
        cluster: `${cluster}-other`,
      });
      expect(other).not.toBe(id);
    });

    it('tells what was seen', async () => {
      const id = await record(
        store,
        aSighting({
          cluster,
          phase: 'pre',
          version: '2.4.0',
          context: { appName: 'shop', workloadName: 'checkout' },
          trigger: { source: 'release' },
        }),
      );
      expect(await store.get(id)).toMatchObject({
        id,
        cluster,
        namespace: 'shop',
        definition: { name: 'smoke-test' },
        phase: 'pre',
        version: '2.4.0',
        context: { appName: 'shop', workloadName: 'checkout' },
        state: 'Pending',
        attempts: 0,
        trigger: { source: 'release' },
        createdAt: at('10:00:00'),
      });
    });

    it('stores what a look has found', async () => {
      const id = await record(store, aSighting({ cluster }));
      await store.update(id, anUpdate({ jobIntentAt: at('10:00:00') }));
      const recorded = await store.update(
        id,
        anUpdate({
          reason: 'WaitingForImage',
          message: 'The image is being pulled.',
          jobName: 'smoke-test-0123456789',
          jobUid: 'job-uid',
          runner: 'deno',
          image: 'denoland/deno:2',
          definition: { name: 'smoke-test', namespace: 'shop', hash: 'h1' },
          definitionSnapshot: 'kind: KeptnTaskDefinition\n',
          parameters: [{ name: 'url', value: 'http://x', source: 'run' }],
          secureParameters: 'token',
          maxAttempts: 3,
          timeoutSeconds: 300,
          attempts: [{ number: 1, state: 'Running', podName: 'pod-1' }],
        }),
      );
      expect(recorded).toEqual({
        id,
        state: 'Progressing',
        reason: 'WaitingForImage',
        message: 'The image is being pulled.',
        jobIntentAt: at('10:00:00'),
        jobUid: 'job-uid',
        logsStored: false,
        attempts: [{ number: 1, podName: 'pod-1' }],
      });
      expect(await store.getDetail(id)).toMatchObject({
        run: {
          state: 'Progressing',
          startedAt: at('10:00:01'),
          runner: 'deno',
          definition: { name: 'smoke-test', namespace: 'shop', hash: 'h1' },
          attempts: 1,
        },
        jobName: 'smoke-test-0123456789',
        image: 'denoland/deno:2',
        parameters: [{ name: 'url', value: 'http://x', source: 'run' }],
        secureParameters: 'token',
        maxAttempts: 3,
        timeoutSeconds: 300,
        definitionSnapshot: 'kind: KeptnTaskDefinition\n',
        attempts: [{ number: 1, state: 'Running', podName: 'pod-1' }],
      });
    });

    it('keeps outcome, reason and times of a finished run, whatever is told later', async () => {
      const id = await record(
        store,
        aSighting({ cluster }),
        anOutcome({
          state: 'Failed',
          reason: 'ExitCode',
          message: 'It ended with 1.',
        }),
      );
      await store.update(id, anUpdate({ startedAt: at('12:00:00') }));
      const recorded = await store.update(
        id,
        anOutcome({ finishedAt: at('12:00:00'), reason: 'JobLost' }),
      );
      expect(recorded).toMatchObject({
        state: 'Failed',
        reason: 'ExitCode',
        message: 'It ended with 1.',
        finishedAt: at('10:00:05'),
      });
      expect((await store.get(id))?.startedAt).toBe(at('10:00:01'));
    });

    it('lets the first of two outcomes stand that arrive together', async () => {
      const id = await record(store, aSighting({ cluster }), anUpdate());
      const results = await Promise.all([
        store.update(id, anOutcome()),
        store.update(id, anOutcome({ state: 'Failed', reason: 'JobLost' })),
      ]);
      const { state } = (await store.get(id))!;
      expect(results.map(run => run.state)).toEqual([state, state]);
    });

    it('remembers which Pod each attempt had', async () => {
      const sighting = aSighting({ cluster });
      const id = await record(
        store,
        sighting,
        anUpdate({
          attempts: [
            { number: 1, state: 'Failed', podName: 'pod-a' },
            { number: 2, state: 'Running', podName: 'pod-b' },
          ],
        }),
      );
      const attempts = [
        { number: 1, podName: 'pod-a' },
        { number: 2, podName: 'pod-b' },
      ];
      expect((await store.sight(sighting)).attempts).toEqual(attempts);
      const { attempts: after } = await store.update(
        id,
        anUpdate({ attempts: [{ number: 2, state: 'Succeeded' }] }),
      );
      expect(after).toEqual(attempts);
    });

    it('completes the attempts of a finished run', async () => {
      const id = await record(
        store,
        aSighting({ cluster }),
        anOutcome({
          attempts: [{ number: 1, state: 'Running', podName: 'pod-1' }],
        }),
      );
      await store.saveAttempt(id, {
        number: 1,
        state: 'Succeeded',
        exitCode: 0,
        finishedAt: at('10:00:05'),
      });
      expect((await store.getDetail(id))?.attempts).toEqual([
        expect.objectContaining({
          number: 1,
          state: 'Succeeded',
          podName: 'pod-1',
          exitCode: 0,
        }),
      ]);
    });

    it('keeps what was known of an attempt when its Pod is gone', async () => {
      const id = await record(
        store,
        aSighting({ cluster }),
        anUpdate({
          attempts: [
            { number: 1, state: 'Failed', podName: 'pod-1', exitCode: 3 },
          ],
        }),
      );
      await store.update(
        id,
        anUpdate({ attempts: [{ number: 1, state: 'Pending' }] }),
      );
      expect((await store.getDetail(id))?.attempts).toEqual([
        expect.objectContaining({
          state: 'Failed',
          podName: 'pod-1',
          exitCode: 3,
        }),
      ]);
    });

    it('tells each step once, in order', async () => {
      const start = await store.lastSequence();
      const id = await record(store, aSighting({ cluster }));
      await store.update(id, anUpdate());
      await store.update(id, anUpdate());
      await store.update(
        id,
        anUpdate({ reason: 'Unschedulable', message: 'No node.' }),
      );
      await store.update(id, anOutcome());
      await store.update(id, anOutcome());

      const steps = (await store.transitionsAfter(start, 100)).filter(
        step => step.runId === id,
      );
      expect(steps).toHaveLength(4);
      expect(steps.map(step => step.sequence)).toEqual(
        [...steps.map(step => step.sequence)].sort((a, b) => a - b),
      );
      expect(steps[0]).toMatchObject({ cluster, namespace: 'shop' });
      expect((await store.getDetail(id))?.transitions).toEqual([
        { at: at('10:00:00'), state: 'Pending' },
        { at: at('10:00:01'), state: 'Progressing' },
        expect.objectContaining({
          state: 'Progressing',
          reason: 'Unschedulable',
        }),
        { at: at('10:00:05'), state: 'Succeeded' },
      ]);
      expect(await store.lastSequence()).toBe(start + 4);
    });

    it('knows which tasks need no look any more', async () => {
      const [open, ended, settled] = ['a', 'b', 'c'].map(name =>
        aSighting({ cluster, uid: `${cluster}-${name}` }),
      );
      await record(store, open);
      await record(store, ended, anOutcome());
      await store.setLogsStored(await record(store, settled, anOutcome()));

      expect(
        await store.settled(cluster, [
          open.uid,
          ended.uid,
          settled.uid,
          'none',
        ]),
      ).toEqual(new Set([settled.uid]));
      expect(await store.settled('another', [settled.uid])).toEqual(new Set());
    });

    it('imports finished tasks as history, without telling anybody', async () => {
      const known = aSighting({ cluster });
      const id = await record(store, known, anUpdate());
      const unknown = aSighting({ cluster });
      const start = await store.lastSequence();

      await store.importFinished([
        { sighting: known, update: anOutcome() },
        {
          sighting: unknown,
          update: anOutcome({ attempts: [{ number: 1, state: 'Succeeded' }] }),
        },
      ]);

      expect((await store.get(id))?.state).toBe('Progressing');
      const imported = await store.sight(unknown);
      expect(imported).toMatchObject({
        state: 'Succeeded',
        finishedAt: at('10:00:05'),
        logsStored: true,
      });
      expect(await store.getDetail(imported.id)).toMatchObject({
        attempts: [{ number: 1, state: 'Succeeded' }],
        transitions: [{ at: at('10:00:05'), state: 'Succeeded' }],
      });
      expect(await store.lastSequence()).toBe(start);
    });

    it('ends the run of a deleted task, unless it had ended', async () => {
      const open = aSighting({ cluster });
      const ended = aSighting({ cluster });
      const openId = await record(store, open, anUpdate());
      const endedId = await record(store, ended, anOutcome());
      await store.taskDeleted(cluster, open.uid, at('10:30:00'));
      await store.taskDeleted(cluster, ended.uid, at('10:30:00'));
      await store.taskDeleted(cluster, 'never-seen', at('10:30:00'));

      expect(await store.get(openId)).toMatchObject({
        state: 'Failed',
        reason: 'TaskDeleted',
        finishedAt: at('10:30:00'),
      });
      expect((await store.get(endedId))?.state).toBe('Succeeded');
      expect((await store.getDetail(openId))?.transitions.at(-1)).toMatchObject(
        {
          state: 'Failed',
          reason: 'TaskDeleted',
        },
      );
    });

    it('lists what is unfinished in a cluster', async () => {
      const open = aSighting({ cluster });
      const id = await record(store, open, anUpdate());
      await record(store, aSighting({ cluster }), anOutcome());
      await record(store, aSighting({ cluster: `${cluster}-other` }));

      expect(await store.listUnfinished(cluster)).toEqual([
        { id, uid: open.uid, namespace: 'shop', taskName: open.taskName },
      ]);
    });

    it('takes text that a database would refuse', async () => {
      const id = await record(
        store,
        aSighting({ cluster }),
        anOutcome({
          state: 'Failed',
          message: 'printed \u0000 and "quotes" ’',
        }),
      );
      expect((await store.get(id))?.message).toMatch(
        /^printed .* and "quotes" ’$/,
      );
    });

    it('refuses an update of a run that does not exist', async () => {
      await expect(store.update(randomUUID(), anUpdate())).rejects.toThrow(
        'There is no run',
      );
    });
  });
}
