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

import type { ClusterObject } from './resourceKinds';
import { ResourceCache } from './ResourceCache';

const object = (
  name: string,
  resourceVersion: string,
  extra: { uid?: string; color?: string } = {},
): ClusterObject => ({
  metadata: {
    namespace: 'shop',
    name,
    uid: extra.uid ?? `uid-${name}`,
    resourceVersion,
    labels: { color: extra.color ?? 'red' },
  },
});
const byColor = { color: (o: ClusterObject) => [o.metadata!.labels!.color] };
const key = (name: string) => ({ namespace: 'shop', name });

describe('ResourceCache', () => {
  it('tells additions from changes', () => {
    const cache = new ResourceCache();
    const before = object('a', '1');
    const after = object('a', '2');
    expect(cache.put(before)).toEqual({ type: 'added', object: before });
    expect(cache.put(after)).toEqual({
      type: 'modified',
      object: after,
      previous: before,
    });
  });

  it('never goes back in time', () => {
    const cache = new ResourceCache();
    cache.put(object('a', '100'));
    expect(cache.put(object('a', '99'))).toBeUndefined();
    expect(cache.put(object('a', '100'))).toBeUndefined();
    expect(cache.get(key('a'))?.metadata?.resourceVersion).toBe('100');
  });

  it('takes the answer to a write before the watch brings it, and tells nothing then', () => {
    const cache = new ResourceCache();
    cache.put(object('a', '5'));
    expect(cache.put(object('a', '9'))?.type).toBe('modified');
    expect(cache.put(object('a', '9'))).toBeUndefined();
  });

  it('does not bring a deleted object back through a late answer', () => {
    const cache = new ResourceCache();
    cache.put(object('a', '1'));
    expect(cache.remove(object('a', '3'))?.type).toBe('deleted');
    expect(cache.put(object('a', '2'))).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('lets an object come back that was only forgotten', () => {
    const cache = new ResourceCache(byColor);
    cache.put(object('a', '3'));
    expect(cache.forget(object('a', '2'))).toBeUndefined();
    expect(cache.forget(object('a', '4', { uid: 'other' }))).toBeUndefined();
    expect(cache.forget(object('a', '4'))?.type).toBe('deleted');
    expect(cache.find('color', 'red')).toEqual([]);
    expect(cache.put(object('a', '5'))?.type).toBe('added');
  });

  it('tells of an object of the same name as of another one', () => {
    const cache = new ResourceCache();
    cache.put(object('a', '1', { uid: 'old' }));
    expect(cache.put(object('a', '4', { uid: 'new' }))?.type).toBe('added');
    expect(cache.remove(object('a', '3', { uid: 'old' }))).toBeUndefined();
    expect(cache.get(key('a'))?.metadata?.uid).toBe('new');
  });

  it('finds objects by what indexers say, as they are now', () => {
    const cache = new ResourceCache(byColor);
    cache.put(object('a', '1'));
    cache.put(object('b', '2'));
    cache.put(object('a', '3', { color: 'blue' }));
    expect(cache.find('color', 'red').map(o => o.metadata!.name)).toEqual([
      'b',
    ]);
    expect(cache.find('color', 'blue').map(o => o.metadata!.name)).toEqual([
      'a',
    ]);
    cache.remove(object('b', '4'));
    expect(cache.find('color', 'red')).toEqual([]);
  });

  it('tells what a fresh list has changed', () => {
    const cache = new ResourceCache(byColor);
    cache.put(object('gone', '1'));
    cache.put(object('same', '2'));
    cache.put(object('changed', '3'));
    const changes = cache.replaceAll(
      [object('same', '2'), object('changed', '7'), object('new', '8')],
      '9',
    );
    expect(
      changes.map(change => `${change.type} ${change.object.metadata!.name}`),
    ).toEqual(['deleted gone', 'modified changed', 'added new']);
    expect(cache.size).toBe(3);
  });

  it('keeps what was created after a list was made', () => {
    const cache = new ResourceCache();
    cache.put(object('created', '12'));
    expect(cache.replaceAll([], '9')).toEqual([]);
    expect(cache.put(object('created', '13'))?.type).toBe('modified');
    expect(cache.replaceAll([], '20')).toHaveLength(1);
  });

  it('takes what came last when versions are no numbers', () => {
    const cache = new ResourceCache();
    cache.put(object('a', 'xyz'));
    expect(cache.put(object('a', 'abc'))?.type).toBe('modified');
    expect(cache.put(object('a', 'abc'))).toBeUndefined();
  });
});
