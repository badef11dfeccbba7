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

const HOLD = 'conformance.example.test/hold';

describe('Deletion and finalizers', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const path = (name?: string) => configMaps(namespace, name);
  const create = async (name: string, finalizers?: string[]) => {
    const created = await api.post(
      path(),
      configMap(name, { metadata: { finalizers } }),
    );
    expect(created.status).toBe(201);
    return created.body;
  };

  it('answers with a Status that names the uid when the object goes at once', async () => {
    const object = await create('gone');
    const { status, body } = await api.delete(path('gone'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'gone', kind: 'configmaps', uid: object.metadata.uid },
    });
    expect((await api.get(path('gone'))).status).toBe(404);
  });

  it('keeps an object that has a finalizer, until it is taken off', async () => {
    const before = await create('held', [HOLD]);
    const watch = await api.watch(path(), {
      fieldSelector: 'metadata.name=held',
      resourceVersion: before.metadata.resourceVersion,
    });

    const deleted = await api.delete(path('held'));
    expect(deleted.status).toBe(200);
    expect(deleted.body).toMatchObject({
      kind: 'ConfigMap',
      metadata: {
        deletionTimestamp: expect.any(String),
        deletionGracePeriodSeconds: 0,
        finalizers: [HOLD],
      },
    });
    const again = await api.delete(path('held'));
    expect([again.status, again.body]).toEqual([200, deleted.body]);

    const added = await api.patch(path('held'), {
      metadata: { finalizers: [HOLD, `${HOLD}-more`] },
    });
    expectStatus(added, {
      code: 422,
      reason: 'Invalid',
      message: /no new finalizers can be added if the object is being deleted/,
    });
    // Errors of metadata are found, and listed, by more than one check.
    expect(added.body.details.causes).toContainEqual(
      expect.objectContaining({
        reason: 'FieldValueForbidden',
        field: 'metadata.finalizers',
      }),
    );
    const changed = await api.patch(path('held'), { data: { a: 'b' } });
    expect([changed.status, changed.body.data.a]).toEqual([200, 'b']);

    expectStatus(await api.post(path(), configMap('held')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'object is being deleted: configmaps "held" already exists',
    });

    const released = await api.patch(path('held'), {
      metadata: { finalizers: null },
    });
    expect(released.status).toBe(200);
    expect(released.body.metadata.finalizers).toBeUndefined();
    expect((await api.get(path('held'))).status).toBe(404);

    const events = await watch.take(3);
    watch.stop();
    expect(events.map(({ type }) => type)).toEqual([
      'MODIFIED',
      'MODIFIED',
      'DELETED',
    ]);
    expect(
      BigInt(events[2].object.metadata.resourceVersion) >
        BigInt(changed.body.metadata.resourceVersion),
    ).toBe(true);
  });

  it('refuses a finalizer without a domain', async () => {
    expectStatus(
      await api.post(
        path(),
        configMap('bad', { metadata: { finalizers: ['hold'] } }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /name is neither a standard finalizer name nor is it fully qualified/,
      },
    );
  });

  it('deletes a collection and answers with the list', async () => {
    const labels = { group: 'all' };
    for (const name of ['all-1', 'all-2']) {
      await api.post(path(), configMap(name, { metadata: { labels } }));
    }
    await create('not-all');
    const { status, body } = await api.delete(path(), undefined, {
      query: { labelSelector: 'group=all' },
    });
    expect(status).toBe(200);
    expect(body.kind).toBe('ConfigMapList');
    expect(body.items.map((item: any) => item.metadata.name)).toEqual([
      'all-1',
      'all-2',
    ]);
    expect((await api.get(path('all-1'))).status).toBe(404);
    expect((await api.get(path('not-all'))).status).toBe(200);
  });

  it('refuses a propagation policy it does not know', async () => {
    await create('policy');
    expectStatus(
      await api.delete(path('policy'), undefined, {
        query: { propagationPolicy: 'Sometimes' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /^DeleteOptions\.meta\.k8s\.io "" is invalid: propagationPolicy: Unsupported value: "Sometimes"/,
      },
    );
  });
});
