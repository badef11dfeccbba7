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
  eventually,
  startMachinery,
} from '../__testUtils__/machinery';
import { KubeObject } from '../ClusterApi';

const { api } = startMachinery();
const configMaps = api.resource('v1', 'ConfigMap');

const get = (name: string) => configMaps.get('default', name);
const ownedBy = (owner: KubeObject, blockOwnerDeletion = true) => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion,
  },
];
const hold = ['example.test/hold'];

function family(name: string, finalizers?: string[], block?: boolean) {
  const owner = configMaps.create(configMap(`owner-${name}`));
  const dependent = configMaps.create(
    configMap(`dependent-${name}`, {
      metadata: { ownerReferences: ownedBy(owner, block), finalizers },
    }),
  );
  return { owner: owner.metadata.name, dependent: dependent.metadata.name };
}

function release(name: string) {
  const object = get(name)!;
  configMaps.update({
    ...object,
    metadata: { ...object.metadata, finalizers: [] },
  });
}

describe('GarbageCollector', () => {
  it('deletes dependents after their owner in the background', async () => {
    const { owner, dependent } = family('background');
    configMaps.delete('default', owner, { propagationPolicy: 'Background' });
    expect(get(owner)).toBeUndefined();
    expect(get(dependent)).toBeDefined();
    await eventually(() => !get(dependent));
  });

  it('deletes dependents before their owner in the foreground', async () => {
    const { owner, dependent } = family('foreground', hold);
    configMaps.delete('default', owner, { propagationPolicy: 'Foreground' });
    await eventually(() => !!get(dependent)?.metadata.deletionTimestamp);
    expect(get(owner)?.metadata.finalizers).toEqual(['foregroundDeletion']);
    release(dependent);
    await eventually(() => !get(owner));
    expect(get(dependent)).toBeUndefined();
  });

  it('does not wait in the foreground for dependents that do not block', async () => {
    const { owner, dependent } = family('loose', hold, false);
    configMaps.delete('default', owner, { propagationPolicy: 'Foreground' });
    await eventually(() => !get(owner));
    await eventually(() => !!get(dependent)?.metadata.deletionTimestamp);
    expect(get(dependent)?.metadata.finalizers).toEqual(hold);
    release(dependent);
  });

  it('lets dependents go when they are orphaned', async () => {
    const { owner, dependent } = family('orphan');
    configMaps.delete('default', owner, { propagationPolicy: 'Orphan' });
    await eventually(() => !get(owner));
    expect(get(dependent)?.metadata.ownerReferences).toBeUndefined();
  });

  it('collects what names an owner that never was', async () => {
    const ghost = {
      metadata: { name: 'ghost', uid: 'no-such-uid' },
    } as KubeObject;
    configMaps.create(
      configMap('lost', { metadata: { ownerReferences: ownedBy(ghost) } }),
    );
    expect(get('lost')).toBeDefined();
    await eventually(() => !get('lost'));
    expect(get('lost')).toBeUndefined();
  });

  it('keeps what has another owner, without the reference to the one that is gone', async () => {
    const first = configMaps.create(configMap('first'));
    const second = configMaps.create(configMap('second'));
    const [reference] = ownedBy(second);
    configMaps.create(
      configMap('child', {
        metadata: {
          ownerReferences: [
            ...ownedBy(first),
            { ...reference, controller: false },
          ],
        },
      }),
    );
    configMaps.delete('default', 'first');
    await eventually(
      () => get('child')?.metadata.ownerReferences?.length === 1,
    );
    expect(get('child')?.metadata.ownerReferences?.[0].name).toBe('second');
  });
});

describe('NamespaceController', () => {
  const namespaces = api.resource('v1', 'Namespace');
  const accounts = api.resource('v1', 'ServiceAccount');

  beforeAll(async () => {
    namespaces.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'going' },
    });
    await eventually(() => !!accounts.get('going', 'default'));
  });

  it('empties a namespace before it goes, and lets nothing new in', async () => {
    const kept = configMap('kept', {
      metadata: { namespace: 'going', finalizers: hold },
    });
    configMaps.create(kept);
    namespaces.delete(undefined, 'going');
    expect(namespaces.get(undefined, 'going')?.status.phase).toBe(
      'Terminating',
    );
    await eventually(() => !accounts.get('going', 'default'));
    expect(() =>
      configMaps.create(
        configMap('late', { metadata: { namespace: 'going' } }),
      ),
    ).toThrow(
      'configmaps "late" is forbidden: unable to create new content in namespace going because it is being terminated',
    );
    const object = configMaps.get('going', 'kept')!;
    configMaps.update({
      ...object,
      metadata: { ...object.metadata, finalizers: [] },
    });
    await eventually(() => !namespaces.get(undefined, 'going'));
  });
});
