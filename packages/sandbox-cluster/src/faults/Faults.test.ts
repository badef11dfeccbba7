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

import { Agent, request } from 'undici';
import { eventually } from '../__testUtils__/machinery';
import { SandboxCluster, startSandboxCluster } from '../startSandboxCluster';

const PATH = '/api/v1/namespaces/default/configmaps';

describe('Faults', () => {
  let cluster: SandboxCluster;
  let agent: Agent;

  beforeAll(async () => {
    cluster = await startSandboxCluster({ controllers: false });
    const ca = Buffer.from(cluster.caData, 'base64').toString();
    agent = new Agent({ connect: { ca } });
  });
  afterEach(() => cluster.faults.reset());
  afterAll(async () => {
    await agent.destroy();
    await cluster.stop();
  });

  const send = (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) =>
    request(`${cluster.url}${path}`, {
      method,
      dispatcher: agent,
      headers: {
        authorization: `Bearer ${cluster.token}`,
        'content-type': 'application/json',
        'user-agent': 'tester/1.0',
        ...headers,
      },
      body: body && JSON.stringify(body),
    });

  const create = async (name: string) => {
    const { statusCode, headers, body } = await send('POST', PATH, {
      metadata: { name },
    });
    return { statusCode, headers, body: (await body.json()) as any };
  };

  const watch = async (resourceVersion: string) => {
    const { body } = await send(
      'GET',
      `${PATH}?watch=true&resourceVersion=${resourceVersion}`,
    );
    let text = '';
    let isOpen = true;
    body.on('data', chunk => {
      text += chunk;
    });
    body.on('error', () => {
      isOpen = false;
    });
    body.on('close', () => {
      isOpen = false;
    });
    return { isOpen: () => isOpen, text: () => text };
  };

  it('fails as many requests as it is told to, without carrying them out', async () => {
    cluster.faults.failNext({
      method: 'POST',
      resource: 'configmaps',
      times: 2,
      status: 429,
      retryAfterSeconds: 3,
    });
    const first = await create('fails');
    expect([first.statusCode, first.headers['retry-after']]).toEqual([
      429,
      '3',
    ]);
    expect(first.body.reason).toBe('TooManyRequests');
    expect((await create('fails')).statusCode).toBe(429);
    expect((await create('fails')).statusCode).toBe(201);
  });

  it('leaves requests alone that are not meant', async () => {
    cluster.faults.failNext({ resource: 'jobs', status: 500 });
    expect((await create('unharmed')).statusCode).toBe(201);
  });

  it('loses the answer after the write', async () => {
    cluster.faults.loseResponse({ method: 'POST', resource: 'configmaps' });
    await expect(create('lost')).rejects.toThrow();
    const again = await create('lost');
    expect([again.statusCode, again.body.reason]).toEqual([
      409,
      'AlreadyExists',
    ]);
  });

  it('takes rights away and gives them back', async () => {
    const refusal = {
      user: 'sandbox-admin',
      verb: 'create',
      resource: 'configmaps',
    };
    cluster.faults.refuse(refusal);
    const { statusCode, body } = await create('refused');
    expect([statusCode, body.message]).toEqual([
      403,
      'configmaps is forbidden: User "sandbox-admin" cannot create resource "configmaps" in API group "" in the namespace "default"',
    ]);
    cluster.faults.allow({ ...refusal });
    expect((await create('refused')).statusCode).toBe(201);
  });

  it('cuts watches', async () => {
    const { body } = await create('seen');
    const open = await watch(body.metadata.resourceVersion);
    await eventually(() => cluster.faults.openWatches('configmaps') === 1);
    await create('event');
    await eventually(() => open.text().includes('"ADDED"'));
    expect(cluster.faults.dropWatches({ resource: 'jobs' })).toBe(0);
    expect(
      cluster.faults.dropWatches({
        resource: 'configmaps',
        userAgent: 'tester',
      }),
    ).toBe(1);
    await eventually(() => !open.isOpen());
    expect(cluster.faults.openWatches()).toBe(0);
  });

  it('forgets history, so that resumed watches are told to start again', async () => {
    const { body } = await create('old');
    await create('newer');
    cluster.faults.expireHistory();
    const resumed = await watch(body.metadata.resourceVersion);
    await eventually(() => !resumed.isOpen());
    expect(JSON.parse(resumed.text())).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
  });

  it('slows requests down', async () => {
    cluster.faults.delay({ verb: 'create', milliseconds: 80 });
    const start = performance.now();
    await create('slow');
    expect(performance.now() - start).toBeGreaterThanOrEqual(75);
  });

  it('counts the requests that arrive', async () => {
    const { requests } = cluster.faults;
    requests.clear();
    await create('counted');
    await create('counted');
    await (await send('GET', PATH)).body.dump();
    expect(requests.count({ writes: true, userAgent: 'tester' })).toBe(2);
    expect(
      requests.list({ verb: 'create' }).map(entry => entry.status),
    ).toEqual([201, 409]);
    expect(requests.count({ verb: 'list', resource: 'configmaps' })).toBe(1);
  });

  it('is at hand over HTTP, for administrators', async () => {
    const { body } = await send('POST', '/sandbox/faults', {
      failNext: { resource: 'configmaps', status: 503 },
      countRequests: { resource: 'secrets' },
    });
    expect(await body.json()).toEqual({ failNext: null, countRequests: 0 });
    expect((await create('remote')).statusCode).toBe(503);
    const other = await send(
      'POST',
      '/sandbox/faults',
      {},
      { 'impersonate-user': 'jane' },
    );
    expect(other.statusCode).toBe(403);
    await other.body.dump();
  });

  it('knows who asks', async () => {
    const bad = await send('GET', PATH, undefined, {
      authorization: 'Bearer wrong',
    });
    expect(bad.statusCode).toBe(401);
    await bad.body.dump();
    const jane = await send('GET', PATH, undefined, {
      'impersonate-user': 'jane',
    });
    expect(((await jane.body.json()) as any).message).toContain(
      'User "jane" cannot list resource "configmaps"',
    );
  });
});
