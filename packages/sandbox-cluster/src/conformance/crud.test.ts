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
import { configMap } from './support/objects';
import { configMaps } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const LATER =
  'the object has been modified; please apply your changes to the latest version and try again';

describe('Create, read, replace', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const create = async (name: string, extra?: Record<string, any>) => {
    const created = await api.post(
      configMaps(namespace),
      configMap(name, extra),
    );
    expect(created.status).toBe(201);
    return created.body;
  };

  it('creates: 201 with what the server owns filled in', async () => {
    const { status, body } = await api.post(
      configMaps(namespace),
      configMap('fresh', {
        metadata: {
          uid: '00000000-0000-0000-0000-000000000000',
          creationTimestamp: '2001-01-01T00:00:00Z',
        },
      }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'fresh',
        namespace,
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
      data: { key: 'value' },
    });
    expect(body.metadata.uid).not.toBe('00000000-0000-0000-0000-000000000000');
    expect(body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.metadata.creationTimestamp).toMatch(/^20\d\d-.*:\d\dZ$/);
    expect(body.metadata.creationTimestamp).not.toMatch(/^2001/);
    expect((await api.get(configMaps(namespace, 'fresh'))).body).toEqual(body);
  });

  it('refuses a name that is taken', async () => {
    await create('twice');
    expectStatus(await api.post(configMaps(namespace), configMap('twice')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "twice" already exists',
      details: { name: 'twice', kind: 'configmaps' },
    });
  });

  it('makes a name from generateName', async () => {
    const { status, body } = await api.post(configMaps(namespace), {
      ...configMap(''),
      metadata: { generateName: 'made-' },
    });
    expect(status).toBe(201);
    expect(body.metadata.name).toMatch(/^made-[a-z0-9]{5}$/);
    expect(body.metadata.generateName).toBe('made-');
  });

  it.each([
    ['get', () => api.get(configMaps(namespace, 'missing'))],
    [
      'replace',
      () => api.put(configMaps(namespace, 'missing'), configMap('missing')),
    ],
    [
      'patch',
      () => api.patch(configMaps(namespace, 'missing'), { data: { a: 'b' } }),
    ],
    ['delete', () => api.delete(configMaps(namespace, 'missing'))],
  ])('%s of a missing object is NotFound', async (_, ask) => {
    expectStatus(await ask(), {
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "missing" not found',
      details: { name: 'missing', kind: 'configmaps' },
    });
  });

  it('lists nothing in a namespace that does not exist, and creates nothing there', async () => {
    const nowhere = `${namespace}-nowhere`;
    const { status, body } = await api.get(configMaps(nowhere));
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'ConfigMapList', items: [] });
    expectStatus(await api.post(configMaps(nowhere), configMap('a')), {
      code: 404,
      reason: 'NotFound',
      message: `namespaces "${nowhere}" not found`,
      details: { name: nowhere, kind: 'namespaces' },
    });
  });

  it('replaces with optimistic concurrency', async () => {
    const first = await create('versioned');
    const path = configMaps(namespace, 'versioned');
    const second = await api.put(path, { ...first, data: { key: 'second' } });
    expect(second.status).toBe(200);
    expect(second.body.metadata.uid).toBe(first.metadata.uid);
    expect(BigInt(second.body.metadata.resourceVersion)).toBeGreaterThan(
      BigInt(first.metadata.resourceVersion),
    );
    expectStatus(await api.put(path, { ...first, data: { key: 'late' } }), {
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on configmaps "versioned": ${LATER}`,
      details: { name: 'versioned', kind: 'configmaps' },
    });
    expect((await api.get(path)).body.data).toEqual({ key: 'second' });
  });

  it('replaces a built-in object without a resourceVersion', async () => {
    await create('unconditional');
    const { status, body } = await api.put(
      configMaps(namespace, 'unconditional'),
      configMap('unconditional', { data: { key: 'replaced' } }),
    );
    expect([status, body.data]).toEqual([200, { key: 'replaced' }]);
  });

  it('keeps the resourceVersion when nothing changes', async () => {
    const before = await create('same');
    const { status, body } = await api.put(
      configMaps(namespace, 'same'),
      before,
    );
    expect(status).toBe(200);
    expect(body.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
  });

  it('refuses a replace with another uid', async () => {
    const object = await create('identity');
    expectStatus(
      await api.put(configMaps(namespace, 'identity'), {
        ...object,
        metadata: {
          ...object.metadata,
          uid: '00000000-0000-0000-0000-000000000000',
        },
      }),
      {
        code: 409,
        reason: 'Conflict',
        message:
          /Precondition failed: UID in precondition: 00000000-0000-0000-0000-000000000000, UID in object meta: /,
      },
    );
  });

  it('refuses a body whose name is not that of the path', async () => {
    const object = await create('named');
    expectStatus(
      await api.put(configMaps(namespace, 'named'), {
        ...object,
        metadata: { ...object.metadata, name: 'other' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the name of the object (other) does not match the name on the URL (named)',
      },
    );
  });

  it('refuses a create that carries a resourceVersion', async () => {
    expectStatus(
      await api.post(
        configMaps(namespace),
        configMap('rv', { metadata: { resourceVersion: '1' } }),
      ),
      {
        code: 500,
        message: 'resourceVersion should not be set on objects to be created',
      },
    );
  });
});
