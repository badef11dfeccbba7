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

describe('Server-side apply', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const apply = (
    name: string,
    fieldManager: string | undefined,
    spec: Record<string, any>,
    query: Record<string, any> = {},
  ) =>
    api.patch(
      widgets.path(namespace, name),
      {
        apiVersion: widgets.apiVersion,
        kind: widgets.kind,
        metadata: { name },
        spec,
      },
      'apply',
      { query: { fieldManager, ...query } },
    );

  it('creates with 201, then answers 200 and changes nothing', async () => {
    const spec = { size: 2, color: 'blue', parts: [{ name: 'a' }] };
    const first = await apply('idem', 'alice', spec);
    expect(first.status).toBe(201);
    expect(first.body.metadata.managedFields).toEqual([
      expect.objectContaining({
        manager: 'alice',
        operation: 'Apply',
        apiVersion: widgets.apiVersion,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:spec': {
            'f:color': {},
            'f:parts': { 'k:{"name":"a"}': { '.': {}, 'f:name': {} } },
            'f:size': {},
          },
        },
      }),
    ]);
    const second = await apply('idem', 'alice', spec);
    expect(second.status).toBe(200);
    expect(second.body.metadata.resourceVersion).toBe(
      first.body.metadata.resourceVersion,
    );
  });

  it('merges list maps by key and gives each manager its own part', async () => {
    await apply('parts', 'alice', {
      size: 2,
      color: 'blue',
      parts: [{ name: 'a' }],
    });
    const { status, body } = await apply('parts', 'bob', {
      parts: [{ name: 'b', count: 2 }],
    });
    expect(status).toBe(200);
    expect(body.spec.parts).toEqual([
      { name: 'a', count: 1 },
      { name: 'b', count: 2 },
    ]);
    const without = await apply('parts', 'alice', { size: 2, color: 'blue' });
    expect(without.body.spec.parts).toEqual([{ name: 'b', count: 2 }]);
  });

  it('refuses to take a field from another manager, unless forced', async () => {
    await apply('contested', 'alice', { size: 2, color: 'blue' });
    expectStatus(await apply('contested', 'bob', { size: 4 }), {
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "alice": .spec.size',
      causes: [
        {
          reason: 'FieldManagerConflict',
          field: '.spec.size',
          message: 'conflict with "alice"',
        },
      ],
    });
    expectStatus(await apply('contested', 'bob', { size: 4, color: 'green' }), {
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 2 conflicts: conflicts with "alice":\n- .spec.color\n- .spec.size',
    });
    const forced = await apply(
      'contested',
      'bob',
      { size: 4 },
      { force: true },
    );
    expect([forced.status, forced.body.spec.size]).toEqual([200, 4]);
    // What was taken is not the first one's any more.
    const back = await apply('contested', 'alice', { size: 2, color: 'blue' });
    expectStatus(back, { code: 409, message: /conflict with "bob"/ });
  });

  it('shares a field that both set to the same value', async () => {
    await apply('shared', 'alice', { size: 2, color: 'blue' });
    const { status, body } = await apply('shared', 'carol', { color: 'blue' });
    expect(status).toBe(200);
    const managers = body.metadata.managedFields.map(
      (entry: any) => entry.manager,
    );
    expect(managers.sort()).toEqual(['alice', 'carol']);
  });

  it('conflicts with what another wrote by an update', async () => {
    await apply('updated', 'alice', { size: 2, color: 'blue' });
    await api.patch(
      widgets.path(namespace, 'updated'),
      { spec: { mode: 'manual' } },
      'merge',
      { query: { fieldManager: 'dave' } },
    );
    expectStatus(
      await apply('updated', 'alice', {
        size: 2,
        color: 'blue',
        mode: 'auto',
      }),
      {
        code: 409,
        reason: 'Conflict',
        message: `Apply failed with 1 conflict: conflict with "dave" using ${widgets.apiVersion}: .spec.mode`,
      },
    );
  });

  it('wants a field manager', async () => {
    expectStatus(await apply('nobody', undefined, { size: 1 }), {
      code: 422,
      reason: 'Invalid',
      message:
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      causes: [{ reason: 'FieldValueRequired', field: 'fieldManager' }],
    });
  });

  it('refuses fields that the schema does not know', async () => {
    await apply('unknown', 'alice', { size: 2, color: 'blue' });
    expectStatus(
      await apply('unknown', 'alice', { size: 2, color: 'blue', bogus: 1 }),
      {
        code: 500,
        message:
          /failed to create typed patch object .*\.spec\.bogus: field not declared in schema/,
      },
    );
  });

  it('refuses an old resourceVersion', async () => {
    await apply('stale', 'alice', { size: 2, color: 'blue' });
    expectStatus(
      await api.patch(
        widgets.path(namespace, 'stale'),
        {
          ...widgets.make('stale'),
          metadata: { name: 'stale', resourceVersion: '1' },
        },
        'apply',
        { query: { fieldManager: 'alice' } },
      ),
      {
        code: 409,
        reason: 'Conflict',
        message: /the object has been modified/,
      },
    );
  });

  it('applies status through its subresource and leaves spec alone', async () => {
    await apply('status', 'alice', { size: 2, color: 'blue' });
    const { status, body } = await api.patch(
      widgets.path(namespace, 'status', 'status'),
      {
        apiVersion: widgets.apiVersion,
        kind: widgets.kind,
        metadata: { name: 'status' },
        spec: { size: 1 },
        status: { phase: 'Ready' },
      },
      'apply',
      { query: { fieldManager: 'controller' } },
    );
    expect(status).toBe(200);
    expect([body.spec.size, body.status]).toEqual([2, { phase: 'Ready' }]);
    expect(body.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'controller',
        operation: 'Apply',
        subresource: 'status',
        fieldsV1: { 'f:status': { 'f:phase': {} } },
      }),
    );
  });

  it('creates nothing through status', async () => {
    expectStatus(
      await api.patch(
        widgets.path(namespace, 'missing', 'status'),
        {
          apiVersion: widgets.apiVersion,
          kind: widgets.kind,
          metadata: { name: 'missing' },
          status: { phase: 'Ready' },
        },
        'apply',
        { query: { fieldManager: 'controller' } },
      ),
      {
        code: 404,
        reason: 'NotFound',
        message: `${widgets.groupResource} "missing" not found`,
      },
    );
  });

  it('reads a body in YAML', async () => {
    const { status, body } = await api.patch(
      widgets.path(namespace, 'yaml'),
      `apiVersion: ${widgets.apiVersion}\nkind: ${widgets.kind}\n` +
        'metadata:\n  name: yaml\nspec:\n  size: 1\n  color: red\n',
      'apply',
      { query: { fieldManager: 'alice' } },
    );
    expect([status, body.spec.size]).toEqual([201, 1]);
  });
});
