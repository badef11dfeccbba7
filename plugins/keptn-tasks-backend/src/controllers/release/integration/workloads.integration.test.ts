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

import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import { until } from '../../../__testUtils__/clusterHarness';

jest.setTimeout(180_000);

describe('workloads around their deployment', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  it('run their pre-deployment task, then their Pods, then their post-deployment task', async () => {
    harness.definition('notes', 'echo deployed');
    harness.deploy('plain', { pre: 'passes', post: 'notes', replicas: 2 });
    const { status } = await harness.workloadEnded('plain-plain-1.0.0');
    expect(status).toMatchObject({
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Succeeded',
      deploymentStatus: 'Succeeded',
      postDeploymentStatus: 'Succeeded',
      postDeploymentEvaluationStatus: 'Succeeded',
      status: 'Succeeded',
      currentPhase: 'Completed',
    });
    const [post] = harness.tasksOf('notes');
    expect(post.spec.context).toMatchObject({
      workloadName: 'plain-plain',
      workloadVersion: '1.0.0',
      appName: 'plain',
      taskType: 'post',
      objectType: 'Workload',
    });
    expect(post.spec.context.metadata.traceparent).toMatch(
      /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/,
    );
    const app = await harness.appEnded('plain', '1.0.0');
    expect(app.status?.status).toBe('Succeeded');
    await harness.running('plain', 2);
  });

  it('keep their Pods gated when a workload-level pre-deployment task fails (D-02)', async () => {
    harness.deploy('broken', { pre: 'fails', replicas: 2 });
    const { status } = await harness.workloadEnded('broken-broken-1.0.0');
    expect(status).toMatchObject({
      preDeploymentStatus: 'Failed',
      preDeploymentEvaluationStatus: 'Deprecated',
      deploymentStatus: 'Deprecated',
      postDeploymentStatus: 'Deprecated',
      status: 'Failed',
      currentPhase: 'WorkloadPreDeployTasks',
    });
    await harness.gated('broken', 2);
    await harness.cluster.releaseEnded('broken-broken-1.0.0');
    // A rolling update makes its Pods one after the other.
    const release = await until(async () => {
      const one = await harness.cluster.releaseOf('broken-broken-1.0.0');
      return one?.gatedPods?.count === 2 ? one : undefined;
    }, 20_000);
    expect(release).toMatchObject({
      state: 'Failed',
      hold: { gateReleasable: true, definition: 'fails' },
    });
    expect(release.hold!.message).toContain('503');
  });

  it('keep their Pods gated when an app-level pre-deployment task fails', async () => {
    harness.context('held', { preDeploymentTasks: ['fails'] });
    harness.deploy('held', { pre: 'passes' });
    const app = await harness.appEnded('held', '1.0.0');
    expect(app.status).toMatchObject({
      preDeploymentStatus: 'Failed',
      workloadOverallStatus: 'Deprecated',
      status: 'Failed',
    });
    await harness.gated('held', 1);
    const version = harness.workloadVersion('held-held-1.0.0');
    expect(version?.status?.deploymentStatus ?? 'Pending').toBe('Pending');
    await until(async () => {
      const one = await harness.cluster.releaseOf('held-held-1.0.0');
      return one?.hold?.message.includes('fails');
    }, 20_000);
  });

  it('are let go by a higher revision of the app once the failed checks pass (D-36)', async () => {
    harness.definition('fixable', 'exit 1', 'shop');
    harness.app('mended', '1.0.0', { server: '1.0.0' });
    harness.deploy('server', { app: 'mended', pre: 'fixable' });
    await harness.workloadEnded('mended-server-1.0.0');
    await harness.appEnded('mended', '1.0.0');
    harness.apply({
      apiVersion: 'lifecycle.keptn.sh/v1',
      kind: 'KeptnTaskDefinition',
      metadata: { name: 'fixable', namespace: 'shop' },
      spec: {
        container: {
          name: 'check',
          image: 'busybox:1.36',
          command: ['sh', '-c', 'exit 0'],
        },
      },
    });
    harness.app('mended', '1.0.0', { server: '1.0.0' }, { revision: 2 });
    await harness.running('server', 1);
    await until(
      () =>
        harness.workloadVersion('mended-server-1.0.0')?.status?.status ===
        'Succeeded',
      60_000,
    );
    expect(harness.tasksOf('fixable')).toHaveLength(2);
    await until(
      () =>
        harness.appVersions('mended').at(-1)?.status?.status === 'Succeeded',
      60_000,
    );
    await harness.cluster.releaseEnded('mended-server-1.0.0');
    const attempts = await harness.cluster.releasesOf('mended-server-1.0.0');
    expect(attempts.map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'Failed'],
      [2, 'Succeeded'],
    ]);
  });

  it('that failed are not gated again on the way back to a version that passed, and the history says why', async () => {
    harness.deploy('back', { version: '1.0.0', pre: 'passes' });
    await harness.workloadEnded('back-back-1.0.0');
    await harness.appEnded('back', '1.0.0');
    harness.deploy('back', { version: '2.0.0', pre: 'fails' });
    await harness.workloadEnded('back-back-2.0.0');
    await harness.appEnded('back', '2.0.0');
    const before = harness.tasksOf('passes').length;
    harness.deploy('back', { version: '1.0.0', pre: 'passes' });
    await harness.running('back', 1);
    const app = await until(() => {
      const newest = harness.appVersions('back').at(-1);
      return newest?.spec.version === '1.0.0' && newest.status?.endTime
        ? newest
        : undefined;
    }, 60_000);
    expect(app.status?.status).toBe('Succeeded');
    expect(harness.tasksOf('passes')).toHaveLength(before);
    const release = await harness.cluster.releaseEnded(app.metadata.name);
    expect(release.notes?.join(' ')).toMatch(/back.*1\.0\.0.*passed/i);
  });

  it('wait for a definition that does not exist, say so at once, and fail after the grace (D-06)', async () => {
    const started = Date.now();
    harness.deploy('misspelt', { pre: 'pases' });
    const release = await until(async () => {
      const one = await harness.cluster.releaseOf('misspelt-misspelt-1.0.0');
      return one?.hold?.message.includes('pases') ? one : undefined;
    }, 20_000);
    expect(release.state).not.toBe('Failed');
    expect(Date.now() - started).toBeLessThan(15_000);
    const { status } = await harness.workloadEnded('misspelt-misspelt-1.0.0');
    expect(status?.preDeploymentStatus).toBe('Failed');
    await harness.gated('misspelt', 1);
  });

  it('wait for a definition that is applied a little later', async () => {
    harness.deploy('early', { pre: 'late-check' });
    await until(
      () => harness.workloadVersion('early-early-1.0.0')?.status?.currentPhase,
      30_000,
    );
    harness.definition('late-check', 'exit 0', 'shop');
    const { status } = await harness.workloadEnded('early-early-1.0.0');
    expect(status?.status).toBe('Succeeded');
  });

  it('of a namespace that has not opted in are not touched', async () => {
    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'elsewhere' },
    });
    harness.deploy('stranger', {
      namespace: 'elsewhere',
      gated: false,
      pre: 'fails',
    });
    await harness.running('stranger', 1, 'elsewhere');
    const kinds = [
      'KeptnWorkload',
      'KeptnApp',
      'KeptnWorkloadVersion',
      'KeptnAppCreationRequest',
    ];
    const made = kinds.flatMap(kind =>
      harness.cluster
        .resource('lifecycle.keptn.sh/v1', kind)
        .list()
        .filter(({ metadata }) => metadata.namespace === 'elsewhere'),
    );
    expect(made).toEqual([]);
    const [pod] = harness.pods('stranger', 'elsewhere');
    expect(pod.metadata.annotations).not.toHaveProperty([
      'keptn.sh/scheduling-gate-removed',
    ]);
  });

  it.each(['StatefulSet', 'DaemonSet'] as const)(
    'of a %s are gated in their second version too (D-03)',
    async kind => {
      const name = kind.toLowerCase();
      harness.deploy(name, { kind, version: '1.0.0', pre: 'passes' });
      await harness.workloadEnded(`${name}-${name}-1.0.0`);
      await harness.running(name, 1);
      harness.deploy(name, { kind, version: '2.0.0', pre: 'fails' });
      const { status } = await harness.workloadEnded(`${name}-${name}-2.0.0`);
      expect(status?.deploymentStatus).toBe('Deprecated');
      await harness.gated(name, 1);
    },
  );

  it('of a StatefulSet say which Pod keeps the next version from coming, and go on without it', async () => {
    const stuck = { kind: 'StatefulSet', namespace: 'shop' } as const;
    harness.deploy('stuck', { ...stuck, version: '1.0.0', pre: 'fails' });
    await harness.workloadEnded('stuck-stuck-1.0.0');
    harness.deploy('stuck', { ...stuck, version: '2.0.0', pre: 'passes' });
    const event = await until(
      () =>
        harness.cluster
          .list('Event')
          .find(({ reason }) => reason === 'OutdatedPod'),
      30_000,
    );
    expect(event.message).toContain('kubectl -n shop delete pod stuck-0');
    harness.cluster.resource('v1', 'Pod').delete('shop', 'stuck-0');
    const { status } = await harness.workloadEnded('stuck-stuck-2.0.0');
    expect(status?.status).toBe('Succeeded');
    await harness.running('stuck', 1);
  });

  it('take the app that was made of them along when they go, and stay in the history', async () => {
    harness.deploy('short-lived', { pre: 'passes' });
    const app = await harness.appEnded('short-lived', '1.0.0');
    await harness.cluster.releaseEnded(app.metadata.name);
    harness.cluster
      .resource('apps/v1', 'Deployment')
      .delete('shop', 'short-lived', { propagationPolicy: 'Background' });
    const apps = harness.cluster.resource('lifecycle.keptn.sh/v1', 'KeptnApp');
    await until(
      () =>
        !apps.get('shop', 'short-lived') &&
        harness.appVersions('short-lived').length === 0,
      60_000,
    );
    const place = { cluster: 'test', namespace: 'shop' };
    await until(async () => {
      const current = await harness.cluster.releases.current([place], {
        previous: 0,
      });
      return !current.some(one => one.current.appName === 'short-lived');
    }, 20_000);
    const [kept] = await harness.cluster.releasesOf(app.metadata.name);
    expect(kept.state).toBe('Succeeded');
  });

  it('of two apps in one namespace have nothing to do with one another', async () => {
    harness.app('one', '1', { api: '1.0.0' });
    harness.app('two', '1', { web: '1.0.0' });
    harness.deploy('api', { app: 'one', pre: 'passes' });
    harness.deploy('web', { app: 'two', pre: 'fails' });
    const [one, two] = await Promise.all([
      harness.appEnded('one', '1'),
      harness.appEnded('two', '1'),
    ]);
    expect([one.status?.status, two.status?.status]).toEqual([
      'Succeeded',
      'Failed',
    ]);
    await harness.running('api', 1);
    await harness.gated('web', 1);
  });

  it('say in one sentence what is wrong with their annotations, and go on with the rest', async () => {
    harness.deploy('careless', {
      pre: 'passes',
      annotations: {
        'keptn.sh/metadata': 'commit=abc=def,nonsense',
        'keptn.sh/pre-deployment-task': 'fails',
      },
    });
    const { status, spec } = await harness.workloadEnded(
      'careless-careless-1.0.0',
    );
    expect(status?.status).toBe('Succeeded');
    expect(spec.metadata).toEqual({ commit: 'abc=def' });
    const events = harness.cluster
      .list('Event')
      .filter(({ involvedObject }) => involvedObject.name === 'careless')
      .map(({ message }) => message);
    expect(events.some(text => text.includes('nonsense'))).toBe(true);
    expect(
      events.some(text => text.includes('keptn.sh/pre-deployment-task')),
    ).toBe(true);
  });
});
