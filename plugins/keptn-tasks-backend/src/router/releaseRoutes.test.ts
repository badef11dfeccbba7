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

import { mockCredentials } from '@backstage/backend-test-utils';
import type { RunHint } from 'backstage-plugin-keptn-tasks-common';
import request from 'supertest';
import { aSighting } from '../__testUtils__/historyBuilders';
import {
  anAppRelease,
  aRelease,
  ended,
  later,
} from '../__testUtils__/releaseBuilders';
import { ANN, CHECKOUT, TestPortal } from '../__testUtils__/testPortal';
import { until } from '../__testUtils__/until';

jest.setTimeout(30_000);

describe('routes about releases', () => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await TestPortal.start();
  });
  afterEach(() => portal.stop());

  const auth = mockCredentials.user.header(ANN);
  const get = (path: string) =>
    request(portal.app).get(path).set('authorization', auth);
  const post = (path: string) =>
    request(portal.app).post(path).set('authorization', auth);

  it.each([
    ['repeat', {}],
    ['release-gate', { reason: 'because' }],
  ])('lets nobody in without credentials: %s', async (command, more) => {
    const { body } = await request(portal.app)
      .post(`/releases/00000000-0000-4000-8000-000000000000/${command}`)
      .send({ entityRef: CHECKOUT, ...more })
      .expect(401);
    expect(body.error.name).toBe('AuthenticationError');
  });

  it('answers about releases as the document says', async () => {
    const cluster = 'eu-1';
    const app = anAppRelease({ cluster, ...ended('Failed'), revision: 1 });
    const workload = later(
      aRelease({
        cluster,
        hold: {
          reason: 'TaskFailed',
          message: 'smoke-test failed.',
          since: '2026-03-01T10:00:05.000Z',
          phase: 'preTasks',
          definition: 'smoke-test',
          gateReleasable: true,
        },
        gatedPods: { count: 1, names: ['checkout-1'] },
        rollout: { kind: 'Deployment', name: 'checkout', desired: 1 },
        notes: ['One.'],
      }),
      ended('Failed', { reason: 'TaskFailed', message: 'smoke-test failed.' }),
    );
    const appId = await portal.releases.save(app);
    const workloadId = await portal.releases.save(workload);
    await portal.releases.activate(cluster, app.uid, app.release.createdAt);
    await portal.releases.saveProblems(cluster, 'shop', {
      kind: 'Deployment',
      name: 'checkout',
      appName: 'shop',
      workloadName: 'shop-checkout',
      messages: ['One sentence.'],
    });
    await portal.runs.sight(
      aSighting({ cluster, taskName: 'pre-smoke-test-12345', phase: 'pre' }),
    );
    portal.eu.put({
      kind: 'KeptnApp',
      metadata: { name: 'shop' },
      spec: { version: '2.4.0' },
    });
    portal.eu.put({
      kind: 'KeptnWorkloadVersion',
      metadata: { name: workload.release.name, uid: workload.uid },
      spec: {},
    });

    const entity = `entityRef=${encodeURIComponent(CHECKOUT)}`;
    const { body: environments } = await get(`/environments?${entity}`).expect(
      200,
    );
    expect(environments.items).toMatchObject([
      { app: { id: appId }, workloads: [{ id: workloadId }] },
    ]);
    const { body: page } = await get(
      `/releases?${entity}&state=Failed&state=Succeeded&limit=1`,
    ).expect(200);
    expect(page.nextCursor).toBeDefined();
    for (const id of [appId, workloadId]) {
      const { body } = await get(`/releases/${id}?${entity}`).expect(200);
      expect(body.release.id).toBe(id);
      expect(body.runs).toHaveLength(1);
    }
    await post(`/releases/${appId}/repeat`)
      .send({ entityRef: CHECKOUT })
      .expect(202);
    await post(`/releases/${appId}/repeat`)
      .send({ entityRef: CHECKOUT })
      .expect(409);
    await post(`/releases/${workloadId}/release-gate`)
      .send({ entityRef: CHECKOUT, reason: 'The check is broken' })
      .expect(202);
    const { body: refused } = await post(`/releases/${workloadId}/release-gate`)
      .send({ entityRef: CHECKOUT, reason: '' })
      .expect(400);
    expect(refused.error.message).toMatch(/reason/);
    await post(`/releases/${workloadId}/repeat`).send({}).expect(400);
  });

  it('tells which releases of an entity change, beside the runs', async () => {
    const client = await portal.client();
    const stop = new AbortController();
    const hints: RunHint[] = [];
    let open = false;
    const ending = client.followTransitions(
      CHECKOUT,
      { signal: stop.signal, onOpen: () => (open = true) },
      hint => hints.push(hint),
    );
    await until(() => open);
    await portal.releases.save(
      aRelease({ cluster: 'eu-1', namespace: 'other' }),
    );
    const release = await portal.releases.save(aRelease({ cluster: 'eu-1' }));
    const { id: run } = await portal.runs.sight(aSighting({ cluster: 'us-1' }));
    await until(() => hints.length >= 2);
    expect(new Map(hints.map(hint => [hint.id, hint.of]))).toEqual(
      new Map([
        [release, 'release'],
        [run, undefined],
      ]),
    );
    stop.abort();
    await ending;
  });

  it('goes on with both streams from the id of the last event, and with runs alone from a plain number', async () => {
    const release = async (version: string) =>
      portal.releases.save(aRelease({ cluster: 'eu-1', version }));
    const run = async () =>
      (await portal.runs.sight(aSighting({ cluster: 'eu-1' }))).id;
    const seen = [await run(), await release('1')];
    const missed = [await run(), await release('2'), await release('3')];

    /** Reads as many events as told after an id; answers with their ids, names and what they are about. */
    const read = async (lastEventId: string, count: number) => {
      const stop = new AbortController();
      const response = await fetch(
        `${await portal.listen()}/transitions?entityRef=${CHECKOUT}`,
        {
          headers: { authorization: auth, 'last-event-id': lastEventId },
          signal: stop.signal,
        },
      );
      const reader = response.body!.getReader();
      let text = '';
      while (text.split('event: ').length <= count) {
        text += new TextDecoder().decode((await reader.read()).value);
      }
      stop.abort();
      return [
        ...text.matchAll(/event: (\w+)\nid: (\S+)\ndata: \{"id":"([^"]+)"/g),
      ].map(([, name, id, about]) => ({ name, id, about }));
    };

    const events = await read('1.1', 3);
    expect(events).toEqual([
      { name: 'run', id: '2.1', about: missed[0] },
      { name: 'release', id: '2.2', about: missed[1] },
      { name: 'release', id: '2.3', about: missed[2] },
    ]);
    // A connection that broke after the second of them.
    expect(await read(events[1].id, 1)).toEqual([events[2]]);
    expect(await read('1', 1)).toEqual([
      { name: 'run', id: '2.3', about: missed[0] },
    ]);
    expect(events.map(({ about }) => about)).not.toEqual(
      expect.arrayContaining([seen[0]]),
    );
  });
});
