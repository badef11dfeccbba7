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

import { controllerRevisions, pods, statefulSets } from './support/paths';
import { expectStatus } from './support/expectStatus';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import {
  anotherVersion,
  isObserved,
  ofApp,
  openGates,
  untilFits,
  workload,
} from './support/workloads';

const HELD = { schedulingGates: [{ name: 'conformance.example.test/gate' }] };
const HASH = 'controller-revision-hash';

describe('A StatefulSet', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const create = (name: string, spec = {}, podSpec: object = {}) =>
    api.post(
      statefulSets(namespace),
      workload('StatefulSet', name, { serviceName: name, ...spec }, podSpec),
    );
  const patch = (name: string, body: Record<string, any>) =>
    api.patch(statefulSets(namespace, name), body);
  const until = (name: string, fits: (set: any) => unknown) =>
    untilFits(api, statefulSets(namespace, name), `StatefulSet ${name}`, fits);
  const settled = (name: string) =>
    until(
      name,
      set =>
        isObserved(set) &&
        ['replicas', 'updatedReplicas', 'availableReplicas'].every(
          count => set.status[count] === set.spec.replicas,
        ) &&
        set.status.currentRevision === set.status.updateRevision,
    );
  const podsOf = (app: string) => ofApp(api, pods(namespace), app);

  it('makes its first Pod, and no other before that one is ready', async () => {
    await create('held', { replicas: 2 }, HELD);
    const { status, metadata } = await until(
      'held',
      set => set.status.replicas === 1,
    );
    const [first, ...others] = await podsOf('held');
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      metadata: {
        name: 'held-0',
        labels: {
          'statefulset.kubernetes.io/pod-name': 'held-0',
          'apps.kubernetes.io/pod-index': '0',
          [HASH]: status.updateRevision,
        },
        ownerReferences: [{ kind: 'StatefulSet', uid: metadata.uid }],
      },
      spec: { hostname: 'held-0', subdomain: 'held' },
    });
  });

  it('keeps each template as a ControllerRevision', async () => {
    await create('kept', { replicas: 0 });
    const { status, metadata } = await until('kept', isObserved);
    await patch('kept', anotherVersion('2'));
    await until(
      'kept',
      set => set.status.updateRevision !== status.updateRevision,
    );
    const revisions = await ofApp(api, controllerRevisions(namespace), 'kept');
    expect(revisions.map(({ revision }) => revision).sort()).toEqual([1, 2]);
    const first = revisions.find(({ revision }) => revision === 1);
    const hash = first.metadata.labels['controller.kubernetes.io/hash'];
    expect(first).toMatchObject({
      metadata: {
        name: `kept-${hash}`,
        ownerReferences: [
          { kind: 'StatefulSet', uid: metadata.uid, controller: true },
        ],
      },
      data: {
        spec: {
          template: {
            $patch: 'replace',
            metadata: { labels: { app: 'kept' } },
            spec: { containers: [{ name: 'main' }] },
          },
        },
      },
    });
    expectStatus(
      await api.patch(controllerRevisions(namespace, first.metadata.name), {
        data: { spec: { template: { other: 'value' } } },
      }),
      { code: 422, reason: 'Invalid', message: /field is immutable/ },
    );
  });

  it('cannot be given another selector', async () => {
    await create('fixed', { replicas: 0 });
    expectStatus(await patch('fixed', { spec: { serviceName: 'other' } }), {
      code: 422,
      reason: 'Invalid',
      message: /updates to statefulset spec for fields other than/,
    });
  });

  describeWithPods('with Pods that run', () => {
    it('replaces them from the highest ordinal down', async () => {
      await create('rolls', { replicas: 2 });
      await settled('rolls');
      const watch = await api.watch(pods(namespace));
      await patch('rolls', anotherVersion('2'));
      const { status } = await settled('rolls');
      watch.stop();
      const made = watch.events
        .filter(
          ({ type, object }) =>
            type === 'ADDED' && object.metadata.labels.app === 'rolls',
        )
        .map(({ object }) => object.metadata)
        .filter(({ labels }) => labels[HASH] === status.updateRevision)
        .map(({ name }) => name);
      expect(made).toEqual(['rolls-1', 'rolls-0']);
    });

    it('leaves those below the partition as they are', async () => {
      await create('parted', { replicas: 2 });
      const { status: before } = await settled('parted');
      await patch('parted', {
        spec: {
          updateStrategy: { rollingUpdate: { partition: 1 } },
          ...anotherVersion('2').spec,
        },
      });
      const { status } = await until(
        'parted',
        set =>
          isObserved(set) &&
          set.status.updatedReplicas === 1 &&
          set.status.availableReplicas === 2,
      );
      expect(status.currentRevision).toBe(before.currentRevision);
      const found = await podsOf('parted');
      expect(found.map(({ metadata }) => metadata.labels[HASH])).toEqual([
        before.currentRevision,
        status.updateRevision,
      ]);
    });

    it('goes on with the next when gates of one are taken off', async () => {
      await create('freed', { replicas: 2 }, HELD);
      for (const name of ['freed-0', 'freed-1']) {
        await untilFits(api, pods(namespace, name), name, () => true);
        await openGates(api, namespace, name);
      }
      const { status } = await settled('freed');
      expect(status.readyReplicas).toBe(2);
    });
  });
});
