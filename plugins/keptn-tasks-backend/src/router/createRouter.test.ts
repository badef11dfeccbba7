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
import type { LogLine, RunHint } from 'backstage-plugin-keptn-tasks-common';
import request from 'supertest';
import {
  anOutcome,
  anUpdate,
  aSighting,
} from '../__testUtils__/historyBuilders';
import {
  ANN,
  aRequest,
  CHECKOUT,
  TestPortal,
} from '../__testUtils__/testPortal';

jest.setTimeout(30_000);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}

describe('createRouter', () => {
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

  it('answers as the document says', async () => {
    const through = (method: 'get' | 'post', path: string) =>
      request(portal.app)[method](path).set('authorization', auth);
    const { body: started } = await through('post', '/runs')
      .send({ ...aRequest, parameters: { url: 'x' } })
      .expect(201);
    const { id } = started.run;
    await portal.runs.update(
      id,
      anOutcome({
        attempts: [{ number: 1, state: 'Succeeded', exitCode: 0 }],
        definitionSnapshot: 'kind: KeptnTaskDefinition',
        parameters: [{ name: 'url', value: 'x', source: 'run' }],
      }),
    );
    const writer = await portal.logs.open(id, 1);
    await writer.append([{ text: 'one', at: '2026-03-01T10:00:00.1Z' }]);
    await writer.close({ complete: true });

    const entity = `entityRef=${encodeURIComponent(CHECKOUT)}`;
    const { body: detail } = await through('get', `/runs/${id}`).expect(200);
    expect(detail).toMatchObject({
      run: { id, state: 'Succeeded' },
      logTail: [{ n: 0, text: 'one' }],
      manifest: expect.stringContaining('kind: KeptnTask'),
    });
    const { body: log } = await through('get', `/runs/${id}/log`).expect(200);
    expect(log).toMatchObject({ attempt: 1, complete: true });
    const { body: page } = await through('get', `/runs?${entity}`).expect(200);
    expect(page.items).toHaveLength(1);
    await through('get', `/runs/counts?${entity}`).expect(200);
    const { body: list } = await through(
      'get',
      `/definitions?${entity}`,
    ).expect(200);
    expect(list.items).toHaveLength(1);
    const { body: clusters } = await through('get', '/clusters').expect(200);
    expect(clusters.items).toHaveLength(2);
    await through('post', `/runs/${id}/rerun`).send({}).expect(201);
    await through('post', `/runs/${id}/cancel`).send({}).expect(409);
  });

  it('would notice an answer that differs from the document', async () => {
    jest
      .spyOn(portal.service, 'clusters')
      .mockResolvedValue({ items: [{ name: 'eu-1' } as any] });
    const { body } = await get('/clusters').expect(500);
    expect(JSON.stringify(body)).toMatch(/mode/);
  });

  it.each([
    ['get', '/runs?entityRef=component:default/checkout'],
    ['get', '/runs/counts?entityRef=component:default/checkout'],
    ['get', '/runs/00000000-0000-4000-8000-000000000000'],
    ['get', '/runs/00000000-0000-4000-8000-000000000000/log'],
    ['get', '/transitions?entityRef=component:default/checkout'],
    ['get', '/definitions?entityRef=component:default/checkout'],
    ['get', '/environments?entityRef=component:default/checkout'],
    ['get', '/releases?entityRef=component:default/checkout'],
    [
      'get',
      '/releases/00000000-0000-4000-8000-000000000000?entityRef=component:default/checkout',
    ],
    ['get', '/clusters'],
    ['post', '/runs/00000000-0000-4000-8000-000000000000/rerun'],
    ['post', '/runs/00000000-0000-4000-8000-000000000000/cancel'],
  ] as const)(
    'lets nobody in without credentials: %s %s',
    async (method, path) => {
      const { body } = await request(portal.app)[method](path).expect(401);
      expect(body.error.name).toBe('AuthenticationError');
    },
  );

  it.each<[string, string, RegExp]>([
    ['no entity', '/runs', /entityRef/],
    ['an entity ref that is none', '/runs?entityRef=checkout', /entityRef/],
    ['a page that is too long', '/runs?entityRef=a:b/c&limit=101', /limit/],
    ['a limit that is no number', '/runs?entityRef=a:b/c&limit=all', /limit/],
    [
      'a state that does not exist',
      '/runs?entityRef=a:b/c&state=Failed&state=Broken',
      /state/,
    ],
    ['a time that is none', '/runs?entityRef=a:b/c&after=yesterday', /after/],
    [
      'a parameter that does not exist',
      '/runs?entityRef=a:b/c&sort=name',
      /sort/,
    ],
    ['an id that is none', '/runs/nonsense', /id/],
    ['releases of no entity', '/releases', /entityRef/],
    ['environments of no entity', '/environments', /entityRef/],
    [
      'a release that is seen through no entity',
      '/releases/00000000-0000-4000-8000-000000000000',
      /entityRef/,
    ],
    [
      'a state that no release has',
      '/releases?entityRef=a:b/c&state=Cancelled',
      /state/,
    ],
    ['a kind that does not exist', '/releases?entityRef=a:b/c&kind=x', /kind/],
    ['a NUL', '/runs?entityRef=a:b/c&definition=a%00', /definition/],
    ['a NUL in the entity', '/runs?entityRef=a:b/c%00', /entityRef/],
    [
      'a line that no log has',
      '/runs/00000000-0000-4000-8000-000000000000/log?from=2147483648',
      /from/,
    ],
    [
      'an attempt that no run has',
      '/runs/00000000-0000-4000-8000-000000000000/log?attempt=2147483648',
      /attempt/,
    ],
    [
      'a cursor of somebody else',
      `/runs?entityRef=${CHECKOUT}&cursor=nonsense`,
      /cursor/,
    ],
  ])('refuses %s, naming the field', async (_, path, message) => {
    const { body } = await get(path).expect(400);
    expect(body.error).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });

  it.each<[string, object, RegExp]>([
    ['without a definition', { definition: undefined }, /definition/],
    [
      'with a field that does not exist',
      { definitions: 'x' },
      /definitions|additional/,
    ],
    [
      'with a parameter that is no text',
      { parameters: { url: 1 } },
      /parameters\/url|url/,
    ],
    ['with negative retries', { retries: -1 }, /retries/],
  ])('refuses a run %s', async (_, difference, message) => {
    const { body } = await post('/runs')
      .send({ ...aRequest, ...difference })
      .expect(400);
    expect(body.error.message).toMatch(message);
  });

  it('says so when a body is too large, or is not JSON', async () => {
    const large = await post('/runs')
      .send({ ...aRequest, parameters: { url: 'x'.repeat(2_000_000) } })
      .expect(413);
    expect(large.body.error.message).toMatch(/larger than 1048576 bytes/);
    const broken = await post('/runs')
      .set('content-type', 'application/json')
      .send('{')
      .expect(400);
    expect(broken.body.error.message).toMatch(/not valid JSON/);
  });

  it('answers 201 first and 200 for the same Idempotency-Key', async () => {
    const first = await post('/runs')
      .set('idempotency-key', 'k')
      .send(aRequest)
      .expect(201);
    const again = await post('/runs')
      .set('idempotency-key', 'k')
      .send(aRequest)
      .expect(200);
    expect(again.body.run.id).toBe(first.body.run.id);
  });

  it('pages and filters over HTTP', async () => {
    const client = await portal.client();
    for (let n = 0; n < 5; n++) {
      const { id } = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
      await portal.runs.update(
        id,
        anOutcome({ state: n % 2 ? 'Failed' : 'Succeeded' }),
      );
    }
    const page = await client.listRuns({ entityRef: CHECKOUT, limit: 3 });
    const rest = await client.listRuns({
      entityRef: CHECKOUT,
      limit: 3,
      cursor: page.nextCursor,
    });
    expect(page.items).toHaveLength(3);
    expect(rest.items).toHaveLength(2);
    expect(rest.nextCursor).toBeUndefined();
    for (const state of [
      ['Failed' as const],
      ['Failed' as const, 'Cancelled' as const],
    ]) {
      const failed = await client.listRuns({ entityRef: CHECKOUT, state });
      expect(failed.items).toHaveLength(2);
    }
    expect(
      (await client.countRuns({ entityRef: CHECKOUT })).states,
    ).toMatchObject({
      Succeeded: 3,
      Failed: 2,
    });
  });

  it('hands the log out as a file, with a note where lines were dropped', async () => {
    const { id } = await portal.runs.sight(
      aSighting({ cluster: 'eu-1', taskName: 'smoke-test-7' }),
    );
    await portal.runs.saveAttempt(id, { number: 1, state: 'Running' });
    const writer = await portal.logs.open(id, 1);
    const text = 'x'.repeat(1000);
    for (let n = 0; n < 80; n++) {
      await writer.append(Array.from({ length: 100 }, () => ({ text })));
    }
    await writer.close({ complete: true });
    const response = await get(`/runs/${id}/log?entityRef=${CHECKOUT}`)
      .set('accept', 'text/plain')
      .expect(200);
    expect(response.headers['content-type']).toMatch(/^text\/plain/);
    expect(response.headers['content-disposition']).toBe(
      'attachment; filename="smoke-test-7-attempt-1.log"',
    );
    expect(response.text).toMatch(/\n… \d+ lines were dropped here …\n/);
  });

  it('refuses an attempt that was never made', async () => {
    const { id } = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
    const { body } = await get(
      `/runs/${id}/log?entityRef=${CHECKOUT}&attempt=7`,
    ).expect(404);
    expect(body.error.message).toMatch(/^attempt: .* has no attempt 7/);
  });

  it('replays a log and follows it to its end', async () => {
    const client = await portal.client();
    const { id } = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
    await portal.runs.update(
      id,
      anUpdate({ attempts: [{ number: 1, state: 'Running' }] }),
    );
    const writer = await portal.logs.open(id, 1);
    await writer.append([{ text: 'before 0' }, { text: 'before 1' }]);
    await writer.close({ complete: false });

    const lines: LogLine[] = [];
    const states: string[] = [];
    const ended = client.followRunLog(
      id,
      { entityRef: CHECKOUT, signal: new AbortController().signal },
      {
        onLines: more => lines.push(...more),
        onAttempt: attempt => states.push(attempt.state),
      },
    );
    await until(() => lines.length === 2);
    await writer.append([{ text: 'while 2' }]);
    await until(() => lines.length === 3);
    await portal.runs.update(
      id,
      anOutcome({
        finishedAt: new Date().toISOString(),
        attempts: [{ number: 1, state: 'Succeeded', exitCode: 0 }],
      }),
    );
    await until(() => states.includes('Succeeded'));
    await writer.append([{ text: 'last 3' }]);
    await writer.close({ complete: true });
    await ended;
    expect(lines.map(({ n, text }) => `${n} ${text}`)).toEqual([
      '0 before 0',
      '1 before 1',
      '2 while 2',
      '3 last 3',
    ]);
    expect(states[0]).toBe('Running');
  });

  it('goes on with a log from a line', async () => {
    const client = await portal.client();
    const { id } = await portal.runs.sight(aSighting({ cluster: 'eu-1' }));
    const writer = await portal.logs.open(id, 1);
    await writer.append(
      Array.from({ length: 5000 }, (_, n) => ({ text: `${n}` })),
    );
    await writer.close({ complete: true });
    const lines: LogLine[] = [];
    await client.followRunLog(
      id,
      { entityRef: CHECKOUT, from: 10, signal: new AbortController().signal },
      { onLines: more => lines.push(...more) },
    );
    expect(lines).toHaveLength(4990);
    expect(lines[0].text).toBe('10');
  });

  it('answers a log stream that is refused with an error, not with a stream', async () => {
    const { body } = await get('/runs/00000000-0000-4000-8000-000000000000/log')
      .set('accept', 'text/event-stream')
      .expect(404);
    expect(body.error.message).toMatch(/There is no run/);
  });

  it('tells which runs of an entity change, and no others', async () => {
    const client = await portal.client();
    const stop = new AbortController();
    const hints: RunHint[] = [];
    let open = false;
    const ended = client.followTransitions(
      CHECKOUT,
      { signal: stop.signal, onOpen: () => (open = true) },
      hint => hints.push(hint),
    );
    await until(() => open);
    const hidden = await portal.runs.sight(
      aSighting({ cluster: 'eu-1', namespace: 'other' }),
    );
    const { body } = await post('/runs').send(aRequest);
    const { id } = await portal.runs.sight(aSighting({ cluster: 'us-1' }));
    await until(() => hints.length >= 2);
    expect(new Set(hints.map(hint => hint.id))).toEqual(
      new Set([body.run.id, id]),
    );
    expect(hints.map(hint => hint.id)).not.toContain(hidden.id);
    stop.abort();
    await ended;
  });

  it('tells first what a reader missed that names the last step it saw', async () => {
    const { id: seen } = await portal.runs.sight(
      aSighting({ cluster: 'eu-1' }),
    );
    const last = await portal.runs.lastSequence();
    const { id: missed } = await portal.runs.sight(
      aSighting({ cluster: 'eu-1' }),
    );

    const stop = new AbortController();
    const response = await fetch(
      `${await portal.listen()}/transitions?entityRef=${CHECKOUT}`,
      {
        headers: { authorization: auth, 'last-event-id': String(last) },
        signal: stop.signal,
      },
    );
    expect(response.headers.get('cache-control')).toBe(
      'no-cache, no-transform',
    );
    const reader = response.body!.getReader();
    let text = '';
    while (!text.includes('event: run')) {
      text += new TextDecoder().decode((await reader.read()).value);
    }
    expect(text).toContain(missed);
    expect(text).not.toContain(seen);
    expect(text).toContain(`id: ${last + 1}.0\n`);
    stop.abort();
  });

  it('ends streams when the backend stops', async () => {
    const client = await portal.client();
    let open = false;
    const ended = client.followTransitions(
      CHECKOUT,
      { signal: new AbortController().signal, onOpen: () => (open = true) },
      () => {},
    );
    await until(() => open);
    portal.streams.closeAll();
    await expect(ended).rejects.toThrow('The connection was lost');
  });

  it('serves its own description', async () => {
    const { body } = await get('/openapi.json').expect(200);
    expect(body.info.title).toBe('keptn-tasks');
  });
});
