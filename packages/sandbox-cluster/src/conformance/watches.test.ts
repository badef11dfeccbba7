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

import { configMap } from './support/objects';
import { configMaps } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const version = (object: any) => BigInt(object.metadata.resourceVersion);

describe('Watches', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const other = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const path = (name?: string) => configMaps(namespace, name);
  const now = async () =>
    (await api.get(path())).body.metadata.resourceVersion as string;
  const create = (name: string, labels: Record<string, string> = {}) =>
    api.post(path(), configMap(name, { metadata: { labels } }));

  it('tells what happens after a resourceVersion, in order', async () => {
    const watch = await api.watch(path(), {
      resourceVersion: await now(),
      labelSelector: 'test=told',
    });
    await create('told', { test: 'told' });
    await api.patch(path('told'), { data: { key: 'other' } });
    await api.delete(path('told'));
    const events = await watch.take(3);
    watch.stop();
    expect(events.map(event => event.type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
    const [added, modified, deleted] = events.map(event => event.object);
    expect(added).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    expect(modified.data).toEqual({ key: 'other' });
    // The last state, under the resourceVersion of the deletion.
    expect(deleted.data).toEqual({ key: 'other' });
    expect(version(added) < version(modified)).toBe(true);
    expect(version(modified) < version(deleted)).toBe(true);
  });

  it('goes on where an earlier one stopped, without a gap', async () => {
    const labels = { test: 'gap' };
    const labelSelector = 'test=gap';
    const first = await api.watch(path(), {
      resourceVersion: await now(),
      labelSelector,
    });
    await create('gap-1', labels);
    const [seen] = await first.take(1);
    first.stop();
    await create('gap-2', labels);
    await create('gap-3', labels);
    const second = await api.watch(path(), {
      labelSelector,
      resourceVersion: seen.object.metadata.resourceVersion,
    });
    const missed = await second.take(2);
    second.stop();
    expect(missed.map(event => event.object.metadata.name)).toEqual([
      'gap-2',
      'gap-3',
    ]);
  });

  it('starts with an ADDED for all that exists when no resourceVersion is given', async () => {
    await create('exists');
    for (const resourceVersion of [undefined, '0']) {
      const watch = await api.watch(path(), { resourceVersion });
      const event = await watch.until(
        ({ object }) => object.metadata.name === 'exists',
        'ADDED',
      );
      watch.stop();
      expect(event.type).toBe('ADDED');
    }
  });

  it('follows an object into and out of a label selector', async () => {
    const watch = await api.watch(path(), {
      labelSelector: 'on=yes',
      resourceVersion: await now(),
    });
    await create('labelled');
    await api.patch(path('labelled'), { metadata: { labels: { on: 'yes' } } });
    await api.patch(path('labelled'), { data: { key: 'changed' } });
    const left = await api.patch(path('labelled'), {
      metadata: { labels: { on: 'no' } },
      data: { key: 'left' },
    });
    await api.delete(path('labelled'));
    await create('last', { on: 'yes' });
    const events = await watch.take(4);
    watch.stop();
    expect(
      events.map(({ type, object }) => [type, object.metadata.name]),
    ).toEqual([
      ['ADDED', 'labelled'],
      ['MODIFIED', 'labelled'],
      ['DELETED', 'labelled'],
      ['ADDED', 'last'],
    ]);
    // The state that still matched, under the resourceVersion of the change.
    expect(events[2].object.data).toEqual({ key: 'changed' });
    expect(events[2].object.metadata.labels).toEqual({ on: 'yes' });
    expect(version(events[2].object)).toBe(version(left.body));
  });

  it('watches one object by name', async () => {
    const watch = await api.watch(path(), {
      fieldSelector: 'metadata.name=only',
      resourceVersion: await now(),
    });
    await create('other-one');
    await create('only');
    const [event] = await watch.take(1);
    watch.stop();
    expect(event.object.metadata.name).toBe('only');
  });

  it('watches every namespace at once', async () => {
    const { body } = await api.get(widgets.path(namespace));
    const watch = await api.watch(
      widgets.path(namespace).replace(`/namespaces/${namespace}`, ''),
      { resourceVersion: body.metadata.resourceVersion },
    );
    await api.post(widgets.path(namespace), widgets.make('anywhere'));
    const [event] = await watch.take(1);
    watch.stop();
    expect(event.object.metadata).toMatchObject({
      name: 'anywhere',
      namespace,
    });
  });

  it('loses and doubles nothing when much happens at once', async () => {
    const watch = await api.watch(path(), {
      labelSelector: 'burst=yes',
      resourceVersion: await now(),
    });
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        create(`burst-${n}`, { burst: 'yes' }),
      ),
    );
    const events = await watch.take(60);
    watch.stop();
    const names = new Set(events.map(({ object }) => object.metadata.name));
    expect(names.size).toBe(60);
    const versions = events.map(({ object }) => version(object));
    expect([...versions].sort((a, b) => (a < b ? -1 : 1))).toEqual(versions);
  });

  it('tells nothing of other namespaces', async () => {
    const watch = await api.watch(path(), {
      resourceVersion: await now(),
      fieldSelector: 'metadata.name=twin',
    });
    await api.post(configMaps(other), configMap('twin'));
    await create('twin');
    const [event] = await watch.take(1);
    watch.stop();
    expect(event.object.metadata.namespace).toBe(namespace);
  });
});
