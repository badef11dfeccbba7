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
import { expectStatus } from './support/expectStatus';
import { resourcePath } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { readerOf, useReader } from './support/useReader';
import { useWidgets } from './support/widgets';

describe('Access reviews', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  useReader(cluster, namespace, widgets);
  const user = readerOf(namespace);
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
