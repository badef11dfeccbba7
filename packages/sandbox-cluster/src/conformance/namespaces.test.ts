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

import { eventually, untilGone } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { inBackground } from './support/inBackground';
import { configMap } from './support/objects';
import { configMaps, namespaces, serviceAccounts } from './support/paths';
import { useCluster } from './support/useCluster';
import { createNamespace, randomName } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const HOLD = 'conformance.example.test/hold';

describe('Namespaces', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const widgets = useWidgets(cluster);
  const name = randomName();
  beforeAll(() => createNamespace(api, name));
  cluster.cleanUp(async () => {
    await api.patch(configMaps(name, 'held'), {
      metadata: { finalizers: null },
    });
    await api.delete(namespaces(name));
  });

  it('are Active and carry their name as a label', async () => {
    const { body } = await api.get(namespaces(name));
    expect(body).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    const list = await api.get(namespaces(), {
      query: { labelSelector: `kubernetes.io/metadata.name=${name}` },
    });
    expect(list.body.items).toHaveLength(1);
  });

  it('get a default service account', async () => {
    const { status } = await api.get(serviceAccounts(name, 'default'));
    expect(status).toBe(200);
  });

  it('exist from the start: default, kube-system', async () => {
    for (const given of ['default', 'kube-system']) {
      expect((await api.get(namespaces(given))).status).toBe(200);
    }
  });

  describe('deleted', () => {
    const deleted = inBackground(async () => {
      await api.post(widgets.path(name), widgets.make('inside'));
      await api.post(
        configMaps(name),
        configMap('held', { metadata: { finalizers: [HOLD] } }),
      );
      const watch = await api.watch(namespaces(), {
        fieldSelector: `metadata.name=${name}`,
      });
      const answer = await api.delete(namespaces(name));
      // Servers learn of the deletion from watches of their own.
      const late = await eventually('create refused', async () => {
        const created = await api.post(configMaps(name), configMap('late'));
        await api.delete(configMaps(name, 'late'));
        return created.status === 201 ? undefined : created;
      });
      const remaining = await watch.until(
        ({ object }) =>
          object.status.conditions?.some(
            (entry: any) =>
              entry.type === 'NamespaceFinalizersRemaining' &&
              entry.status === 'True',
          ),
        'finalizers remaining',
      );
      await untilGone(api, widgets.path(name, 'inside'));
      const held = await api.get(configMaps(name, 'held'));
      await api.patch(configMaps(name, 'held'), {
        metadata: { finalizers: null },
      });
      const last = await watch.until(({ type }) => type === 'DELETED', 'end');
      watch.stop();
      return { answer, late, remaining, held, last };
    });

    it('answer with the object, Terminating', async () => {
      const { answer } = await deleted();
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        kind: 'Namespace',
        metadata: { deletionTimestamp: expect.any(String) },
        status: { phase: 'Terminating' },
      });
    });

    it('take nothing new', async () => {
      expectStatus((await deleted()).late, {
        code: 403,
        reason: 'Forbidden',
        message: `configmaps "late" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
        causes: [
          { reason: 'NamespaceTerminating', field: 'metadata.namespace' },
        ],
      });
    });

    it('delete what they hold and say what keeps them', async () => {
      const { remaining, held } = await deleted();
      expect(held.body.metadata.deletionTimestamp).toEqual(expect.any(String));
      expect(remaining.object.status.conditions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            type: 'NamespaceContentRemaining',
            status: 'True',
            reason: 'SomeResourcesRemain',
          }),
          expect.objectContaining({
            type: 'NamespaceFinalizersRemaining',
            status: 'True',
            reason: 'SomeFinalizersRemain',
            message: expect.stringContaining(`${HOLD} in 1 resource instances`),
          }),
        ]),
      );
    });

    it('go when nothing is left', async () => {
      const { last } = await deleted();
      expect(last.object.metadata.name).toBe(name);
      const { status } = await api.get(namespaces(name));
      expect(status).toBe(404);
      // The name is free again.
      await eventually('made again', async () => {
        const { status: again } = await api.post(namespaces(), {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name },
        });
        return again === 201 ? true : undefined;
      });
    });
  });
});
