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
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const LATER =
  'the object has been modified; please apply your changes to the latest version and try again';

describe('Custom resource: generation, status, replace', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const create = async (name: string) => {
    const created = await api.post(widgets.path(namespace), widgets.make(name));
    expect(created.status).toBe(201);
    return created.body;
  };

  it('starts with generation 1 and counts changes of spec only', async () => {
    const first = await create('counted');
    expect(first.metadata.generation).toBe(1);
    const path = widgets.path(namespace, 'counted');
    const spec = await api.put(path, {
      ...first,
      spec: { ...first.spec, size: 3 },
    });
    expect(spec.body.metadata.generation).toBe(2);
    const label = await api.patch(path, { metadata: { labels: { a: 'b' } } });
    expect(label.body.metadata.generation).toBe(2);
    expect(label.body.metadata.resourceVersion).not.toBe(
      spec.body.metadata.resourceVersion,
    );
    const own = await api.patch(path, { metadata: { generation: 99 } });
    expect([own.status, own.body.metadata.generation]).toEqual([200, 2]);
  });

  it('drops a status that is sent with a create', async () => {
    const { status, body } = await api.post(widgets.path(namespace), {
      ...widgets.make('with-status'),
      status: { phase: 'Ready' },
    });
    expect(status).toBe(201);
    expect(body.status).toBeUndefined();
  });

  it('takes nothing but status through /status', async () => {
    const first = await create('status-put');
    const { status, body } = await api.put(
      widgets.path(namespace, 'status-put', 'status'),
      {
        ...first,
        metadata: {
          ...first.metadata,
          labels: { through: 'status' },
          annotations: { through: 'status' },
        },
        spec: { ...first.spec, size: 9 },
        status: { phase: 'Ready' },
      },
    );
    expect(status).toBe(200);
    expect(body.status).toEqual({ phase: 'Ready' });
    expect(body.spec).toEqual(first.spec);
    expect(body.metadata.generation).toBe(1);
    expect(body.metadata.labels).toBeUndefined();
    expect(body.metadata.annotations).toBeUndefined();
    expect(body.metadata.resourceVersion).not.toBe(
      first.metadata.resourceVersion,
    );
  });

  it('merges a patch of /status and ignores its spec', async () => {
    await create('status-patch');
    const path = widgets.path(namespace, 'status-patch', 'status');
    await api.patch(path, { status: { phase: 'Ready' } });
    const { status, body } = await api.patch(path, {
      spec: { size: 8 },
      status: { ready: 2 },
    });
    expect(status).toBe(200);
    expect(body.status).toEqual({ phase: 'Ready', ready: 2 });
    expect(body.spec.size).toBe(2);
  });

  it('keeps status through a replace of the object', async () => {
    await create('kept');
    const path = widgets.path(namespace, 'kept');
    const { body: current } = await api.patch(`${path}/status`, {
      status: { phase: 'Ready' },
    });
    const { status: _, ...withoutStatus } = current;
    const same = await api.put(path, withoutStatus);
    expect(same.status).toBe(200);
    expect(same.body).toEqual(current);
    const other = await api.put(path, {
      ...current,
      status: { phase: 'Other' },
    });
    expect(other.body.status).toEqual({ phase: 'Ready' });
  });

  it('reads status as the whole object', async () => {
    const object = await create('readable');
    const read = await api.get(widgets.path(namespace, 'readable', 'status'));
    expect([read.status, read.body]).toEqual([200, object]);
  });

  it('wants a resourceVersion for a replace, also of status', async () => {
    const object = await create('unversioned');
    const { resourceVersion: _, ...metadata } = object.metadata;
    for (const path of [
      widgets.path(namespace, 'unversioned'),
      widgets.path(namespace, 'unversioned', 'status'),
    ]) {
      expectStatus(await api.put(path, { ...object, metadata }), {
        code: 422,
        reason: 'Invalid',
        message: `${widgets.groupResource} "unversioned" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update`,
        causes: [
          { reason: 'FieldValueInvalid', field: 'metadata.resourceVersion' },
        ],
      });
    }
  });

  it.each([
    ['a replace', 'put', undefined],
    ['a replace of status', 'put', 'status'],
    ['a patch', 'patch', undefined],
    ['a patch of status', 'patch', 'status'],
  ] as const)(
    'refuses %s from an old resourceVersion',
    async (_, method, subresource) => {
      const name = `stale-${method}-${subresource ?? 'object'}`;
      const old = await create(name);
      const path = widgets.path(namespace, name, subresource);
      await api.patch(widgets.path(namespace, name), {
        metadata: { labels: { newer: 'yes' } },
      });
      const stale =
        method === 'put'
          ? await api.put(path, { ...old, status: { phase: 'Late' } })
          : await api.patch(path, {
              metadata: { resourceVersion: old.metadata.resourceVersion },
              spec: { size: 4 },
              status: { phase: 'Late' },
            });
      expectStatus(stale, {
        code: 409,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on ${widgets.groupResource} "${name}": ${LATER}`,
        details: {
          name,
          group: widgets.group,
          kind: widgets.plural,
        },
      });
    },
  );

  it('accepts a patch of status from the current resourceVersion', async () => {
    const object = await create('current');
    const { status, body } = await api.patch(
      widgets.path(namespace, 'current', 'status'),
      {
        metadata: { resourceVersion: object.metadata.resourceVersion },
        status: { phase: 'Ready' },
      },
    );
    expect([status, body.status]).toEqual([200, { phase: 'Ready' }]);
  });

  it('keeps the resourceVersion when a patch changes nothing', async () => {
    const object = await create('unchanged');
    const { status, body } = await api.patch(
      widgets.path(namespace, 'unchanged'),
      { spec: { size: 2 } },
    );
    expect([status, body.metadata.resourceVersion]).toEqual([
      200,
      object.metadata.resourceVersion,
    ]);
  });

  it('refuses to rename', async () => {
    await create('firm');
    expectStatus(
      await api.patch(widgets.path(namespace, 'firm'), {
        metadata: { name: 'other' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the name of the object (other) does not match the name on the URL (firm)',
      },
    );
  });

  it('refuses a status that breaks the schema', async () => {
    await create('wrong');
    expectStatus(
      await api.patch(widgets.path(namespace, 'wrong', 'status'), {
        status: { ready: 'many' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message: /status\.ready: Invalid value: "string"/,
      },
    );
  });

  it('answers a delete with a Status that names the uid', async () => {
    const object = await create('leaving');
    const { status, body } = await api.delete(
      widgets.path(namespace, 'leaving'),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: {
        name: 'leaving',
        group: widgets.group,
        kind: widgets.plural,
        uid: object.metadata.uid,
      },
    });
    expectStatus(await api.get(widgets.path(namespace, 'leaving', 'status')), {
      code: 404,
      reason: 'NotFound',
      message: `${widgets.groupResource} "leaving" not found`,
    });
  });

  it('answers the delete of a collection with what was deleted', async () => {
    for (const name of ['some-1', 'some-2']) {
      const object = widgets.make(name);
      object.metadata.labels = { some: 'yes' };
      await api.post(widgets.path(namespace), object);
    }
    const { status, body } = await api.delete(
      widgets.path(namespace),
      undefined,
      { query: { labelSelector: 'some=yes' } },
    );
    expect(status).toBe(200);
    expect(body.kind).toBe(`${widgets.kind}List`);
    expect(body.items.map((item: any) => item.metadata.name)).toEqual([
      'some-1',
      'some-2',
    ]);
    const left = await api.get(widgets.path(namespace), {
      query: { labelSelector: 'some=yes' },
    });
    expect(left.body.items).toEqual([]);
  });
});
