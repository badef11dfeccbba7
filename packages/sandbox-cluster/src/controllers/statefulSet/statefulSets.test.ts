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
import { BROKEN, SERVER, version, workload } from '../__testUtils__/workloads';

describe('A StatefulSet', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  const make = (name: string, spec = {}, podSpec = {}) =>
    cluster.create(
      'StatefulSet',
      workload(name, { serviceName: name, ...spec }, podSpec),
    );
  const until = (name: string, fits: (set: KubeObject) => unknown) =>
    cluster.until('StatefulSet', name, fits);
  const settled = (name: string) =>
    until(
      name,
      ({ status, spec, metadata }) =>
        status.observedGeneration === metadata.generation &&
        status.replicas === spec.replicas &&
        status.availableReplicas === spec.replicas &&
        status.updatedReplicas === spec.replicas &&
        status.currentRevision === status.updateRevision,
    );
  const pods = (app: string) =>
    cluster.list('Pod').filter(({ metadata }) => metadata.labels?.app === app);
  const revisions = (app: string) =>
    cluster
      .list('ControllerRevision')
      .filter(({ metadata }) => metadata.labels?.app === app);
  const revisionsOfPods = (app: string) =>
    pods(app).map(
      ({ metadata }) => metadata.labels!['controller-revision-hash'],
    );
  /** Names in the order of what happened to Pods: `+` made, `-` told to end. */
  const steps = (app: string) => {
    const seen: string[] = [];
    const end = cluster.api
      .resource('v1', 'Pod')
      .watch(({ type, object, previous }) => {
        const { name, labels, deletionTimestamp } = object.metadata;
        if (labels?.app !== app) return;
        if (type === 'ADDED') seen.push(`+${name}`);
        const before = previous?.metadata.deletionTimestamp;
        if (type === 'MODIFIED' && deletionTimestamp && !before) {
          seen.push(`-${name}`);
        }
      });
    return { seen, end };
  };

  it('makes numbered Pods, each when the one before is ready', async () => {
    const { seen, end } = steps('db');
    let unready = 0;
    const watching = cluster.api.resource('v1', 'Pod').watch(({ object }) => {
      if (object.metadata.labels?.app !== 'db') return;
      const waiting = pods('db').filter(
        ({ status }) => status.phase === 'Pending',
      );
      unready = Math.max(unready, waiting.length);
    });
    make('db', { replicas: 3 });
    const { status } = await settled('db');
    end();
    watching();
    expect(seen).toEqual(['+db-0', '+db-1', '+db-2']);
    expect(unready).toBe(1);
    const [revision] = revisions('db');
    const { name } = revision.metadata;
    expect(status).toEqual({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      currentRevision: name,
      updateRevision: name,
      collisionCount: 0,
    });
    const hash = revision.metadata.labels!['controller.kubernetes.io/hash'];
    expect(name).toBe(`db-${hash}`);
    expect(revision).toMatchObject({
      revision: 1,
      data: {
        spec: {
          template: {
            $patch: 'replace',
            metadata: { labels: { app: 'db' } },
            spec: { containers: [SERVER] },
          },
        },
      },
    });
    expect(cluster.get('Pod', 'db-1')).toMatchObject({
      metadata: {
        labels: {
          app: 'db',
          'statefulset.kubernetes.io/pod-name': 'db-1',
          'apps.kubernetes.io/pod-index': '1',
          'controller-revision-hash': name,
        },
      },
      spec: { hostname: 'db-1', subdomain: 'db' },
    });
    expect(cluster.events('db')[0]).toBe(
      'SuccessfulCreate: create Pod db-0 in StatefulSet db successful',
    );
  });

  it('replaces old Pods from the highest ordinal down', async () => {
    make('rolls', { replicas: 3 });
    const before = await settled('rolls');
    const { seen, end } = steps('rolls');
    cluster.change('StatefulSet', 'rolls', version('2'));
    const after = await settled('rolls');
    end();
    expect(seen.slice(3)).toEqual([
      '-rolls-2',
      '+rolls-2',
      '-rolls-1',
      '+rolls-1',
      '-rolls-0',
      '+rolls-0',
    ]);
    expect(after.status.currentRevision).not.toBe(
      before.status.currentRevision,
    );
    expect(
      revisions('rolls')
        .map(({ revision }) => revision)
        .sort(),
    ).toEqual([1, 2]);
  });

  it('leaves Pods below the partition as they are, and makes them like that again', async () => {
    make('parted', { replicas: 3 });
    const { status } = await settled('parted');
    const old = status.currentRevision;
    cluster.change('StatefulSet', 'parted', {
      spec: {
        updateStrategy: { rollingUpdate: { partition: 2 } },
        ...version('2').spec,
      },
    });
    const parted = () =>
      until(
        'parted',
        found =>
          found.status.updatedReplicas === 1 &&
          found.status.availableReplicas === 3,
      );
    const { status: half } = await parted();
    expect(half).toMatchObject({ currentRevision: old, currentReplicas: 2 });
    expect(revisionsOfPods('parted')).toEqual([old, old, half.updateRevision]);
    const [{ metadata }] = pods('parted');
    cluster.api.resource('v1', 'Pod').delete('default', 'parted-0');
    await cluster.until(
      'Pod',
      'parted-0',
      pod => pod.metadata.uid !== metadata.uid,
    );
    await parted();
    expect(revisionsOfPods('parted')[0]).toBe(old);
    cluster.change('StatefulSet', 'parted', {
      spec: { updateStrategy: { rollingUpdate: { partition: 0 } } },
    });
    await settled('parted');
  });

  it('with OnDelete replaces what somebody deletes, and nothing else', async () => {
    make('manual', { replicas: 2, updateStrategy: { type: 'OnDelete' } });
    await settled('manual');
    const old = revisionsOfPods('manual')[0];
    cluster.change('StatefulSet', 'manual', version('2'));
    const { status } = await until(
      'manual',
      found => found.status.updateRevision !== old,
    );
    cluster.api.resource('v1', 'Pod').delete('default', 'manual-1');
    await until(
      'manual',
      found =>
        found.status.updatedReplicas === 1 &&
        found.status.availableReplicas === 2,
    );
    expect(revisionsOfPods('manual')).toEqual([old, status.updateRevision]);
  });

  it('in parallel waits for nobody', async () => {
    make(
      'parallel',
      { replicas: 3, podManagementPolicy: 'Parallel' },
      { containers: [BROKEN] },
    );
    const { status } = await until(
      'parallel',
      found => found.status.replicas === 3,
    );
    expect(status.readyReplicas).toBeUndefined();
  });

  it('in order waits for the first Pod for ever', async () => {
    make('ordered', { replicas: 3 }, { containers: [BROKEN] });
    await cluster.until(
      'Pod',
      'ordered-0',
      ({ status }) =>
        status.containerStatuses?.[0].state.waiting?.reason ===
        'ImagePullBackOff',
    );
    expect(pods('ordered')).toHaveLength(1);
    expect(cluster.get('StatefulSet', 'ordered')!.status).toMatchObject({
      replicas: 1,
      availableReplicas: 0,
    });
  });

  it('shrinks from the highest ordinal down, one Pod at a time', async () => {
    make('shrinks', { replicas: 3 });
    await settled('shrinks');
    const { seen, end } = steps('shrinks');
    cluster.change('StatefulSet', 'shrinks', { spec: { replicas: 1 } });
    await settled('shrinks');
    end();
    expect(seen.slice(3)).toEqual(['-shrinks-2', '-shrinks-1']);
  });

  it('takes an earlier template again, under the highest number', async () => {
    make('back');
    const first = await settled('back');
    cluster.change('StatefulSet', 'back', version('2'));
    await settled('back');
    cluster.change('StatefulSet', 'back', {
      spec: { template: { metadata: { annotations: null } } },
    });
    const { status } = await settled('back');
    expect(status.currentRevision).toBe(first.status.currentRevision);
    expect(
      revisions('back')
        .map(({ revision }) => revision)
        .sort(),
    ).toEqual([2, 3]);
  });

  it('that wants volumes is refused by an event', async () => {
    make('claims', {
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
    });
    await until('claims', () => cluster.events('claims').length > 0);
    expect(cluster.events('claims')).toEqual([
      'UnsupportedVolumeClaimTemplates: The sandbox cluster has no storage and does not run StatefulSets with volumeClaimTemplates',
    ]);
    expect(pods('claims')).toEqual([]);
  });
});
