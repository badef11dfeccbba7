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

import { createServer, type IncomingMessage, type Server } from 'http';
import type { AddressInfo } from 'net';
import { KeptnTasksClient } from './KeptnTasksClient';

const ID = '00000000-0000-4000-8000-000000000001';

interface Seen {
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that remembers what it was asked and answers as told. */
class FakeApi {
  readonly seen: Seen[] = [];
  status = 200;
  type = 'application/json';
  answer = '{}';
  /** Leaves the connection open after the answer. */
  stayOpen = false;
  #server?: Server;

  async start(): Promise<KeptnTasksClient> {
    this.#server = createServer(async (req, res) => {
      let body = '';
      for await (const chunk of req) body += chunk;
      const { method, url, headers } = req;
      this.seen.push({ method, url, headers, body });
      res.writeHead(this.status, { 'content-type': this.type });
      res.write(this.answer);
      if (!this.stayOpen) res.end();
    });
    await new Promise<void>(resolve =>
      this.#server!.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return new KeptnTasksClient({
      baseUrl: async () => `http://127.0.0.1:${port}/api/keptn-tasks`,
      fetch,
    });
  }

  async stop() {
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve));
  }
}

describe('KeptnTasksClient', () => {
  let api: FakeApi;
  let client: KeptnTasksClient;
  beforeEach(async () => {
    api = new FakeApi();
    client = await api.start();
  });
  afterEach(() => api.stop());

  it.each<[string, (c: KeptnTasksClient) => Promise<unknown>, string, string]>([
    [
      'listRuns',
      c =>
        c.listRuns({
          entityRef: 'component:default/a b',
          state: ['Failed', 'Cancelled'],
          limit: 5,
        }),
      'GET',
      '/runs?entityRef=component%3Adefault%2Fa+b&state=Failed&state=Cancelled&limit=5',
    ],
    [
      'countRuns',
      c => c.countRuns({ entityRef: 'a:b/c', phase: 'pre' }),
      'GET',
      '/runs/counts?entityRef=a%3Ab%2Fc&phase=pre',
    ],
    ['getRun', c => c.getRun(ID), 'GET', `/runs/${ID}`],
    ['getRun of a strange id', c => c.getRun('../x'), 'GET', '/runs/..%2Fx'],
    [
      'getRunLog',
      c => c.getRunLog(ID, { attempt: 2, from: 0 }),
      'GET',
      `/runs/${ID}/log?attempt=2&from=0`,
    ],
    ['getRunLogText', c => c.getRunLogText(ID), 'GET', `/runs/${ID}/log`],
    [
      'listDefinitions',
      c => c.listDefinitions('a:b/c'),
      'GET',
      '/definitions?entityRef=a%3Ab%2Fc',
    ],
    [
      'listEnvironments',
      c => c.listEnvironments('a:b/c'),
      'GET',
      '/environments?entityRef=a%3Ab%2Fc',
    ],
    [
      'listReleases',
      c =>
        c.listReleases({
          entityRef: 'a:b/c',
          kind: 'workload',
          workload: 'shop-checkout',
          state: ['Failed', 'Progressing'],
          cursor: 'x',
        }),
      'GET',
      '/releases?entityRef=a%3Ab%2Fc&kind=workload&workload=shop-checkout&state=Failed&state=Progressing&cursor=x',
    ],
    [
      'getRelease',
      c => c.getRelease(ID, { entityRef: 'a:b/c' }),
      'GET',
      `/releases/${ID}?entityRef=a%3Ab%2Fc`,
    ],
    [
      'repeatChecks',
      c => c.repeatChecks(ID, { entityRef: 'a:b/c' }),
      'POST',
      `/releases/${ID}/repeat`,
    ],
    [
      'releaseGate',
      c => c.releaseGate(ID, { entityRef: 'a:b/c', reason: 'broken' }),
      'POST',
      `/releases/${ID}/release-gate`,
    ],
    ['listClusters', c => c.listClusters(), 'GET', '/clusters'],
    [
      'triggerRun',
      c =>
        c.triggerRun({
          entityRef: 'a:b/c',
          cluster: 'c',
          namespace: 'n',
          definition: 'd',
        }),
      'POST',
      '/runs',
    ],
    ['rerun', c => c.rerun(ID), 'POST', `/runs/${ID}/rerun`],
    [
      'cancelRun',
      c => c.cancelRun(ID, { reason: 'r' }),
      'POST',
      `/runs/${ID}/cancel`,
    ],
  ])('%s asks for the right thing', async (_, ask, method, path) => {
    await ask(client);
    expect(api.seen).toEqual([
      expect.objectContaining({ method, url: `/api/keptn-tasks${path}` }),
    ]);
  });

  it('sends bodies as JSON, and the idempotency key', async () => {
    await client.triggerRun(
      { entityRef: 'a:b/c', cluster: 'c', namespace: 'n', definition: 'd' },
      { idempotencyKey: 'key' },
    );
    expect(api.seen[0].headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'key',
      accept: 'application/json',
    });
    expect(JSON.parse(api.seen[0].body)).toEqual({
      entityRef: 'a:b/c',
      cluster: 'c',
      namespace: 'n',
      definition: 'd',
    });
  });

  it('sends who asks, and why, with the commands on releases', async () => {
    await client.repeatChecks(ID, { entityRef: 'a:b/c' });
    await client.releaseGate(ID, { entityRef: 'a:b/c', reason: 'broken' });
    expect(api.seen.map(({ body }) => JSON.parse(body))).toEqual([
      { entityRef: 'a:b/c' },
      { entityRef: 'a:b/c', reason: 'broken' },
    ]);
  });

  it('returns the log as text', async () => {
    api.type = 'text/plain';
    api.answer = 'one\ntwo\n';
    expect(await client.getRunLogText(ID)).toBe('one\ntwo\n');
    expect(api.seen[0].headers.accept).toBe('text/plain');
  });

  it('rejects with what the backend says', async () => {
    api.status = 403;
    api.answer = JSON.stringify({
      error: { name: 'NotAllowedError', message: 'You may not start runs' },
      response: { statusCode: 403 },
    });
    await expect(client.rerun(ID)).rejects.toMatchObject({
      name: 'ResponseError',
      body: { error: { message: 'You may not start runs' } },
    });
  });

  it('tells lines and attempts of a log until it ends', async () => {
    api.type = 'text/event-stream';
    api.answer = [
      'event: lines\nid: 1\ndata: [{"n":0,"text":"hi"}]\n\n',
      'event: attempt\ndata: {"number":1,"state":"Succeeded"}\n\n',
      'event: end\ndata: {}\n\n',
    ].join('');
    const onLines = jest.fn();
    const onAttempt = jest.fn();
    await client.followRunLog(
      ID,
      { attempt: 1, from: 3, signal: new AbortController().signal },
      { onLines, onAttempt },
    );
    expect(onLines.mock.calls).toEqual([[[{ n: 0, text: 'hi' }]]]);
    expect(onAttempt.mock.calls).toEqual([[{ number: 1, state: 'Succeeded' }]]);
    expect(api.seen[0]).toMatchObject({
      url: `/api/keptn-tasks/runs/${ID}/log?attempt=1&from=3`,
      headers: { accept: 'text/event-stream' },
    });
  });

  it('rejects when a log breaks off before its end', async () => {
    api.type = 'text/event-stream';
    api.answer = 'event: lines\ndata: []\n\n';
    await expect(
      client.followRunLog(
        ID,
        { signal: new AbortController().signal },
        { onLines: () => {} },
      ),
    ).rejects.toThrow('The connection was lost before the log ended');
  });

  it('tells hints about runs and releases, and ends quietly when the reader stops listening', async () => {
    api.type = 'text/event-stream';
    api.answer =
      'event: other\ndata: {}\n\n' +
      'event: run\nid: 7.3\ndata: {"id":"x","sequence":7}\n\n' +
      'event: release\nid: 7.4\ndata: {"id":"y","sequence":4,"of":"release"}\n\n';
    api.stayOpen = true;
    const stop = new AbortController();
    const onOpen = jest.fn();
    const hints: unknown[] = [];
    await client.followTransitions(
      'a:b/c',
      { signal: stop.signal, onOpen },
      hint => {
        hints.push(hint);
        if (hints.length === 2) stop.abort();
      },
    );
    expect(onOpen).toHaveBeenCalledTimes(1);
    expect(hints).toEqual([
      { id: 'x', sequence: 7 },
      { id: 'y', sequence: 4, of: 'release' },
    ]);
  });

  it('rejects when the stream of transitions ends by itself', async () => {
    api.type = 'text/event-stream';
    await expect(
      client.followTransitions(
        'a:b/c',
        { signal: new AbortController().signal },
        () => {},
      ),
    ).rejects.toThrow('The connection was lost');
  });
});
