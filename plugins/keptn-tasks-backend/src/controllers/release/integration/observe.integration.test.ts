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

import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { quietLogger, until } from '../../../__testUtils__/clusterHarness';
import { keptnMetricCrd } from '../../../__testUtils__/keptnMetricCrd';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import { DatabaseReleaseStore } from '../../../history/DatabaseReleaseStore';
import type { ClusterRuntime } from '../../ClusterRuntime';
import { KeptnOperator } from './__testUtils__/KeptnOperator';

jest.setTimeout(180_000);

const OBSERVER = 'system:serviceaccount:keptn-system:keptn-tasks-observer';
const PLACES = [{ cluster: 'test', namespace: 'shop' }];
const T = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 20, 18, 49, seconds))
    .toISOString()
    .replace('.000', '');

describe('releases that another operator leads', () => {
  let harness: ReleaseHarness;
  let operator: KeptnOperator;
  let runtime: ClusterRuntime;

  const observe = async () => {
    runtime = harness.cluster.startRuntime(
      { mode: 'observe', token: 'observer' },
      { releases: harness.cluster.releaseOptions() },
    );
    await until(() => runtime.releasesReady(), 60_000);
  };
  const requests = () =>
    harness.cluster.sandbox.faults.requests
      .list()
      .filter(({ user }) => user === OBSERVER);
  /** Waits until the history shows a release in a way. */
  const shown = (name: string, isSo: (release: Release) => unknown) =>
    until(
      async () => {
        const release = await harness.cluster.releaseOf(name);
        return release && isSo(release) ? release : undefined;
      },
      30_000,
      () => `${name} is not shown as it should be: ${isSo}`,
    );
  const phase = (release: Release, name: string) =>
    release.phases.find(one => one.name === name)!;
  const itemIs = (name: string, state: string) => (release: Release) =>
    phase(release, name).items[0]?.state === state;

  beforeAll(async () => {
    harness = await ReleaseHarness.start({
      tokens: { observer: { name: OBSERVER } },
    });
    harness.cluster.applyFile('deploy/rbac/observe.yaml');
    operator = new KeptnOperator(harness);
    await observe();
  });
  afterAll(() => harness?.stop());

  it('appear with their phases and items, step by step', async () => {
    const workload = operator.workloadVersion('shop-cart-3.4.5', {
      app: 'shop',
      workloadName: 'shop-cart',
      version: '3.4.5',
      preDeploymentTasks: ['pre-check'],
      postDeploymentTasks: ['post-note'],
    });
    const waiting = await shown('shop-cart-3.4.5', () => true);
    expect(waiting).toMatchObject({
      kind: 'workload',
      appName: 'shop',
      workloadName: 'shop-cart',
      version: '3.4.5',
      state: 'Pending',
    });
    expect(phase(waiting, 'preTasks').items).toEqual([
      { definition: 'pre-check', kind: 'task', state: 'Pending' },
    ]);

    const app = operator.appVersion('shop-3.4.5-6b86b273', {
      appName: 'shop',
      version: '3.4.5',
      workloads: [{ name: 'cart', version: '3.4.5' }],
      preDeploymentTasks: ['app-gate'],
    });
    operator.begin(app);
    const gate = operator.task(app, 'pre', 'app-gate');
    operator.report(app, {
      status: 'Progressing',
      currentPhase: 'AppPreDeployTasks',
      startTime: T(7),
      preDeploymentStatus: 'Progressing',
      preDeploymentTaskStatus: [
        { ...gate, status: 'Progressing', startTime: T(7) },
      ],
    });
    operator.reportTask(gate.name, {
      status: 'Progressing',
      startTime: T(7),
    });
    expect(
      await shown('shop-3.4.5-6b86b273', itemIs('preTasks', 'Progressing')),
    ).toMatchObject({
      kind: 'app',
      state: 'Progressing',
      phase: 'preTasks',
      startedAt: '2026-11-20T18:49:07.000Z',
      workloads: [
        { workloadName: 'shop-cart', version: '3.4.5', state: 'Pending' },
      ],
    });

    operator.reportTask(gate.name, { status: 'Succeeded', endTime: T(17) });
    operator.report(app, {
      currentPhase: 'AppDeploy',
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Succeeded',
      preDeploymentTaskStatus: [
        { ...gate, status: 'Succeeded', startTime: T(7), endTime: T(17) },
      ],
    });
    operator.begin(workload);
    const check = operator.task(workload, 'pre', 'pre-check');
    operator.reportTask(check.name, {
      status: 'Succeeded',
      startTime: T(17),
      endTime: T(28),
    });
    operator.report(workload, {
      status: 'Progressing',
      startTime: T(17),
      currentPhase: 'WorkloadDeploy',
      deploymentStatus: 'Progressing',
      deploymentStartTime: T(28),
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Succeeded',
      preDeploymentTaskStatus: [
        { ...check, status: 'Succeeded', startTime: T(17), endTime: T(28) },
      ],
    });
    const deploying = await shown(
      'shop-cart-3.4.5',
      ({ phase: current }) => current === 'deployment',
    );
    expect(deploying.state).toBe('Progressing');
    expect(phase(deploying, 'preTasks')).toMatchObject({
      state: 'Succeeded',
      startedAt: '2026-11-20T18:49:17.000Z',
      finishedAt: '2026-11-20T18:49:28.000Z',
      items: [
        { definition: 'pre-check', name: check.name, state: 'Succeeded' },
      ],
    });
    await shown('shop-3.4.5-6b86b273', ({ workloads }) =>
      workloads?.every(({ state }) => state === 'Progressing'),
    );

    const note = operator.task(workload, 'post', 'post-note');
    operator.reportTask(note.name, {
      status: 'Succeeded',
      startTime: T(43),
      endTime: T(58),
    });
    operator.report(workload, {
      status: 'Succeeded',
      currentPhase: 'Completed',
      deploymentStatus: 'Succeeded',
      postDeploymentStatus: 'Succeeded',
      postDeploymentEvaluationStatus: 'Succeeded',
      postDeploymentTaskStatus: [
        { ...note, status: 'Succeeded', startTime: T(43), endTime: T(58) },
      ],
      endTime: T(59),
    });
    operator.report(app, {
      status: 'Succeeded',
      currentPhase: 'Completed',
      workloadOverallStatus: 'Succeeded',
      workloadStatus: [
        {
          workload: { name: 'cart', version: '3.4.5' },
          status: 'Succeeded',
        },
      ],
      postDeploymentStatus: 'Succeeded',
      postDeploymentEvaluationStatus: 'Succeeded',
      endTime: T(62),
    });
    for (const name of ['shop-cart-3.4.5', 'shop-3.4.5-6b86b273']) {
      const release = await shown(name, ({ finishedAt }) => finishedAt);
      expect(release.state).toBe('Succeeded');
      expect(release.hold).toBeUndefined();
    }
  });

  it('lead to the runs of their tasks', async () => {
    const release = await harness.cluster.releaseOf('shop-cart-3.4.5');
    const detail = await until(async () => {
      const found = await harness.cluster.releases.getDetail(release!.id);
      return found?.release.phases
        .flatMap(({ items }) => items)
        .every(({ runId }) => runId)
        ? found
        : undefined;
    });
    const [item] = phase(detail.release, 'preTasks').items;
    const run = await harness.cluster.runs.get(item.runId!);
    expect(run).toMatchObject({
      taskName: item.name,
      state: 'Succeeded',
      definition: { name: 'pre-check' },
      phase: 'pre',
    });
    expect(detail.app?.name ?? detail).toBe('shop-3.4.5-6b86b273');
  });

  it('say why they failed', async () => {
    const app = operator.appVersion('shop-3.4.6-d4735e3a', {
      appName: 'shop',
      version: '3.4.6',
      previousVersion: '3.4.5',
      workloads: [{ name: 'cart', version: '3.4.6' }],
    });
    const workload = operator.workloadVersion('shop-cart-3.4.6', {
      app: 'shop',
      workloadName: 'shop-cart',
      version: '3.4.6',
      previousVersion: '3.4.5',
      preDeploymentTasks: ['pre-bad'],
      postDeploymentTasks: ['post-note'],
    });
    operator.begin(app);
    operator.begin(workload);
    const bad = operator.task(workload, 'pre', 'pre-bad');
    operator.reportTask(bad.name, {
      status: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
      startTime: T(49),
      endTime: T(59),
    });
    // Two watches tell of the task and of its version; the operator itself takes a while in between.
    await until(
      async () => (await harness.cluster.run(bad.name))?.state === 'Failed',
    );
    operator.report(workload, {
      status: 'Failed',
      startTime: T(49),
      currentPhase: 'WorkloadPreDeployTasks',
      preDeploymentStatus: 'Failed',
      preDeploymentTaskStatus: [
        { ...bad, status: 'Failed', startTime: T(49), endTime: T(59) },
      ],
      preDeploymentEvaluationStatus: 'Deprecated',
      deploymentStatus: 'Deprecated',
      postDeploymentStatus: 'Deprecated',
      postDeploymentEvaluationStatus: 'Deprecated',
      endTime: T(59),
    });
    operator.report(app, {
      status: 'Failed',
      currentPhase: 'AppDeploy',
      preDeploymentStatus: 'Succeeded',
      preDeploymentEvaluationStatus: 'Succeeded',
      workloadOverallStatus: 'Failed',
      workloadStatus: [
        { workload: { name: 'cart', version: '3.4.6' }, status: 'Failed' },
      ],
      postDeploymentStatus: 'Deprecated',
      postDeploymentEvaluationStatus: 'Deprecated',
      promotionStatus: 'Deprecated',
      endTime: T(64),
    });

    const failed = await shown('shop-cart-3.4.6', ({ finishedAt, message }) =>
      Boolean(finishedAt && message?.includes('backoff limit')),
    );
    expect(failed).toMatchObject({
      state: 'Failed',
      reason: 'CheckFailed',
      phase: 'preTasks',
      previousVersion: '3.4.5',
      message: expect.stringContaining('pre-bad'),
    });
    expect(phase(failed, 'preTasks')).toMatchObject({
      state: 'Failed',
      message: expect.stringContaining('pre-bad'),
      items: [
        {
          definition: 'pre-bad',
          state: 'Failed',
          message: expect.stringContaining(
            'Job has reached the specified backoff limit',
          ),
        },
      ],
    });
    expect(phase(failed, 'deployment').state).toBe('Deprecated');
    expect(phase(failed, 'postTasks').items).toEqual([
      { definition: 'post-note', kind: 'task', state: 'Deprecated' },
    ]);
    const failedApp = await shown(
      'shop-3.4.6-d4735e3a',
      ({ finishedAt }) => finishedAt,
    );
    expect(failedApp).toMatchObject({
      state: 'Failed',
      phase: 'deployment',
      message: expect.stringContaining('cart'),
    });
  });

  it('end when their object is deleted, also while nobody watches', async () => {
    const versions = ['1', '2'].map(version =>
      operator.workloadVersion(`shop-lost-${version}`, {
        app: 'shop',
        workloadName: 'shop-lost',
        version,
      }),
    );
    versions.forEach(version => operator.begin(version));
    const remove = (name: string) =>
      harness.cluster
        .resource('lifecycle.keptn.sh/v1', 'KeptnWorkloadVersion')
        .delete('shop', name);
    await shown('shop-lost-1', ({ startedAt }) => startedAt);
    await shown('shop-lost-2', ({ startedAt }) => startedAt);
    remove('shop-lost-1');
    await shown('shop-lost-1', ({ state }) => state === 'Deprecated');
    await harness.cluster.stopRuntime(runtime);
    remove('shop-lost-2');
    await observe();
    expect(
      await shown('shop-lost-2', ({ state }) => state === 'Deprecated'),
    ).toMatchObject({ reason: 'ObjectDeleted' });
  });

  it('are there once after a restart, and the newest counts as asked for', async () => {
    const before = await harness.cluster.releases.lastSequence();
    await harness.cluster.stopRuntime(runtime);
    await observe();
    // What is new is seen after everything that was there.
    operator.workloadVersion('shop-new-1', {
      app: 'shop',
      workloadName: 'shop-new',
      version: '1',
    });
    await shown('shop-new-1', () => true);
    const steps = await harness.cluster.releases.transitionsAfter(before, 100);
    const of = await harness.cluster.releaseOf('shop-new-1');
    expect(new Set(steps.map(({ releaseId }) => releaseId))).toEqual(
      new Set([of!.id]),
    );
    const current = await harness.cluster.releases.current(PLACES, {
      previous: 5,
    });
    expect(
      current
        .map(({ current: { name }, previous }) => [
          name,
          previous.map(one => one.name),
        ])
        .filter(([name]) => name !== 'shop-new-1'),
    ).toEqual(
      expect.arrayContaining([
        ['shop-cart-3.4.6', ['shop-cart-3.4.5']],
        ['shop-3.4.6-d4735e3a', ['shop-3.4.5-6b86b273']],
      ]),
    );
  });

  it('are seen with the rights of deploy/rbac/observe.yaml, and nothing is written to the cluster', () => {
    expect(requests().length).toBeGreaterThan(0);
    expect(requests().filter(({ status }) => status === 403)).toEqual([]);
    const writes = requests().filter(
      ({ verb, resource }) =>
        !['get', 'list', 'watch'].includes(verb) &&
        resource !== 'selfsubjectaccessreviews',
    );
    expect(writes).toEqual([]);
    expect(runtime.health()).toMatchObject({
      mode: 'observe',
      reachable: true,
      reconciling: false,
      missingRights: [],
    });
    expect(runtime.health().message).toBeUndefined();
  });
});

describe('a cluster that does not serve what releases need', () => {
  const TASKS = /keptntasks|keptntaskdefinitions/;
  let harness: ReleaseHarness;
  let leader: ClusterRuntime;
  let other: ClusterRuntime;
  let observer: ClusterRuntime;
  /** Of the observer: for it, the cluster has another name. */
  let observed: DatabaseReleaseStore;

  beforeAll(async () => {
    harness = await ReleaseHarness.start({ crds: file => TASKS.test(file) });
    const { cluster } = harness;
    observed = new DatabaseReleaseStore(cluster.knex);
    const options = {
      releases: cluster.releaseOptions(),
      logger: quietLogger,
    };
    leader = await cluster.startReconciling({ gates: 'webhook' }, options);
    other = cluster.startRuntime({ gates: 'webhook' }, options);
    observer = cluster.startRuntime(
      { name: 'watched', mode: 'observe' },
      { releases: { ...cluster.releaseOptions(), store: observed } },
    );
    await until(() => other.health().leader, 30_000);
    await until(() => observer.health().message, 30_000);
  });
  afterAll(() => harness?.stop());

  it('has its tasks run, and health says what to apply', async () => {
    harness.cluster.createTask('plain', { taskDefinition: 'passes' });
    const { status } = await harness.cluster.finished('plain');
    expect(status.status).toBe('Succeeded');
    for (const runtime of [leader, other, observer]) {
      expect(runtime.health().message).toMatch(
        /^Releases are not looked after: the cluster does not serve keptnapps\.lifecycle\.keptn\.sh, .*; apply them with kubectl apply -f deploy\/crds$/,
      );
      expect(runtime.health().missingResources).toEqual([]);
      expect(runtime.releasesReady()).toBe(false);
    }
    expect(leader.health().reconciling).toBe(true);
    expect(leader.webhook()).toBeUndefined();
  });

  it('gets its releases looked after once that is applied, without a restart', async () => {
    await harness.cluster.applyCrds(file => !TASKS.test(file));
    await until(() => leader.releasesReady(), 30_000);
    harness.deploy('late', { pre: 'passes' });
    const { status } = await harness.workloadEnded('late-late-1.0.0');
    expect(status?.status).toBe('Succeeded');
    await harness.running('late', 1);

    // What was told is over, also for replicas that do not lead, which serve the webhook too.
    for (const runtime of [leader, other]) {
      await until(() => runtime.webhook()?.ready(), 30_000);
      expect(runtime.health().message).toMatch(/^Pods are not held: /);
    }
    await until(() => observer.releasesReady(), 30_000);
    expect(observer.health().message).toBeUndefined();
    await until(async () => {
      const { items } = await observed.list(
        { places: [{ cluster: 'watched', namespace: 'shop' }] },
        { limit: 10 },
      );
      return items.some(
        ({ name, state }) =>
          name === 'late-late-1.0.0' && state === 'Succeeded',
      );
    }, 30_000);
  });

  it('has evaluations judged by metrics that are served later', async () => {
    harness.cluster.create(keptnMetricCrd);
    harness.cluster.create({
      apiVersion: 'lifecycle.keptn.sh/v1',
      kind: 'KeptnEvaluationDefinition',
      metadata: { name: 'quick-enough', namespace: 'shop' },
      spec: {
        retries: 1,
        retryInterval: '1s',
        objectives: [
          { keptnMetricRef: { name: 'latency' }, evaluationTarget: '<500' },
        ],
      },
    });
    const metrics = () =>
      harness.cluster.resource('metrics.keptn.sh/v1', 'KeptnMetric');
    await until(() => metrics().list(), 30_000);
    metrics().create({
      apiVersion: 'metrics.keptn.sh/v1',
      kind: 'KeptnMetric',
      metadata: { name: 'latency', namespace: 'shop' },
      spec: { fetchIntervalSeconds: 5, provider: { name: 'p' }, query: 'q' },
    });
    const metric = metrics().get('shop', 'latency')!;
    metrics().updateStatus({
      ...metric,
      status: { value: '120', rawValue: 'MTIw' },
    });
    await until(
      () =>
        harness.cluster.sandbox.faults.openWatches('keptnmetrics') > 0 &&
        leader.releasesReady(),
      30_000,
    );
    harness.deploy('judged', {
      annotations: { 'keptn.sh/pre-deployment-evaluations': 'quick-enough' },
    });
    const { status } = await harness.workloadEnded('judged-judged-1.0.0');
    expect(status).toMatchObject({
      preDeploymentEvaluationStatus: 'Succeeded',
      status: 'Succeeded',
    });
  });
});
