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

import { eventually } from './support/eventually';
import { customResourceDefinitions } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

describe('CustomResourceDefinition: defaults and versions', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const deprecated = () =>
    `299 - "${widgets.group}/v1beta1 ${widgets.kind} is deprecated; use ${widgets.group}/v1 ${widgets.kind}"`;

  it('fills defaults in on every level at create', async () => {
    const { body } = await api.post(
      widgets.path(namespace),
      widgets.make('defaulted', { parts: [{ name: 'a' }] }),
    );
    expect(body.spec).toEqual({
      size: 2,
      color: 'blue',
      mode: 'auto',
      inner: { retries: 3 },
      parts: [{ name: 'a', count: 1 }],
    });
  });

  it('puts a default back when a patch takes the field away', async () => {
    await api.post(widgets.path(namespace), widgets.make('again'));
    const { status, body } = await api.patch(widgets.path(namespace, 'again'), {
      spec: { mode: null },
    });
    expect([status, body.spec.mode]).toEqual([200, 'auto']);
    expect(body.metadata.generation).toBe(1);
  });

  it('reads and writes an object through another version', async () => {
    const written = await api.post(
      widgets.path(namespace, undefined, undefined, 'v1beta1'),
      { ...widgets.make('beta'), apiVersion: `${widgets.group}/v1beta1` },
    );
    expect(written.status).toBe(201);
    expect(written.body.apiVersion).toBe(`${widgets.group}/v1beta1`);
    expect(written.warnings).toEqual([deprecated()]);
    const read = await api.get(widgets.path(namespace, 'beta'));
    expect(read.body).toEqual({
      ...written.body,
      apiVersion: `${widgets.group}/v1`,
      metadata: {
        ...read.body.metadata,
        uid: written.body.metadata.uid,
        resourceVersion: written.body.metadata.resourceVersion,
      },
    });
    expect(read.warnings).toEqual([]);
  });

  it('warns that a version is deprecated on reads as well', async () => {
    await api.post(widgets.path(namespace), widgets.make('old'));
    const one = await api.get(
      widgets.path(namespace, 'old', undefined, 'v1beta1'),
    );
    expect(one.warnings).toEqual([deprecated()]);
    const list = await api.get(
      widgets.path(namespace, undefined, undefined, 'v1beta1'),
    );
    expect(list.warnings).toEqual([deprecated()]);
    expect(list.body.apiVersion).toBe(`${widgets.group}/v1beta1`);
    for (const item of list.body.items) {
      expect(item.apiVersion).toBe(`${widgets.group}/v1beta1`);
    }
  });

  it('tells a watch of one version about writes through the other', async () => {
    const { body } = await api.get(widgets.path(namespace));
    const watch = await api.watch(widgets.path(namespace), {
      resourceVersion: body.metadata.resourceVersion,
    });
    await api.post(widgets.path(namespace, undefined, undefined, 'v1beta1'), {
      ...widgets.make('watched'),
      apiVersion: `${widgets.group}/v1beta1`,
    });
    const [event] = await watch.take(1);
    watch.stop();
    expect(event).toMatchObject({
      type: 'ADDED',
      object: {
        apiVersion: `${widgets.group}/v1`,
        metadata: { name: 'watched' },
      },
    });
  });

  it('shows a new default in objects that were stored before', async () => {
    const { body: before } = await api.post(
      widgets.path(namespace),
      widgets.make('stored'),
    );
    const path = customResourceDefinitions(widgets.definitionName);
    await eventually('definition updated', async () => {
      const { body: definition } = await api.get(path);
      for (const version of definition.spec.versions) {
        version.schema.openAPIV3Schema.properties.spec.properties.added = {
          type: 'string',
          default: 'late',
        };
      }
      const { status } = await api.put(path, definition);
      return status === 200 ? true : undefined;
    });
    const after = await eventually('new default served', async () => {
      const { body } = await api.get(widgets.path(namespace, 'stored'));
      return body.spec.added ? body : undefined;
    });
    expect(after.spec).toEqual({ ...before.spec, added: 'late' });
    expect(after.metadata.resourceVersion).toBe(
      before.metadata.resourceVersion,
    );
    expect(after.metadata.generation).toBe(1);
  });
});
