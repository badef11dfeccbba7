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
import { isTerminal } from '../job/podState';
import { TestCluster, main } from '../__testUtils__/testCluster';
import {
  BROKEN,
  SERVER,
  conditionOf,
  isRolledOut,
  version,
  workload,
} from '../__testUtils__/workloads';

const REVISION = 'deployment.kubernetes.io/revision';

describe('A Deployment', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  const deploy = (name: string, spec = {}, podSpec = {}) =>
    cluster.create('Deployment', workload(name, spec, podSpec));
  const until = (name: string, fits: (deployment: KubeObject) => unknown) =>
    cluster.until('Deployment', name, fits);
  const rolledOut = (name: string) => until(name, isRolledOut);
  const owned = (kind: string, app: string) =>
    cluster.list(kind).filter(({ metadata }) => metadata.labels?.app === app);
  const update = (name: string, changes: Record<string, any>) =>
    cluster.change('Deployment', name, changes);
  /** Revisions of its ReplicaSets, with their sizes. */
  const sizes = (app: string) =>
    Object.fromEntries(
      owned('ReplicaSet', app).map(({ metadata, spec }) => [
        metadata.annotations![REVISION],
        spec.replicas,
      ]),
    );

  it('runs its Pods through a ReplicaSet of its template', async () => {
    deploy('web', { replicas: 2 });
    const deployment = await rolledOut('web');
    const [set] = owned('ReplicaSet', 'web');
    const hash = set.metadata.labels!['pod-template-hash'];
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{4,10}$/);
    expect(set).toMatchObject({
      metadata: {
        name: `web-${hash}`,
        labels: { app: 'web' },
        annotations: {
          [REVISION]: '1',
          'deployment.kubernetes.io/desired-replicas': '2',
          'deployment.kubernetes.io/max-replicas': '3',
        },
        ownerReferences: [
          { kind: 'Deployment', name: 'web', controller: true },
        ],
      },
      spec: {
        selector: { matchLabels: { app: 'web', 'pod-template-hash': hash } },
        template: {
          metadata: { labels: { app: 'web', 'pod-template-hash': hash } },
        },
      },
    });
    for (const pod of owned('Pod', 'web')) {
      expect(pod.metadata).toMatchObject({
        name: expect.stringMatching(new RegExp(`^web-${hash}-.{5}$`)),
        labels: { 'pod-template-hash': hash },
        ownerReferences: [{ kind: 'ReplicaSet', name: set.metadata.name }],
      });
    }
    expect(deployment.metadata.annotations).toEqual({ [REVISION]: '1' });
    expect(deployment.metadata.generation).toBe(1);
    expect(deployment.status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      terminatingReplicas: 0,
    });
    expect(deployment.status.unavailableReplicas).toBeUndefined();
    await until(
      'web',
      found =>
        conditionOf(found, 'Available') === 'True MinimumReplicasAvailable' &&
        conditionOf(found, 'Progressing') === 'True NewReplicaSetAvailable',
    );
    expect(cluster.events('web')).toEqual([
      `ScalingReplicaSet: Scaled up replica set web-${hash} from 0 to 2`,
    ]);
  });

  it('replaces Pods a few at a time and keeps its old ReplicaSet', async () => {
    deploy('rolls', { replicas: 4 });
    await rolledOut('rolls');
    const states = cluster.record('Deployment', 'rolls');
    update('rolls', version('2'));
    await rolledOut('rolls');
    for (const { status } of states) {
      expect(status.replicas).toBeLessThanOrEqual(5);
      expect(status.availableReplicas).toBeGreaterThanOrEqual(3);
    }
    expect(sizes('rolls')).toEqual({ 1: 0, 2: 4 });
    expect(cluster.get('Deployment', 'rolls')!.metadata.annotations).toEqual({
      [REVISION]: '2',
    });
  });

  it('takes the ReplicaSet of an earlier template again, under a new number', async () => {
    deploy('back');
    await rolledOut('back');
    const [first] = owned('ReplicaSet', 'back');
    update('back', version('2'));
    await rolledOut('back');
    update('back', {
      spec: { template: { metadata: { annotations: null } } },
    });
    await rolledOut('back');
    expect(sizes('back')).toEqual({ 2: 0, 3: 1 });
    expect(cluster.get('ReplicaSet', first.metadata.name)).toMatchObject({
      metadata: {
        annotations: {
          [REVISION]: '3',
          'deployment.kubernetes.io/revision-history': '1',
        },
      },
      spec: { replicas: 1 },
    });
  });

  it('hands its annotations to the ReplicaSet of its present template', async () => {
    cluster.create('Deployment', {
      ...workload('told'),
      metadata: {
        name: 'told',
        namespace: 'default',
        annotations: {
          team: 'checkout',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      },
    });
    await rolledOut('told');
    const [first] = owned('ReplicaSet', 'told');
    expect(first.metadata.annotations).toMatchObject({ team: 'checkout' });
    expect(Object.keys(first.metadata.annotations!)).not.toContain(
      'kubectl.kubernetes.io/last-applied-configuration',
    );
    update('told', {
      metadata: { annotations: { team: 'cart' } },
      ...version('2'),
    });
    await rolledOut('told');
    const teams = owned('ReplicaSet', 'told').map(({ metadata }) => [
      metadata.annotations![REVISION],
      metadata.annotations!.team,
    ]);
    expect(Object.fromEntries(teams)).toEqual({ 1: 'checkout', 2: 'cart' });
  });

  it('counts changes of its annotations as changes to observe', async () => {
    deploy('counted');
    await rolledOut('counted');
    const changed = update('counted', {
      metadata: { annotations: { team: 'checkout' } },
    });
    expect(changed.metadata.generation).toBe(2);
    await rolledOut('counted');
  });

  it('with Recreate ends every old Pod before the first new one', async () => {
    const strategy = { type: 'Recreate' };
    // Long enough to be seen ending.
    const script =
      'trap "sleep 0.3; exit 0" TERM; while :; do sleep 0.05; done';
    deploy('again', { replicas: 2, strategy }, { containers: [main(script)] });
    await rolledOut('again');
    const old = owned('Pod', 'again').map(({ metadata }) => metadata.uid);
    const seen: string[][] = [];
    const end = cluster.api.resource('v1', 'Pod').watch(() => {
      const running = owned('Pod', 'again').filter(pod => !isTerminal(pod));
      seen.push(running.map(({ metadata }) => metadata.uid));
    });
    update('again', version('2'));
    await rolledOut('again');
    end();
    const mixed = seen.filter(
      uids =>
        uids.some(uid => old.includes(uid)) &&
        uids.some(uid => !old.includes(uid)),
    );
    expect(mixed).toEqual([]);
    expect(sizes('again')).toEqual({ 1: 0, 2: 2 });
  });

  it('that is paused takes a new size and no new template', async () => {
    deploy('paused', { replicas: 1 });
    await rolledOut('paused');
    update('paused', { spec: { paused: true, replicas: 3 } });
    update('paused', version('2'));
    const held = await until(
      'paused',
      ({ status, metadata }) =>
        status.observedGeneration === metadata.generation &&
        status.availableReplicas === 3,
    );
    expect(sizes('paused')).toEqual({ 1: 3 });
    expect(held.status.updatedReplicas).toBeUndefined();
    expect(conditionOf(held, 'Progressing')).toBe('Unknown DeploymentPaused');
    update('paused', { spec: { paused: null } });
    await rolledOut('paused');
    expect(sizes('paused')).toEqual({ 1: 0, 2: 3 });
  });

  it('forgets the oldest templates beyond its history limit', async () => {
    deploy('forgets', { revisionHistoryLimit: 1 });
    await rolledOut('forgets');
    for (const name of ['2', '3', '4']) {
      update('forgets', version(name));
      await rolledOut('forgets');
    }
    await until('forgets', () => owned('ReplicaSet', 'forgets').length === 2);
    expect(sizes('forgets')).toEqual({ 3: 0, 4: 1 });
  });

  it('that does not move until its deadline says so, and goes on when it can', async () => {
    deploy('stuck', { progressDeadlineSeconds: 1 });
    await rolledOut('stuck');
    update('stuck', { spec: { template: { spec: { containers: [BROKEN] } } } });
    const stuck = await until(
      'stuck',
      found =>
        conditionOf(found, 'Progressing') === 'False ProgressDeadlineExceeded',
    );
    expect(conditionOf(stuck, 'Available')).toBe(
      'True MinimumReplicasAvailable',
    );
    expect(stuck.status).toMatchObject({
      replicas: 2,
      updatedReplicas: 1,
      availableReplicas: 1,
      unavailableReplicas: 1,
    });
    update('stuck', { spec: { template: { spec: { containers: [SERVER] } } } });
    await until(
      'stuck',
      found =>
        isRolledOut(found) &&
        conditionOf(found, 'Progressing') === 'True NewReplicaSetAvailable',
    );
  });

  it('tells that its Pods are refused, and recovers', async () => {
    deploy('refused', {}, { serviceAccountName: 'absent' });
    const refused = await until('refused', found =>
      conditionOf(found, 'ReplicaFailure'),
    );
    expect(conditionOf(refused, 'ReplicaFailure')).toBe('True FailedCreate');
    const [{ metadata }] = owned('ReplicaSet', 'refused');
    expect(cluster.events(metadata.name)[0]).toMatch(
      /^FailedCreate.*: Error creating: pods ".*" is forbidden: error looking up service account default\/absent: serviceaccount "absent" not found$/,
    );
    cluster.create('ServiceAccount', { name: 'absent' });
    const healed = await rolledOut('refused');
    expect(conditionOf(healed, 'ReplicaFailure')).toBeUndefined();
  });

  it('waits for Pods that gates hold', async () => {
    const gates = [{ name: 'example.test/check' }];
    deploy('gated', { replicas: 2 }, { schedulingGates: gates });
    const held = await until('gated', ({ status }) => status.replicas === 2);
    expect(held.status).toMatchObject({ unavailableReplicas: 2 });
    for (const pod of owned('Pod', 'gated')) {
      expect(pod.spec.nodeName).toBeUndefined();
      expect(conditionOf(pod, 'PodScheduled')).toBe('False SchedulingGated');
      const spec = { ...pod.spec, schedulingGates: [] };
      cluster.api.resource('v1', 'Pod').update({ ...pod, spec });
    }
    await rolledOut('gated');
    // The template still has the gates.
    const [{ metadata }] = owned('Pod', 'gated');
    cluster.api.resource('v1', 'Pod').delete('default', metadata.name);
    await until('gated', ({ status }) => status.unavailableReplicas === 1);
  });

  it('takes its ReplicaSets and Pods along when it is deleted', async () => {
    deploy('gone', { replicas: 2 });
    await rolledOut('gone');
    const pods = owned('Pod', 'gone');
    cluster.api.resource('apps/v1', 'Deployment').delete('default', 'gone');
    await cluster.untilGone('Deployment', 'gone');
    for (const { metadata } of pods) {
      await cluster.untilGone('Pod', metadata.name);
    }
    expect(owned('ReplicaSet', 'gone')).toEqual([]);
    expect(owned('Pod', 'gone')).toEqual([]);
  });
});
