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

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient } from './ApiClient';

describe('ApiClient', () => {
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let server: Server;
  let api: ApiClient;
  beforeAll(async () => {
    server = createServer((request, response) => handle(request, response));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    api = new ApiClient(() => ({
      url: `http://127.0.0.1:${port}`,
      authorization: 'Bearer me',
    }));
  });
  afterAll(async () => {
    api.close();
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  it('hands over status, warnings and body, whatever the status', async () => {
    let seen: IncomingMessage | undefined;
    handle = (request, response) => {
      seen = request;
      response.setHeader('warning', ['299 - "one"', '299 - "two"']);
      response.setHeader('content-type', 'application/json');
      response.statusCode = 409;
      response.end('{"kind":"Status"}');
    };
    const answer = await api.patch('/x', { a: 1 }, 'merge', {
      query: { dryRun: 'All', absent: undefined },
      as: 'jane',
    });
    expect(answer).toMatchObject({
      status: 409,
      warnings: ['299 - "one"', '299 - "two"'],
      body: { kind: 'Status' },
    });
    expect(seen).toMatchObject({ method: 'PATCH', url: '/x?dryRun=All' });
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer me',
      'impersonate-user': 'jane',
      'content-type': 'application/merge-patch+json',
    });
  });

  it('puts events of a watch together that arrive in pieces', async () => {
    handle = (_, response) => {
      response.write('{"type":"ADDED","object":{"metadata":{"na');
      setTimeout(() => {
        response.write('me":"a"}}}\n{"type":"DELETED",');
        response.end('"object":{"metadata":{"name":"b"}}}\n');
      }, 20);
    };
    const watch = await api.watch('/watch');
    const events = await watch.take(2);
    await watch.closed;
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
    expect(watch.about('b')).toHaveLength(1);
    await expect(watch.until(() => false, 'something', 20)).rejects.toThrow(
      'something did not come; came: \na: ADDED {}\nb: DELETED {}',
    );
  });

  it('rejects a watch that is refused', async () => {
    handle = (_, response) => {
      response.statusCode = 403;
      response.end('no');
    };
    await expect(api.watch('/watch')).rejects.toThrow(
      'GET /watch answered 403: no',
    );
  });

  it('remembers when the pieces of a stream came', async () => {
    handle = (_, response) => {
      response.write('one\n');
      setTimeout(() => response.end('two\n'), 50);
    };
    const stream = await api.stream('/log');
    await stream.until('one');
    await stream.closed;
    expect(stream.text).toBe('one\ntwo\n');
    const [first, last] = stream.chunks;
    expect(last.afterMs - first.afterMs).toBeGreaterThanOrEqual(40);
  });
});
