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

import { setTimeout as sleep } from 'node:timers/promises';
import type { Watch } from './client/Watch';
import { eventually, untilGone } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { configMap } from './support/objects';
import { configMaps } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

const HOLD = 'conformance.example.test/hold';

describe('Owner references', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const path = (name?: string) => configMaps(namespace, name);
  const create = async (name: string, metadata: Record<string, any> = {}) => {
    const created = await api.post(path(), configMap(name, { metadata }));
    expect(created.status).toBe(201);
    return created.body;
  };
  const ownedBy = (owner: any, extra: Record<string, any> = {}) => ({
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
    ...extra,
  });
  const release = (name: string) =>
    api.patch(path(name), { metadata: { finalizers: null } });

  /** An owner with one dependent that can go at once and one that is held, and a watch of the three. */
  async function family(name: string): Promise<Watch> {
    const owner = await create(name);
    await create(`${name}-free`, { ownerReferences: [ownedBy(owner)] });
    await create(`${name}-held`, {
      ownerReferences: [ownedBy(owner)],
      finalizers: [HOLD],
    });
    // The collector learns of dependents from watches of its own.
    await sleep(1_000);
    return api.watch(path(), {
      resourceVersion: owner.metadata.resourceVersion,
    });
  }
  const until = (watch: Watch, type: string, name: string) =>
    watch.until(
      event => event.type === type && event.object.metadata.name === name,
      `${type} ${name}`,
    );
  const remove = (name: string, propagationPolicy: string) =>
    api.delete(path(name), undefined, { query: { propagationPolicy } });

  it('Background: the owner goes at once, its dependents after it', async () => {
    const watch = await family('background');
    const { body } = await remove('background', 'Background');
    expect(body).toMatchObject({ kind: 'Status', status: 'Success' });
    expect((await api.get(path('background'))).status).toBe(404);
    const gone = await until(watch, 'DELETED', 'background-free');
    const owner = await until(watch, 'DELETED', 'background');
    expect(watch.events.indexOf(owner)).toBeLessThan(
      watch.events.indexOf(gone),
    );
    const held = await eventually('held one terminating', async () => {
      const answer = await api.get(path('background-held'));
      return answer.body.metadata.deletionTimestamp ? answer.body : undefined;
    });
    expect(held.metadata.finalizers).toEqual([HOLD]);
    await release('background-held');
    await until(watch, 'DELETED', 'background-held');
    watch.stop();
  });

  it('Foreground: the owner goes after the dependents that block it', async () => {
    const watch = await family('foreground');
    const { status, body } = await remove('foreground', 'Foreground');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'ConfigMap',
      metadata: {
        deletionTimestamp: expect.any(String),
        finalizers: ['foregroundDeletion'],
      },
    });
    await until(watch, 'DELETED', 'foreground-free');
    const waiting = await api.get(path('foreground'));
    expect(waiting.status).toBe(200);
    await eventually('held one terminating', async () => {
      const answer = await api.get(path('foreground-held'));
      return answer.body.metadata.deletionTimestamp ? true : undefined;
    });
    await release('foreground-held');
    const last = await until(watch, 'DELETED', 'foreground');
    const held = await until(watch, 'DELETED', 'foreground-held');
    expect(watch.events.indexOf(held)).toBeLessThan(watch.events.indexOf(last));
    watch.stop();
  });

  it('Foreground: a dependent that does not block is not waited for', async () => {
    const owner = await create('lax');
    await create('lax-held', {
      ownerReferences: [ownedBy(owner, { blockOwnerDeletion: false })],
      finalizers: [HOLD],
    });
    await sleep(1_000);
    await remove('lax', 'Foreground');
    await untilGone(api, path('lax'));
    const { status } = await api.get(path('lax-held'));
    expect(status).toBe(200);
    await release('lax-held');
    await untilGone(api, path('lax-held'));
  });

  it('Orphan: the dependents stay and lose the reference', async () => {
    const watch = await family('orphan');
    const { body } = await remove('orphan', 'Orphan');
    expect(body.metadata.finalizers).toEqual(['orphan']);
    await until(watch, 'DELETED', 'orphan');
    for (const name of ['orphan-free', 'orphan-held']) {
      const { status, body: left } = await api.get(path(name));
      expect([status, left.metadata.ownerReferences]).toEqual([200, undefined]);
      expect(left.metadata.deletionTimestamp).toBeUndefined();
    }
    await release('orphan-held');
    watch.stop();
  });

  it('collects objects owned by a custom resource', async () => {
    await api.post(widgets.path(namespace), widgets.make('owner'));
    const { body: owner } = await api.get(widgets.path(namespace, 'owner'));
    await create('of-widget', { ownerReferences: [ownedBy(owner)] });
    await api.delete(widgets.path(namespace, 'owner'), {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Background',
    });
    // Collectors look for new kinds twice a minute.
    await untilGone(api, path('of-widget'), 120_000);
  });

  it('keeps an object as long as one of its owners lives', async () => {
    const one = await create('one-owner');
    const two = await create('two-owner');
    await create('shared', {
      ownerReferences: [ownedBy(one), ownedBy(two, { controller: false })],
    });
    await remove('one-owner', 'Background');
    const left = await eventually('reference taken off', async () => {
      const { body } = await api.get(path('shared'));
      return body.metadata.ownerReferences.length === 1 ? body : undefined;
    });
    expect(left.metadata.ownerReferences[0].name).toBe('two-owner');
    await remove('two-owner', 'Background');
    await untilGone(api, path('shared'));
  });

  it('collects an object whose owner never was', async () => {
    await create('lost', {
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'ghost',
          uid: '22222222-2222-2222-2222-222222222222',
        },
      ],
    });
    await untilGone(api, path('lost'));
  });

  it('refuses references that cannot be', async () => {
    const reference = (name: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name,
      uid: name,
      controller: true,
    });
    const metadata = { ownerReferences: [reference('a'), reference('b')] };
    expectStatus(await api.post(path(), configMap('two', { metadata })), {
      code: 422,
      reason: 'Invalid',
      message: /Only one reference can have Controller set to true/,
      causes: [{ field: 'metadata.ownerReferences' }],
    });
    expectStatus(
      await api.post(
        path(),
        configMap('half', { metadata: { ownerReferences: [{ name: 'a' }] } }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        causes: [
          { field: 'metadata.ownerReferences.apiVersion' },
          { field: 'metadata.ownerReferences.kind' },
          { field: 'metadata.ownerReferences.uid' },
        ],
      },
    );
  });
});
