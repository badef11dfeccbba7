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
import { eventually } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { configMap, job } from './support/objects';
import {
  configMaps,
  jobs,
  pods,
  resourcePath,
  roleBindings,
  roles,
  serviceAccounts,
} from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

describe('Authorization', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const user = `system:serviceaccount:${namespace}:reader`;
  const asUser = { as: user };
  const reviews = resourcePath(
    'authorization.k8s.io/v1',
    undefined,
    'selfsubjectaccessreviews',
  );
  const review = (spec: Record<string, any>, as?: string) =>
    api.post(
      reviews,
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec,
      },
      { as },
    );
  const may = async (
    verb: string,
    group: string,
    resource: string,
    extra: Record<string, string> = {},
  ) => {
    const { status, body } = await review(
      { resourceAttributes: { namespace, verb, group, resource, ...extra } },
      user,
    );
    expect(status).toBe(201);
    return body.status.allowed as boolean;
  };

  beforeAll(async () => {
    await api.post(serviceAccounts(namespace), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'reader' },
    });
    await api.post(roles(namespace), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'reader' },
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['known'],
          verbs: ['get'],
        },
        {
          apiGroups: [widgets.group],
          resources: [`${widgets.plural}/status`],
          verbs: ['patch'],
        },
      ],
    });
    await api.post(roleBindings(namespace), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'reader' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'reader',
      },
      subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace }],
    });
    // The authorizer learns of roles from watches of its own.
    await eventually('role in force', async () => {
      const { status } = await api.get(configMaps(namespace), asUser);
      return status === 200 ? true : undefined;
    });
  });

  it('lets the service account do what its role says', async () => {
    const { status, body } = await api.get(configMaps(namespace), asUser);
    expect([status, body.kind]).toEqual([200, 'ConfigMapList']);
  });

  it.each([
    ['get', '', 'configmaps', {}, true],
    ['list', '', 'configmaps', {}, true],
    ['watch', '', 'configmaps', {}, false],
    ['delete', '', 'configmaps', {}, false],
    ['create', 'batch', 'jobs', {}, false],
    ['get', '', 'secrets', { name: 'known' }, true],
    ['get', '', 'secrets', { name: 'other' }, false],
    ['get', '', 'configmaps', { namespace: 'default' }, false],
    ['get', '', 'pods', { subresource: 'log' }, false],
  ])(
    'reviews: %s "%s" %s %j is %s',
    async (verb, group, resource, extra, allowed) => {
      const attributes: Record<string, string> = { ...extra };
      expect(await may(verb, group, resource, attributes)).toBe(allowed);
    },
  );

  it('reviews a subresource apart from its resource', async () => {
    const { group } = widgets;
    expect(
      await may('patch', group, widgets.plural, { subresource: 'status' }),
    ).toBe(true);
    expect(await may('patch', group, widgets.plural)).toBe(false);
  });

  it('answers a review with what was asked', async () => {
    const resourceAttributes = {
      namespace,
      verb: 'delete',
      resource: 'configmaps',
    };
    const { status, body } = await review({ resourceAttributes }, user);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      spec: { resourceAttributes },
      status: { allowed: false },
    });
  });

  it('tells the administrator that everything is allowed', async () => {
    const { body } = await review({
      resourceAttributes: { namespace, verb: 'delete', resource: 'configmaps' },
    });
    expect(body.status.allowed).toBe(true);
  });

  it('reviews paths that are no resources', async () => {
    const nonResourceAttributes = { path: '/metrics', verb: 'get' };
    const { body } = await review({ nonResourceAttributes }, user);
    expect(body.status.allowed).toBe(false);
  });

  it('refuses a review that asks for nothing', async () => {
    expectStatus(await review({}), {
      code: 422,
      reason: 'Invalid',
      message:
        /exactly one of nonResourceAttributes or resourceAttributes must be specified/,
    });
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

  it('lists what one may do in a namespace', async () => {
    const { status, body } = await api.post(
      resourcePath(
        'authorization.k8s.io/v1',
        undefined,
        'selfsubjectrulesreviews',
      ),
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectRulesReview',
        spec: { namespace },
      },
      asUser,
    );
    expect(status).toBe(201);
    expect(body.status.resourceRules).toContainEqual(
      expect.objectContaining({
        verbs: ['get', 'list'],
        apiGroups: [''],
        resources: ['configmaps'],
      }),
    );
  });

  it('tells who one is', async () => {
    const { status, body } = await api.post(
      resourcePath('authentication.k8s.io/v1', undefined, 'selfsubjectreviews'),
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
      },
      asUser,
    );
    expect(status).toBe(201);
    expect(body.status.userInfo.username).toBe(user);
    expect(body.status.userInfo.groups).toEqual(
      expect.arrayContaining([
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:authenticated',
      ]),
    );
  });
});
