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

import { KubeObject } from '../../ClusterApi';
import { TestCluster } from '../__testUtils__/testCluster';
import { BROKEN, SERVER, workload } from '../__testUtils__/workloads';
import { isActive } from '../job/podState';

describe('A ReplicaSet', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  const make = (name: string, spec = {}, podSpec = {}) =>
    cluster.create('ReplicaSet', workload(name, spec, podSpec));
  const until = (name: string, fits: (set: KubeObject) => unknown) =>
    cluster.until('ReplicaSet', name, fits);
  const pods = (app: string) =>
    cluster.list('Pod').filter(({ metadata }) => metadata.labels?.app === app);
  const untilAvailable = (name: string, count: number) =>
    until(
      name,
      ({ status, spec, metadata }) =>
        spec.replicas === count &&
        status.replicas === count &&
        status.availableReplicas === count &&
        status.observedGeneration === metadata.generation,
    );

  it('makes its Pods, and tells how many there are', async () => {
    make('plain', { replicas: 2 });
    const set = await untilAvailable('plain', 2);
    expect(set.status).toEqual({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      terminatingReplicas: 0,
      observedGeneration: 1,
    });
    const names = pods('plain').map(({ metadata }) => metadata.name);
    expect(cluster.events('plain').sort()).toEqual(
      names.map(name => `SuccessfulCreate: Created pod: ${name}`).sort(),
    );
    expect(names).toEqual([
      expect.stringMatching(/^plain-[a-z0-9]{5}$/),
      expect.stringMatching(/^plain-[a-z0-9]{5}$/),
    ]);
  });

  it('replaces a Pod that is deleted, at once', async () => {
    make('deleted');
    await untilAvailable('deleted', 1);
    const [{ metadata }] = pods('deleted');
    cluster.api.resource('v1', 'Pod').delete('default', metadata.name);
    await cluster.untilGone('Pod', metadata.name);
    await untilAvailable('deleted', 1);
    expect(pods('deleted')[0].metadata.uid).not.toBe(metadata.uid);
  });

  it('replaces a Pod that has failed, and leaves it where it is', async () => {
    make('failed');
    await untilAvailable('failed', 1);
    const [pod] = pods('failed');
    cluster.api
      .resource('v1', 'Pod')
      .updateStatus({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    await until('failed', () => pods('failed').length === 2);
    expect(pods('failed').filter(isActive)).not.toContainEqual(
      expect.objectContaining({ metadata: pod.metadata }),
    );
  });

  it('takes in Pods that it selects and nobody owns', async () => {
    const labels = { app: 'adopts' };
    cluster.api.resource('v1', 'Pod').create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stray', namespace: 'default', labels },
      spec: { containers: [{ ...SERVER, image: 'busybox' }] },
    });
    make('adopts');
    await until('adopts', ({ status }) => status.replicas === 1);
    expect(pods('adopts').map(({ metadata }) => metadata)).toMatchObject([
      {
        name: 'stray',
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: 'adopts',
            controller: true,
          },
        ],
      },
    ]);
  });

  it('lets go of a Pod whose labels no longer fit, and replaces it', async () => {
    make('releases');
    await untilAvailable('releases', 1);
    const [{ metadata }] = pods('releases');
    cluster.change('Pod', metadata.name, {
      metadata: { labels: { app: 'other' } },
    });
    const released = await cluster.until(
      'Pod',
      metadata.name,
      pod => !pod.metadata.ownerReferences,
    );
    expect(released.metadata.deletionTimestamp).toBeUndefined();
    await until('releases', () => pods('releases').length === 1);
  });

  it('gives up Pods that are not ready first', async () => {
    make('shrinks', { replicas: 2 });
    await untilAvailable('shrinks', 2);
    const kept = pods('shrinks').map(({ metadata }) => metadata.name);
    cluster.change('ReplicaSet', 'shrinks', {
      spec: {
        replicas: 3,
        template: { spec: { containers: [BROKEN] } },
      },
    });
    await until('shrinks', ({ status }) => status.replicas === 3);
    cluster.change('ReplicaSet', 'shrinks', { spec: { replicas: 2 } });
    await untilAvailable('shrinks', 2);
    await until('shrinks', () => pods('shrinks').length === 2);
    expect(pods('shrinks').map(({ metadata }) => metadata.name)).toEqual(kept);
  });

  it('counts a Pod as available when it has been ready for long enough', async () => {
    make('patient', { minReadySeconds: 1 });
    const ready = await until(
      'patient',
      ({ status }) => status.readyReplicas === 1,
    );
    expect(ready.status.availableReplicas).toBeUndefined();
    await untilAvailable('patient', 1);
  });

  it('that may not make Pods says so, and tries again', async () => {
    cluster.create('ResourceQuota', {
      name: 'none',
      spec: { hard: { 'count/pods': '0', pods: '0' } },
    });
    try {
      make('refused');
      const { status } = await until(
        'refused',
        found => found.status.conditions?.length,
      );
      expect(status).toMatchObject({
        replicas: 0,
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message: expect.stringMatching(
              /^pods "refused-.{5}" is forbidden: exceeded quota: none/,
            ),
          },
        ],
      });
    } finally {
      cluster.api.resource('v1', 'ResourceQuota').delete('default', 'none');
    }
    const healed = await untilAvailable('refused', 1);
    expect(healed.status.conditions).toBeUndefined();
  });
});
