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

const version = (object: any) => BigInt(object.metadata.resourceVersion);

describe('Where watches begin and end', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const path = (name?: string) => configMaps(namespace, name);
  const now = async () =>
    (await api.get(path())).body.metadata.resourceVersion as string;
  const create = (name: string, labels: Record<string, string> = {}) =>
    api.post(path(), configMap(name, { metadata: { labels } }));

  it('ends after timeoutSeconds', async () => {
    const watch = await api.watch(path(), {
      resourceVersion: await now(),
      timeoutSeconds: 2,
    });
    const lasted = await watch.closed;
    // Servers may round the time down to whole seconds, never up by much.
    expect(lasted).toBeGreaterThan(1_500);
    expect(lasted).toBeLessThan(15_000);
  });

  it('answers one ERROR event, Expired, to a resourceVersion that is too old', async () => {
    const watch = await api.watch(path(), { resourceVersion: '1' });
    await watch.closed;
    expect(watch.events).toEqual([
      expect.objectContaining({
        type: 'ERROR',
        object: expect.objectContaining({
          kind: 'Status',
          status: 'Failure',
          code: 410,
          reason: 'Expired',
          message: expect.stringMatching(
            /^too old resource version: 1 \(\d+\)$/,
          ),
        }),
      }),
    ]);
  });

  it('is silent about a resourceVersion that is to come', async () => {
    const watch = await api.watch(path(), {
      resourceVersion: '999999999999',
      timeoutSeconds: 1,
    });
    await watch.closed;
    expect(watch.events).toEqual([]);
  });

  it('refuses a resourceVersion that is none', async () => {
    expectStatus(
      await api.get(path(), { query: { watch: true, resourceVersion: 'abc' } }),
      { code: 500, message: /resourceVersion: Invalid value: "abc"/ },
    );
  });

  it('sends bookmarks with a resourceVersion to go on from', async () => {
    await create('before-bookmark');
    const watch = await api.watch(path(), {
      resourceVersion: await now(),
      allowWatchBookmarks: true,
      // The last bookmark comes a moment before the end.
      timeoutSeconds: 5,
    });
    await create('after-bookmark');
    await watch.closed;
    const bookmarks = watch.events.filter(({ type }) => type === 'BOOKMARK');
    expect(bookmarks.length).toBeGreaterThanOrEqual(1);
    const { object } = bookmarks[bookmarks.length - 1];
    expect(object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    expect(object.metadata.name).toBeUndefined();
    const added = watch.about('after-bookmark')[0];
    expect(version(object) >= version(added.object)).toBe(true);
    const next = await api.watch(path(), {
      resourceVersion: object.metadata.resourceVersion,
      labelSelector: 'test=resumed',
    });
    await create('resumed', { test: 'resumed' });
    const [event] = await next.take(1);
    next.stop();
    expect(event.object.metadata.name).toBe('resumed');
  });

  it('sends no bookmark that was not asked for', async () => {
    const watch = await api.watch(path(), {
      resourceVersion: await now(),
      timeoutSeconds: 3,
    });
    await watch.closed;
    expect(watch.events.filter(({ type }) => type === 'BOOKMARK')).toEqual([]);
  });

  it.each([
    [
      { sendInitialEvents: true },
      /sendInitialEvents requires setting resourceVersionMatch to NotOlderThan/,
    ],
    [
      { resourceVersionMatch: 'NotOlderThan' },
      /resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided/,
    ],
  ])('refuses %j', async (query, message) => {
    expectStatus(await api.get(path(), { query: { watch: true, ...query } }), {
      code: 422,
      reason: 'Invalid',
      message,
    });
  });

  // WatchList is served by default since 1.32, with a pause in 1.33: asked where it is sure to be.
  it('streams a list: initial events, then the bookmark that ends them', async () => {
    if (!cluster.since(34)) {
      return;
    }
    await create('streamed');
    const watch = await api.watch(path(), {
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: true,
    });
    const end = await watch.until(
      ({ type }) => type === 'BOOKMARK',
      'bookmark',
    );
    const initial = watch.events.slice(0, watch.events.indexOf(end));
    expect(end.object.metadata.annotations).toEqual({
      'k8s.io/initial-events-end': 'true',
    });
    expect(new Set(initial.map(({ type }) => type))).toEqual(
      new Set(['ADDED']),
    );
    expect(initial.map(({ object }) => object.metadata.name)).toContain(
      'streamed',
    );
    await create('streamed-later');
    await watch.until(
      ({ object }) => object.metadata.name === 'streamed-later',
      'later event',
    );
    watch.stop();
  });
});
