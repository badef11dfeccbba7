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

import {
  configMap,
  refusalOf,
  startMachinery,
} from '../__testUtils__/machinery';
import { ResourceType } from '../resources/ResourceType';
import { parseLabelSelector } from '../selectors/labelSelector';
import { watchObjects, WatchQuery } from './watch';

const { api, context } = startMachinery();
const configMaps = api.resource('v1', 'ConfigMap');
const type = context.registry.findKind('v1', 'ConfigMap') as ResourceType;
const current = () => context.store.revisions.current;

function watch(query: WatchQuery) {
  const events: string[] = [];
  const stop = watchObjects(
    context,
    type,
    { namespace: 'default', ...query },
    ({ type: kind, object }) => events.push(`${kind} ${object.metadata.name}`),
  );
  return { events, stop };
}

const relabel = (name: string, labels: Record<string, string>) => {
  const object = configMaps.get('default', name)!;
  configMaps.update({ ...object, metadata: { ...object.metadata, labels } });
};

describe('watchObjects', () => {
  it('starts with what exists, then follows', () => {
    configMaps.create(configMap('first'));
    const { events, stop } = watch({});
    expect(events).toContain('ADDED first');
    events.length = 0;
    configMaps.create(configMap('second'));
    relabel('second', { a: 'b' });
    configMaps.delete('default', 'second');
    stop();
    configMaps.delete('default', 'first');
    expect(events).toEqual([
      'ADDED second',
      'MODIFIED second',
      'DELETED second',
    ]);
  });

  it('resumes after a version without a gap or a repetition', () => {
    const start = current();
    configMaps.create(configMap('missed'));
    const { events, stop } = watch({ resourceVersion: start });
    configMaps.delete('default', 'missed');
    stop();
    expect(events).toEqual(['ADDED missed', 'DELETED missed']);
  });

  it('does not see other namespaces', () => {
    const { events, stop } = watch({ resourceVersion: current() });
    configMaps.create(
      configMap('x', { metadata: { namespace: 'kube-system' } }),
    );
    stop();
    expect(events).toEqual([]);
  });

  it('shows objects that enter and leave the filter as added and deleted', () => {
    const deleted: unknown[] = [];
    configMaps.create(configMap('lab'));
    const stop = watchObjects(
      context,
      type,
      { resourceVersion: current(), labels: parseLabelSelector('on=yes') },
      ({ type: kind, object }) =>
        deleted.push([
          kind,
          object.metadata.labels,
          object.metadata.resourceVersion,
        ]),
    );
    relabel('lab', { on: 'yes' });
    const entered = String(current());
    relabel('lab', { on: 'no' });
    const left = String(current());
    configMaps.delete('default', 'lab');
    stop();
    expect(deleted).toEqual([
      ['ADDED', { on: 'yes' }, entered],
      ['DELETED', { on: 'yes' }, left],
    ]);
  });

  it('refuses to resume from what is forgotten', () => {
    const start = current();
    configMaps.create(configMap('gone'));
    context.store.collection(type.storage).log.compact();
    expect(refusalOf(() => watch({ resourceVersion: start }))).toMatchObject({
      code: 410,
      reason: 'Expired',
      message: `too old resource version: ${start} (${current()})`,
    });
  });

  it('keeps the order for everybody when a watcher writes', () => {
    const { events, stop } = watch({ resourceVersion: current() });
    const stopWriter = configMaps.watch(({ type: kind, object }) => {
      if (kind === 'ADDED' && object.metadata.name === 'cause') {
        configMaps.create(configMap('effect'));
      }
    });
    const late = watch({ resourceVersion: current() });
    configMaps.create(configMap('cause'));
    [stop, stopWriter, late.stop].forEach(end => end());
    expect(events).toEqual(['ADDED cause', 'ADDED effect']);
    expect(late.events).toEqual(events);
  });
});
