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

import { ApiClient } from './client/ApiClient';
import { expectStatus } from './support/expectStatus';
import { configMap, job } from './support/objects';
import { configMaps, jobs, pods, resourcePath, secrets } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { readerOf, useReader } from './support/useReader';
import { useWidgets } from './support/widgets';

describe('Authorization', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const user = readerOf(namespace);
  const asUser = { as: user };
  useReader(cluster, namespace, widgets);

  it('lets the service account do what its role says', async () => {
    const { status, body } = await api.get(configMaps(namespace), asUser);
    expect([status, body.kind]).toEqual([200, 'ConfigMapList']);
  });

  it.each([
    [
      'delete of one object',
      () => api.delete(configMaps(namespace, 'x'), undefined, asUser),
      () =>
        `configmaps "x" is forbidden: User "${user}" cannot delete resource "configmaps" in API group "" in the namespace "${namespace}"`,
      () => ({ name: 'x', kind: 'configmaps' }),
    ],
    [
      'create',
      () => api.post(jobs(namespace), job('x', 'true'), asUser),
      () =>
        `jobs.batch is forbidden: User "${user}" cannot create resource "jobs" in API group "batch" in the namespace "${namespace}"`,
      () => ({ group: 'batch', kind: 'jobs' }),
    ],
    [
      'list in all namespaces',
      () => api.get(resourcePath('v1', undefined, 'pods'), asUser),
      () =>
        `pods is forbidden: User "${user}" cannot list resource "pods" in API group "" at the cluster scope`,
      () => ({ kind: 'pods' }),
    ],
    [
      'patch of a status',
      () => api.patch(jobs(namespace, 'x', 'status'), {}, 'merge', asUser),
      () =>
        `jobs.batch "x" is forbidden: User "${user}" cannot patch resource "jobs/status" in API group "batch" in the namespace "${namespace}"`,
      () => ({ name: 'x', group: 'batch', kind: 'jobs' }),
    ],
    [
      'log of a Pod',
      () => api.get(pods(namespace, 'x', 'log'), asUser),
      () =>
        `pods "x" is forbidden: User "${user}" cannot get resource "pods/log" in API group "" in the namespace "${namespace}"`,
      () => ({ name: 'x', kind: 'pods' }),
    ],
    [
      'watch',
      () => api.get(pods(namespace), { ...asUser, query: { watch: true } }),
      () =>
        `pods is forbidden: User "${user}" cannot watch resource "pods" in API group "" in the namespace "${namespace}"`,
      () => ({ kind: 'pods' }),
    ],
    [
      'something unknown',
      () =>
        api.get(
          resourcePath('none.example.test/v1', namespace, 'things'),
          asUser,
        ),
      () =>
        `things.none.example.test is forbidden: User "${user}" cannot list resource "things" in API group "none.example.test" in the namespace "${namespace}"`,
      () => ({ group: 'none.example.test', kind: 'things' }),
    ],
  ])('refuses: %s', async (_, ask, message, details) => {
    const refused = await ask();
    expectStatus(refused, {
      code: 403,
      reason: 'Forbidden',
      details: details(),
    });
    // Some clusters add a word of their authorizer at the end.
    expect(refused.body.message.startsWith(message())).toBe(true);
  });

  it('lets somebody with a right to a name list that name and nothing else', async () => {
    const list = async (fieldSelector?: string) => {
      const { status } = await api.get(secrets(namespace), {
        ...asUser,
        query: fieldSelector ? { fieldSelector } : {},
      });
      return status;
    };
    expect([
      await list('metadata.name=known'),
      await list('metadata.name=other'),
      await list('metadata.name!=known'),
      await list(),
    ]).toEqual([200, 403, 403, 403]);
  });

  it('refuses a create before it looks at the body', async () => {
    expectStatus(
      await api.post(configMaps(namespace), configMap('Not_Valid'), asUser),
      { code: 403, reason: 'Forbidden' },
    );
  });

  it('refuses a path that is no resource', async () => {
    expectStatus(await api.get('/metrics', asUser), {
      code: 403,
      reason: 'Forbidden',
      message: new RegExp(
        `^forbidden: User "${user}" cannot get path "/metrics"`,
      ),
    });
  });

  it('refuses a token that nobody gave', async () => {
    const { connection } = cluster.get();
    // A client certificate would be enough by itself.
    const stranger = new ApiClient(() => ({
      ...connection,
      clientCertificate: undefined,
      authorization: 'Bearer nobody-gave-this',
    }));
    const refused = await stranger.get(configMaps(namespace));
    stranger.close();
    expectStatus(refused, {
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
  });
});
