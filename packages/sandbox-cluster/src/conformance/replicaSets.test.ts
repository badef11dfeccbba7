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

import { untilGone } from './support/eventually';
import { eventOf } from './support/eventsOf';
import { pod } from './support/objects';
import { pods, replicaSets } from './support/paths';
import { describeWithPods, useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { isObserved, ofApp, untilFits, workload } from './support/workloads';

const HELD = { schedulingGates: [{ name: 'conformance.example.test/gate' }] };

// Most of this needs no Pod to run: they are held by a gate.
describe('A ReplicaSet', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const create = (name: string, spec = {}, podSpec: object = HELD) =>
    api.post(
      replicaSets(namespace),
      workload('ReplicaSet', name, spec, podSpec),
    );
  const until = (name: string, fits: (set: any) => unknown) =>
    untilFits(api, replicaSets(namespace, name), `ReplicaSet ${name}`, fits);
  const untilCount = (name: string, count: number) =>
    until(name, set => isObserved(set) && set.status.replicas === count);
  const podsOf = (app: string) => ofApp(api, pods(namespace), app);

  it('makes as many Pods as it wants, and tells of each', async () => {
    await create('plain', { replicas: 2 });
    const { status, metadata } = await untilCount('plain', 2);
    expect(status).toMatchObject({ replicas: 2, fullyLabeledReplicas: 2 });
    expect(status.readyReplicas).toBeUndefined();
    const made = await podsOf('plain');
    for (const { metadata: of } of made) {
      expect(of).toMatchObject({
        name: expect.stringMatching(/^plain-[a-z0-9]{5}$/),
        generateName: 'plain-',
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: 'plain',
            uid: metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      });
      await eventOf(
        api,
        namespace,
        'ReplicaSet',
        'plain',
        'SuccessfulCreate',
        ({ message }) => message === `Created pod: ${of.name}`,
      );
    }
  });

  it('replaces a Pod that is deleted', async () => {
    await create('deleted');
    await untilCount('deleted', 1);
    const [{ metadata }] = await podsOf('deleted');
    await api.delete(pods(namespace, metadata.name));
    await untilGone(api, pods(namespace, metadata.name));
    await untilFits(
      api,
      replicaSets(namespace, 'deleted'),
      'another Pod',
      async () => (await podsOf('deleted')).length === 1,
    );
  });

  it('deletes what is too much', async () => {
    await create('shrinks', { replicas: 3 });
    await untilCount('shrinks', 3);
    await api.patch(replicaSets(namespace, 'shrinks'), {
      spec: { replicas: 1 },
    });
    await untilCount('shrinks', 1);
    const event = await eventOf(
      api,
      namespace,
      'ReplicaSet',
      'shrinks',
      'SuccessfulDelete',
    );
    expect(event.message).toMatch(/^Deleted pod: shrinks-[a-z0-9]{5}$/);
  });

  it('takes in a Pod that nobody owns, and lets go of one that no longer fits', async () => {
    await api.post(pods(namespace), {
      ...pod('stray', 'true', HELD),
      metadata: { name: 'stray', labels: { app: 'adopts' } },
    });
    await create('adopts');
    await untilCount('adopts', 1);
    const [stray, ...others] = await podsOf('adopts');
    expect(others).toEqual([]);
    expect(stray.metadata).toMatchObject({
      name: 'stray',
      ownerReferences: [{ kind: 'ReplicaSet', name: 'adopts' }],
    });
    await api.patch(pods(namespace, 'stray'), {
      metadata: { labels: { app: 'free' } },
    });
    await untilFits(
      api,
      pods(namespace, 'stray'),
      'the Pod let go',
      ({ metadata }) => !metadata.ownerReferences,
    );
    await untilFits(
      api,
      replicaSets(namespace, 'adopts'),
      'another Pod',
      async () => (await podsOf('adopts')).length === 1,
    );
  });

  describeWithPods('with Pods that run', () => {
    it('counts them as available when they have been ready for long enough', async () => {
      await create('patient', { minReadySeconds: 4 }, {});
      const { status } = await until(
        'patient',
        set => set.status.readyReplicas === 1,
      );
      expect(status.availableReplicas).toBeUndefined();
      await until('patient', set => set.status.availableReplicas === 1);
    });
  });
});
