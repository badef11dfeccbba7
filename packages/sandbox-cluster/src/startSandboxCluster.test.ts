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
import { parse } from 'yaml';
import { SandboxCluster, startSandboxCluster } from './startSandboxCluster';

describe('startSandboxCluster', () => {
  let cluster: SandboxCluster;
  let agent: Agent;

  beforeAll(async () => {
    cluster = await startSandboxCluster({
      controllers: false,
      token: 'the-token',
      tokens: { 'janes-token': { name: 'jane', groups: ['devs'] } },
    });
    const ca = Buffer.from(cluster.caData, 'base64').toString();
    agent = new Agent({ connect: { ca } });
  });
  afterAll(async () => {
    await agent.destroy();
    await cluster.stop();
  });

  const get = async (path: string, token?: string) => {
    const { statusCode, body } = await request(`${cluster.url}${path}`, {
      dispatcher: agent,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    return { statusCode, body: (await body.json()) as any };
  };

  it('listens on loopback and describes itself in a kubeconfig', () => {
    const config = parse(cluster.kubeconfig);
    expect(new URL(cluster.url).hostname).toBe('127.0.0.1');
    expect(config.clusters[0].cluster).toEqual({
      server: cluster.url,
      'certificate-authority-data': cluster.caData,
    });
    expect(config.users[0].user).toEqual({ token: 'the-token' });
    expect(config['current-context']).toBe(config.contexts[0].name);
  });

  it('is signed by its own authority and by no other', async () => {
    const stranger = new Agent();
    await expect(
      request(`${cluster.url}/version`, { dispatcher: stranger }),
    ).rejects.toThrow(/self-signed|unable to verify/);
    await stranger.destroy();
  });

  it('knows its tokens, what they may do, and strangers', async () => {
    expect((await get('/api/v1/namespaces', 'the-token')).statusCode).toBe(200);
    const jane = await get('/api/v1/namespaces', 'janes-token');
    expect([jane.statusCode, jane.body.message]).toEqual([
      403,
      'namespaces is forbidden: User "jane" cannot list resource "namespaces" in API group "" at the cluster scope',
    ]);
    expect((await get('/api/v1/namespaces', 'no-token')).statusCode).toBe(401);
    expect((await get('/api/v1/namespaces')).statusCode).toBe(403);
    expect((await get('/version')).body.major).toBe('1');
  });

  it('is the same cluster without the wire', async () => {
    cluster.api.resource('v1', 'ConfigMap').create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'inside', namespace: 'default' },
      data: { a: 'b' },
    });
    const { body } = await get(
      '/api/v1/namespaces/default/configmaps/inside',
      'the-token',
    );
    expect(body.data).toEqual({ a: 'b' });
  });

  it('ends open watches when it stops', async () => {
    const other = await startSandboxCluster({ controllers: false });
    const ca = Buffer.from(other.caData, 'base64').toString();
    const dispatcher = new Agent({ connect: { ca } });
    const { body } = await request(`${other.url}/api/v1/pods?watch=true`, {
      dispatcher,
      headers: { authorization: `Bearer ${other.token}` },
    });
    const ended = body.text().catch(error => error);
    await other.stop();
    expect(await ended).toBeInstanceOf(Error);
    await dispatcher.destroy();
  });
});
