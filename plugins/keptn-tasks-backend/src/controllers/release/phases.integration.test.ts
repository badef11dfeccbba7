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
  TEST_RELEASES,
  TEST_TIMINGS,
  until,
} from '../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../__testUtils__/releaseHarness';
import type {
  KeptnAppVersion,
  KeptnAppVersionSpec,
  KeptnWorkloadVersionSpec,
} from '../../domain/release/resources';

jest.setTimeout(240_000);

const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const PATIENCE_MS = 60_000;

/** As much of the metrics operator's resource as evaluations read. */
const METRICS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'keptnmetrics.metrics.keptn.sh' },
  spec: {
    group: 'metrics.keptn.sh',
    scope: 'Namespaced',
    names: {
      kind: 'KeptnMetric',
      listKind: 'KeptnMetricList',
      plural: 'keptnmetrics',
      singular: 'keptnmetric',
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

/** Versions that are made by hand: nobody else asks for them, or supersedes them. */
class Versions {
  constructor(readonly harness: ReleaseHarness) {}

  appVersion(
    app: string,
    spec: Partial<KeptnAppVersionSpec> = {},
    status?: object,
  ): string {
    const name = `${app}-1-6b86b273`;
    const resource = this.harness.cluster.resource(
      LIFECYCLE,
      'KeptnAppVersion',
    );
    const created = resource.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnAppVersion',
      metadata: { name, namespace: 'shop' },
      spec: {
        appName: app,
        version: '1',
        workloads: [{ name: 'server', version: '1.0.0' }],
        ...spec,
      },
    });
    if (status) {
      resource.updateStatus({ ...created, status });
    }
    return name;
  }

  /** With a ReplicaSet that has no Pods, so that its rollout is complete at once. */
  workloadVersion(
    app: string,
    spec: Partial<KeptnWorkloadVersionSpec> = {},
    replicas = 0,
  ): string {
    const name = `${app}-server-1.0.0`;
    const labels = { 'test/name': app };
    const replicaSet = this.harness.cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: `${app}-rs`, namespace: 'shop' },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            schedulingGates: [{ name: 'example.test/never' }],
            containers: [{ name: 'server', image: 'ghcr.io/example/server:1' }],
          },
        },
      },
    });
    this.harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnWorkloadVersion',
      metadata: { name, namespace: 'shop' },
      spec: {
        app,
        workloadName: `${app}-server`,
        version: '1.0.0',
        resourceReference: {
          kind: 'ReplicaSet',
          name: `${app}-rs`,
          uid: replicaSet.metadata.uid!,
        },
        ...spec,
      },
    });
    return name;
  }

  status(kind: 'KeptnAppVersion' | 'KeptnWorkloadVersion', name: string): any {
    return (
      this.harness.cluster.resource(LIFECYCLE, kind).get('shop', name)
        ?.status ?? {}
    );
  }

  async ended(
    kind: 'KeptnAppVersion' | 'KeptnWorkloadVersion',
    name: string,
  ): Promise<any> {
    await until(
      () => this.status(kind, name).endTime,
      PATIENCE_MS,
      () => `${name}: ${JSON.stringify(this.status(kind, name))}`,
    );
    return this.status(kind, name);
  }

  /** Reasons of the events about an object, in the order in which they were written. */
  reasons(name: string): string[] {
    return this.events(name).map(({ reason }) => reason);
  }

  events(name: string): any[] {
    return this.harness.cluster
      .list('Event')
      .filter(({ involvedObject }) => involvedObject.name === name)
      .sort(
        (a, b) =>
          Number(a.metadata.resourceVersion) -
          Number(b.metadata.resourceVersion),
      );
  }
}

describe('the phases of a release', () => {
  let harness: ReleaseHarness;
  let versions: Versions;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    versions = new Versions(harness);
    harness.definition('promote', 'exit 0');
    versions.appVersion(
      'bygone',
      { promotionTasks: ['promote'], workloads: [] },
      {
        status: 'Succeeded',
        currentPhase: 'Completed',
        promotionStatus: 'Pending',
        startTime: '2026-01-01T12:00:00Z',
        endTime: '2026-01-01T12:01:00Z',
      },
    );
    await harness.reconcile(
      {},
      {
        releases: harness.cluster.releaseOptions({
          ...TEST_RELEASES,
          rolloutSeconds: 3,
        }),
      },
    );
  });
  afterAll(() => harness.stop());

  it('are over for what ended before promotion was switched on (D-35)', async () => {
    const release = await until(
      () => harness.cluster.releaseOf('bygone-1-6b86b273'),
      PATIENCE_MS,
    );
    expect(release.state).toBe('Succeeded');
    expect(harness.tasksOf('promote')).toEqual([]);
    expect(
      versions.status('KeptnAppVersion', 'bygone-1-6b86b273'),
    ).toMatchObject({ promotionStatus: 'Pending', status: 'Succeeded' });
  });

  it('go from the app to its workload and back, with metadata, trace and events', async () => {
    for (const name of ['app-pre', 'work-pre', 'work-post', 'app-post']) {
      harness.definition(name, 'exit 0');
    }
    const workload = versions.workloadVersion('whole', {
      preDeploymentTasks: ['work-pre'],
      postDeploymentTasks: ['work-post'],
      metadata: { commit: '9ab1' },
    });
    const app = versions.appVersion('whole', {
      preDeploymentTasks: ['app-pre'],
      postDeploymentTasks: ['app-post'],
      promotionTasks: ['promote'],
      metadata: { stage: 'prod', commit: 'of-the-app' },
    });
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status).toMatchObject({
      status: 'Succeeded',
      currentPhase: 'Completed',
      preDeploymentStatus: 'Succeeded',
      workloadOverallStatus: 'Succeeded',
      postDeploymentStatus: 'Succeeded',
      promotionStatus: 'Succeeded',
      workloadStatus: [
        {
          workload: { name: 'server', version: '1.0.0' },
          status: 'Succeeded',
        },
      ],
    });

    const [pre] = harness.tasksOf('work-pre');
    expect(pre.spec.context).toMatchObject({
      appName: 'whole',
      appVersion: '1',
      workloadName: 'whole-server',
      workloadVersion: '1.0.0',
      taskType: 'pre',
      objectType: 'Workload',
      metadata: {
        stage: 'prod',
        commit: '9ab1',
        traceparent: versions.status('KeptnWorkloadVersion', workload)
          .phaseTraceIDs.WorkloadPreDeployTasks.traceparent,
      },
    });
    expect(pre.metadata.name).toMatch(/^pre-work-pre-\d{5}$/);
    const [promotion] = harness.tasksOf('promote');
    expect(promotion.spec.context).toMatchObject({
      taskType: 'promotion',
      objectType: 'App',
      workloadName: '',
    });
    const stored = harness.workloadVersion(workload)!;
    expect(stored.spec.traceId).toEqual(status.phaseTraceIDs.AppDeploy);
    // What came first has ended first.
    const [appPre] = harness.tasksOf('app-pre');
    expect(Date.parse(appPre.status.endTime)).toBeLessThanOrEqual(
      Date.parse(stored.status!.startTime!),
    );

    const expected = [
      'AppPreDeployTasksStarted',
      'ReconcileTaskStatusChanged',
      'AppPreDeployTasksFinished',
      'AppDeployStarted',
      'AppDeployFinished',
      'AppPostDeployTasksFinished',
      'PromotionTasksFinished',
      'AppCompletedFinished',
    ];
    await until(
      () => expected.every(reason => versions.reasons(app).includes(reason)),
      PATIENCE_MS,
      () => versions.reasons(app).join(),
    );
    for (const name of [app, workload]) {
      const told = versions
        .events(name)
        .map(({ reason, message }) => `${reason}: ${message}`);
      expect(new Set(told).size).toBe(told.length);
    }

    const release = await until(async () => {
      const one = await harness.cluster.releaseOf(app);
      return one?.finishedAt ? one : undefined;
    }, PATIENCE_MS);
    expect(release).toMatchObject({
      state: 'Succeeded',
      workloads: [{ workloadName: 'whole-server', state: 'Succeeded' }],
    });
    expect(
      release!.phases.map(({ name, state }) => [name, state]),
    ).toContainEqual(['promotion', 'Succeeded']);
  });

  it('end when all their tasks have ended, and tell of each, when one of them fails (D-07)', async () => {
    harness.definition('slow', 'sleep 2');
    versions.workloadVersion('siblings');
    const app = versions.appVersion('siblings', {
      preDeploymentTasks: ['fails', 'slow', 'fails'],
    });
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status).toMatchObject({
      status: 'Failed',
      currentPhase: 'AppPreDeployTasks',
      preDeploymentStatus: 'Failed',
      workloadOverallStatus: 'Deprecated',
      promotionStatus: 'Deprecated',
      preDeploymentTaskStatus: [
        { definitionName: 'fails', status: 'Failed' },
        { definitionName: 'slow', status: 'Succeeded' },
      ],
    });
    const failure = await until(
      () =>
        versions
          .events(app)
          .find(({ reason }) => reason === 'AppPreDeployTasksFailed'),
      PATIENCE_MS,
    );
    expect(failure.message).toContain('503');

    // Its workload waits, and says for what.
    const held = await until(async () => {
      const { hold } =
        (await harness.cluster.releaseOf('siblings-server-1.0.0')) ?? {};
      return hold?.reason === 'AppCheckFailed' ? hold : undefined;
    }, PATIENCE_MS);
    expect(held.definition).toBe('fails');
    expect(held.message).toContain('Task fails of app siblings 1 failed');
    await until(
      () =>
        versions
          .reasons('siblings-server-1.0.0')
          .includes('AppPreDeployEvaluationsFailed'),
      PATIENCE_MS,
    );
  });

  it('fail when a task of theirs is deleted, and make no second one', async () => {
    harness.definition('long', 'sleep 60');
    const app = versions.appVersion('deleted', {
      preDeploymentTasks: ['long'],
      workloads: [],
    });
    const task = await until(
      () =>
        harness
          .tasksOf('long')
          .find(({ status }) => status?.status === 'Progressing'),
      PATIENCE_MS,
    );
    await until(
      () =>
        versions.status('KeptnAppVersion', app).preDeploymentTaskStatus?.[0]
          ?.startTime,
      PATIENCE_MS,
    );
    harness.cluster
      .resource(LIFECYCLE, 'KeptnTask')
      .delete('shop', task.metadata.name!);
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status.status).toBe('Failed');
    expect(harness.tasksOf('long')).toEqual([]);
    const release = await until(async () => {
      const one = await harness.cluster.releaseOf(app);
      return one?.state === 'Failed' ? one : undefined;
    }, PATIENCE_MS);
    expect(release.message).toContain('was deleted before it had ended');
  });

  it('fail when the rollout takes too long, and say what is missing (D-55)', async () => {
    const workload = versions.workloadVersion('stuck', {}, 1);
    versions.appVersion('stuck');
    const status = await versions.ended('KeptnWorkloadVersion', workload);
    expect(status).toMatchObject({
      status: 'Failed',
      deploymentStatus: 'Failed',
      postDeploymentStatus: 'Deprecated',
    });
    await until(
      () => versions.reasons(workload).includes('WorkloadDeployFailed'),
      PATIENCE_MS,
    );
    const failure = versions
      .events(workload)
      .find(({ reason }) => reason === 'WorkloadDeployFailed');
    expect(failure.message).toContain('not complete within 3s');
    expect(failure.message).toContain('0 of 1 Pods of ReplicaSet stuck-rs');
  });

  it('stop their tasks when they are superseded, and keep what was recorded (D-37)', async () => {
    harness.definition('endless', 'sleep 300');
    const app = versions.appVersion('old', {
      preDeploymentTasks: ['passes', 'endless'],
      workloads: [],
    });
    await until(
      () =>
        versions
          .status('KeptnAppVersion', app)
          .preDeploymentTaskStatus?.some(
            (item: any) => item.status === 'Succeeded',
          ) && harness.tasksOf('endless')[0]?.status?.status === 'Progressing',
      PATIENCE_MS,
    );
    supersede(harness, app);
    const task = await until(() => {
      const [one] = harness.tasksOf('endless');
      return one?.status?.status === 'Failed' ? one : undefined;
    }, PATIENCE_MS);
    expect(task.metadata.annotations).toHaveProperty(['keptn-tasks/cancel']);
    expect(task.status.reason).toBe('Cancelled');
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status.status).toBe('Deprecated');
    expect(
      status.preDeploymentTaskStatus.find(
        (item: any) => item.definitionName === 'passes',
      ),
    ).toMatchObject({ status: 'Succeeded' });
  });

  it('fail at once for an evaluation where the cluster has no metrics, and say so', async () => {
    const app = versions.appVersion('unmeasured', {
      preDeploymentEvaluations: ['latency'],
      workloads: [],
    });
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status).toMatchObject({
      status: 'Failed',
      preDeploymentEvaluationStatus: 'Failed',
    });
    const release = await until(async () => {
      const one = await harness.cluster.releaseOf(app);
      return one?.state === 'Failed' ? one : undefined;
    }, PATIENCE_MS);
    expect(release.message).toContain('the cluster has no metrics');
  });
});

describe('evaluations of a release', () => {
  let harness: ReleaseHarness;
  let versions: Versions;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    versions = new Versions(harness);
    harness.cluster.create(METRICS);
    await until(() =>
      harness.cluster.resource('metrics.keptn.sh/v1', 'KeptnMetric').list(),
    );
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  it('are tried until their metrics are as they should be', async () => {
    evaluationDefinition(harness, 'latency', 20);
    metric(harness, 'p95', '812');
    const app = versions.appVersion('measured', {
      preDeploymentEvaluations: ['latency'],
      workloads: [],
    });
    const evaluation = await until(
      () =>
        harness.cluster
          .list('KeptnEvaluation')
          .find(({ status }) => status?.retryCount > 0),
      PATIENCE_MS,
    );
    expect(evaluation.metadata.name).toMatch(/^pre-eval-latency-\d{5}$/);
    expect(evaluation.status).toMatchObject({
      overallStatus: 'Progressing',
      evaluationStatus: {
        p95: {
          value: '812',
          status: 'Failed',
          message: 'Metric p95 is 812, not < 500.',
        },
      },
    });
    metric(harness, 'p95', '320');
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status).toMatchObject({
      status: 'Succeeded',
      preDeploymentEvaluationStatus: 'Succeeded',
      preDeploymentEvaluationTaskStatus: [
        { definitionName: 'latency', status: 'Succeeded' },
      ],
    });
  });

  it('fail their phase when the tries are used up, in their words', async () => {
    evaluationDefinition(harness, 'strict', 2);
    metric(harness, 'p95', '900');
    const app = versions.appVersion('too-slow', {
      preDeploymentEvaluations: ['strict'],
      workloads: [],
    });
    const status = await versions.ended('KeptnAppVersion', app);
    expect(status.status).toBe('Failed');
    const release = await until(async () => {
      const one = await harness.cluster.releaseOf(app);
      return one?.state === 'Failed' ? one : undefined;
    }, PATIENCE_MS);
    expect(release.message).toContain('Metric p95 is 900, not < 500.');
  });
});

describe('releases that another operator leads', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
  });
  afterAll(() => harness.stop());

  it('are recorded, and nothing is written', async () => {
    const versions = new Versions(harness);
    const app = versions.appVersion(
      'watched',
      { preDeploymentTasks: ['passes'] },
      {
        status: 'Progressing',
        currentPhase: 'AppDeploy',
        preDeploymentStatus: 'Succeeded',
        preDeploymentEvaluationStatus: 'Succeeded',
        startTime: '2026-01-01T12:00:00Z',
        preDeploymentTaskStatus: [
          {
            definitionName: 'passes',
            name: 'pre-passes-12345',
            status: 'Succeeded',
            startTime: '2026-01-01T12:00:00Z',
            endTime: '2026-01-01T12:00:10Z',
          },
        ],
      },
    );
    const before = harness.writes();
    const runtime = harness.cluster.startRuntime(
      { mode: 'observe' },
      { timings: TEST_TIMINGS, releases: harness.cluster.releaseOptions() },
    );
    await until(() => runtime.releasesReady(), PATIENCE_MS);
    const release = await until(
      () => harness.cluster.releaseOf(app),
      PATIENCE_MS,
    );
    expect(release).toMatchObject({
      state: 'Progressing',
      phase: 'deployment',
    });
    expect(release.phases[0]).toMatchObject({
      state: 'Succeeded',
      items: [{ definition: 'passes', state: 'Succeeded' }],
    });
    expect(harness.writes()).toBe(before);
  });
});

/** What whoever looks after the app does when a newer attempt takes the place of this one. */
function supersede(harness: ReleaseHarness, name: string): void {
  const resource = harness.cluster.resource(LIFECYCLE, 'KeptnAppVersion');
  for (;;) {
    const version = structuredClone(
      resource.get('shop', name)!,
    ) as unknown as KeptnAppVersion;
    version.status!.status = 'Deprecated';
    try {
      resource.updateStatus(version as any);
      return;
    } catch (error) {
      if ((error as { code?: number }).code !== 409) throw error;
    }
  }
}

function evaluationDefinition(
  harness: ReleaseHarness,
  name: string,
  retries: number,
): void {
  harness.cluster.create({
    apiVersion: LIFECYCLE,
    kind: 'KeptnEvaluationDefinition',
    metadata: { name, namespace: 'shop' },
    spec: {
      objectives: [
        { keptnMetricRef: { name: 'p95' }, evaluationTarget: '<500' },
      ],
      retries,
      retryInterval: '500ms',
    },
  });
}

function metric(harness: ReleaseHarness, name: string, value: string): void {
  const resource = harness.cluster.resource(
    'metrics.keptn.sh/v1',
    'KeptnMetric',
  );
  const status = { value, rawValue: value };
  const object =
    resource.get('shop', name) ??
    resource.create({
      apiVersion: 'metrics.keptn.sh/v1',
      kind: 'KeptnMetric',
      metadata: { name, namespace: 'shop' },
    });
  resource.update({ ...object, status });
}
