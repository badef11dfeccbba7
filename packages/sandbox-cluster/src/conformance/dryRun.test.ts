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
import { useWidgets } from './support/widgets';

const DRY = { query: { dryRun: 'All' } };

describe('Dry run', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);

  it('answers a create as if it had happened, without a resourceVersion', async () => {
    const { status, body } = await api.post(
      configMaps(namespace),
      configMap('dry'),
      DRY,
    );
    expect(status).toBe(201);
    expect(body.metadata).toMatchObject({
      name: 'dry',
      uid: expect.any(String),
      creationTimestamp: expect.any(String),
    });
    expect(body.metadata.resourceVersion).toBeUndefined();
    expect((await api.get(configMaps(namespace, 'dry'))).status).toBe(404);
  });

  it('defaults and validates', async () => {
    const { body } = await api.post(
      widgets.path(namespace),
      widgets.make('dry'),
      DRY,
    );
    expect(body.spec.mode).toBe('auto');
    expectStatus(
      await api.post(
        widgets.path(namespace),
        widgets.make('dry', { size: 99 }),
        DRY,
      ),
      { code: 422, reason: 'Invalid' },
    );
    expect((await api.get(widgets.path(namespace, 'dry'))).status).toBe(404);
  });

  it('refuses a create of a name that is taken', async () => {
    await api.post(configMaps(namespace), configMap('taken'));
    expectStatus(
      await api.post(configMaps(namespace), configMap('taken'), DRY),
      { code: 409, reason: 'AlreadyExists' },
    );
  });

  it('changes and deletes nothing, and no watch hears of it', async () => {
    await api.post(configMaps(namespace), configMap('stays'));
    const path = configMaps(namespace, 'stays');
    const before = (await api.get(path)).body;
    const watch = await api.watch(configMaps(namespace), {
      fieldSelector: 'metadata.name=stays',
      resourceVersion: before.metadata.resourceVersion,
    });
    const patched = await api.patch(path, { data: { a: 'b' } }, 'merge', DRY);
    expect([patched.status, patched.body.data.a]).toEqual([200, 'b']);
    const deleted = await api.delete(path, undefined, DRY);
    expect(deleted.body).toMatchObject({ kind: 'Status', status: 'Success' });
    expect((await api.get(path)).body).toEqual(before);
    await api.patch(path, { data: { real: 'yes' } });
    const [first] = await watch.take(1);
    watch.stop();
    expect(first.object.data).toEqual({ key: 'value', real: 'yes' });
  });

  it('refuses any word but All', async () => {
    expectStatus(
      await api.post(configMaps(namespace), configMap('dry'), {
        query: { dryRun: 'Yes' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message:
          /^CreateOptions\.meta\.k8s\.io "" is invalid: dryRun: Unsupported value/,
        causes: [{ reason: 'FieldValueNotSupported', field: 'dryRun' }],
      },
    );
  });
});
