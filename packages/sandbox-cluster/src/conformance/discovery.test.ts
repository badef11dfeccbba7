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
import { configMaps, jobs, resourcePath } from './support/paths';
import { useCluster } from './support/useCluster';
import { useWidgets } from './support/widgets';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,' +
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,' +
  'application/json';

describe('Discovery', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const widgets = useWidgets(cluster);

  it('tells the version of the server', async () => {
    const { status, body } = await api.get('/version');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      major: '1',
      minor: expect.stringMatching(/^\d+\+?$/),
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/),
    });
  });

  it('lists the versions of the core group', async () => {
    const { body } = await api.get('/api');
    expect(body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  });

  it('lists the groups with their preferred versions', async () => {
    const { body } = await api.get('/apis');
    expect(body).toMatchObject({ kind: 'APIGroupList', apiVersion: 'v1' });
    for (const [name, version] of [
      ['apps', 'v1'],
      ['batch', 'v1'],
      ['events.k8s.io', 'v1'],
      ['coordination.k8s.io', 'v1'],
      ['authorization.k8s.io', 'v1'],
      ['rbac.authorization.k8s.io', 'v1'],
      ['apiextensions.k8s.io', 'v1'],
    ]) {
      const groupVersion = `${name}/${version}`;
      expect(body.groups).toContainEqual(
        expect.objectContaining({
          name,
          versions: expect.arrayContaining([{ groupVersion, version }]),
          preferredVersion: { groupVersion, version },
        }),
      );
    }
  });

  it('answers for one group', async () => {
    const { body } = await api.get('/apis/batch');
    expect(body).toMatchObject({
      kind: 'APIGroup',
      apiVersion: 'v1',
      name: 'batch',
      preferredVersion: { groupVersion: 'batch/v1', version: 'v1' },
    });
  });

  it.each([
    ['/api/v1', 'v1', 'configmaps', 'configmap', 'ConfigMap', true],
    ['/api/v1', 'v1', 'secrets', 'secret', 'Secret', true],
    [
      '/api/v1',
      'v1',
      'serviceaccounts',
      'serviceaccount',
      'ServiceAccount',
      true,
    ],
    ['/api/v1', 'v1', 'pods', 'pod', 'Pod', true],
    ['/api/v1', 'v1', 'events', 'event', 'Event', true],
    ['/apis/batch/v1', 'batch/v1', 'jobs', 'job', 'Job', true],
    [
      '/apis/coordination.k8s.io/v1',
      'coordination.k8s.io/v1',
      'leases',
      'lease',
      'Lease',
      true,
    ],
    [
      '/apis/apiextensions.k8s.io/v1',
      'apiextensions.k8s.io/v1',
      'customresourcedefinitions',
      'customresourcedefinition',
      'CustomResourceDefinition',
      false,
    ],
  ])(
    '%s (%s) has %s with every verb',
    async (path, groupVersion, name, singularName, kind, namespaced) => {
      const { body } = await api.get(path);
      expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion });
      const resource = body.resources.find((entry: any) => entry.name === name);
      expect(resource).toMatchObject({ singularName, kind, namespaced });
      expect([...resource.verbs].sort()).toEqual([
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ]);
    },
  );

  it('lists subresources beside their resource', async () => {
    const core = (await api.get('/api/v1')).body.resources;
    expect(core).toContainEqual(
      expect.objectContaining({
        name: 'pods/log',
        singularName: '',
        kind: 'Pod',
        verbs: ['get'],
      }),
    );
    const batch = (await api.get('/apis/batch/v1')).body.resources;
    expect(batch).toContainEqual(
      expect.objectContaining({
        name: 'jobs/status',
        namespaced: true,
        verbs: ['get', 'patch', 'update'],
      }),
    );
  });

  it('serves a custom group with every served version, the newest stable one preferred', async () => {
    const { body } = await api.get(`/apis/${widgets.group}`);
    expect(body.preferredVersion.version).toBe('v1');
    expect(body.versions.map((entry: any) => entry.version)).toEqual([
      'v1',
      'v1beta1',
    ]);
    const { resources } = (await api.get(`/apis/${widgets.group}/v1`)).body;
    expect(resources).toContainEqual(
      expect.objectContaining({
        name: widgets.plural,
        singularName: widgets.singular,
        kind: widgets.kind,
        namespaced: true,
      }),
    );
    expect(resources).toContainEqual(
      expect.objectContaining({
        name: `${widgets.plural}/status`,
        verbs: ['get', 'patch', 'update'],
      }),
    );
  });

  // Aggregated discovery is stable since 1.30; v2beta1 is asked for as well.
  it('answers aggregated discovery in one request', async () => {
    const { body, contentType } = await api.get('/apis', {
      accept: AGGREGATED,
    });
    expect(contentType).toMatch(
      /application\/json;g=apidiscovery\.k8s\.io;v=v2(beta1)?;as=APIGroupDiscoveryList/,
    );
    expect(body.kind).toBe('APIGroupDiscoveryList');
    const batch = body.items.find(
      (group: any) => group.metadata.name === 'batch',
    );
    const jobsEntry = batch.versions[0].resources.find(
      (resource: any) => resource.resource === 'jobs',
    );
    expect(jobsEntry).toMatchObject({
      responseKind: { kind: 'Job' },
      scope: 'Namespaced',
      singularResource: 'job',
      subresources: [{ subresource: 'status' }],
    });
  });

  it.each(['/apis/none.example.test', '/apis/none.example.test/v1', '/none'])(
    'answers plain text to the unknown path %s',
    async path => {
      const { status, contentType, text } = await api.get(path);
      expect(status).toBe(404);
      expect(contentType).toMatch(/^text\/plain/);
      expect(text.trim()).toBe('404 page not found');
    },
  );

  it('answers a Status to an unknown resource of a known group', async () => {
    expectStatus(
      await api.get(resourcePath('batch/v1', 'default', 'nothings')),
      {
        code: 404,
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
      },
    );
  });

  it.each([
    ['PUT', configMaps('default')],
    ['PATCH', jobs('default')],
    ['POST', configMaps('default', 'name')],
  ])('refuses %s %s', async (method, path) => {
    expectStatus(
      await api.request(method, path, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'name' },
      }),
      {
        code: 405,
        reason: 'MethodNotAllowed',
        message:
          'the server does not allow this method on the requested resource',
      },
    );
  });

  it.each(['/healthz', '/livez', '/readyz'])('is well: %s', async path => {
    const { status, text } = await api.get(path, { accept: '*/*' });
    expect([status, text]).toEqual([200, 'ok']);
  });
});
