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

import { eventOf } from './support/eventsOf';
import { inBackground } from './support/inBackground';
import { onTerm, pod } from './support/objects';
import { pods } from './support/paths';
import { between, recordTimeline } from './support/timeline';
import type { Timeline } from './support/timeline';
import { untilReady } from './support/untilReady';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

describe('Deleting Pods', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let timeline: Timeline;
  beforeAll(async () => {
    timeline = await recordTimeline(api, namespace);
  });
  afterAll(() => timeline?.stop());
  const untilDeleted = (name: string) =>
    timeline.untilPod(name, 'deleted', (_, { type }) => type === 'DELETED');

  it('one without a node: goes at once, after one last change', async () => {
    await api.post(
      pods(namespace),
      pod('unscheduled', 'true', {
        nodeSelector: { 'conformance.example.test/none': 'none' },
      }),
    );
    const { status, body } = await api.delete(pods(namespace, 'unscheduled'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Pod',
      metadata: {
        deletionTimestamp: expect.any(String),
        deletionGracePeriodSeconds: 0,
      },
    });
    await untilDeleted('unscheduled');
    expect((await api.get(pods(namespace, 'unscheduled'))).status).toBe(404);
  });

  describeWithPods('that run', () => {
    const story = (
      name: string,
      script: string,
      spec: Record<string, any>,
      query: Record<string, any> = {},
    ) =>
      inBackground(async () => {
        await api.post(pods(namespace), pod(name, script, spec));
        await timeline.untilPod(
          name,
          'running',
          candidate =>
            candidate.status.containerStatuses?.[0]?.state.running !==
            undefined,
        );
        await untilReady(api, namespace, name);
        const answer = await api.delete(pods(namespace, name), undefined, {
          query,
        });
        const deleted = await untilDeleted(name);
        return { answer, deleted, events: timeline.podsOf(name) };
      });
    const polite = story('polite', onTerm('sleep 1; exit 7'), {
      terminationGracePeriodSeconds: 30,
    });
    const deaf = story('deaf', onTerm(''), {
      terminationGracePeriodSeconds: 3,
    });
    const forced = story(
      'forced',
      onTerm(''),
      { terminationGracePeriodSeconds: 30 },
      { gracePeriodSeconds: 0 },
    );
    const shortened = story(
      'shortened',
      onTerm(''),
      { terminationGracePeriodSeconds: 60 },
      { gracePeriodSeconds: 2 },
    );

    it('answers with the object, to be gone when the grace period is over', async () => {
      const { answer } = await polite();
      expect(answer.status).toBe(200);
      const { kind, metadata } = answer.body;
      expect(kind).toBe('Pod');
      expect(metadata.deletionGracePeriodSeconds).toBe(30);
      expect(
        between(metadata.creationTimestamp, metadata.deletionTimestamp),
      ).toBeGreaterThanOrEqual(30_000);
    });

    it('ends as the script ends, and goes then', async () => {
      const { events, deleted } = await polite();
      expect(deleted.object.status.phase).toBe('Failed');
      expect(
        deleted.object.status.containerStatuses[0].state.terminated,
      ).toMatchObject({ exitCode: 7, reason: 'Error' });
      expect(deleted.object.metadata.deletionGracePeriodSeconds).toBe(0);
      const told = events.find(
        ({ object }) => object.metadata.deletionTimestamp,
      );
      expect(told?.type).toBe('MODIFIED');
      expect(deleted.afterMs - told!.afterMs).toBeGreaterThanOrEqual(900);
      expect(deleted.afterMs - told!.afterMs).toBeLessThan(25_000);
    });

    it('writes an event: Killing', async () => {
      await polite();
      const event = await eventOf(api, namespace, 'Pod', 'polite', 'Killing');
      expect(event).toMatchObject({
        type: 'Normal',
        message: 'Stopping container main',
      });
    });

    it('kills a script that stays, after the grace period', async () => {
      const { events, deleted } = await deaf();
      expect(
        deleted.object.status.containerStatuses[0].state.terminated,
      ).toMatchObject({ exitCode: 137, reason: 'Error' });
      const told = events.find(
        ({ object }) => object.metadata.deletionTimestamp,
      );
      expect(deleted.afterMs - told!.afterMs).toBeGreaterThanOrEqual(2_500);
    });

    it('takes a shorter grace period from the request', async () => {
      const { answer, deleted } = await shortened();
      expect(answer.body.metadata.deletionGracePeriodSeconds).toBe(2);
      expect(
        deleted.object.status.containerStatuses[0].state.terminated.exitCode,
      ).toBe(137);
    });

    it('goes at once when it is forced', async () => {
      const { answer, deleted, events } = await forced();
      expect(answer.status).toBe(200);
      const told = events.find(
        ({ object }) => object.metadata.deletionTimestamp,
      );
      expect(deleted.afterMs - told!.afterMs).toBeLessThan(5_000);
    });
  });
});
