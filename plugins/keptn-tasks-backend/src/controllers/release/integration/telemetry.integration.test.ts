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

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from 'sandbox-cluster';
import {
  CLUSTER,
  quietLogger,
  until,
} from '../../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import {
  parseTraceparent,
  TRACEPARENT_ANNOTATION,
} from '../../../domain/release/traceIds';
import { DatabaseRunStore } from '../../../history/DatabaseRunStore';
import { createCloudEvents } from '../../../telemetry/CloudEvents';
import { PlatformTelemetry } from '../../../telemetry/PlatformTelemetry';
import { TaskMetrics } from '../../../telemetry/TaskMetrics';
import type { Measurement } from '../../../telemetry/__testUtils__/RecordingMetrics';
import { RecordingMetrics } from '../../../telemetry/__testUtils__/RecordingMetrics';
import { RecordingTracer } from '../../../telemetry/__testUtils__/RecordingTracer';
import type { ClusterRuntime } from '../../ClusterRuntime';
import { EventReceiver } from './__testUtils__/EventReceiver';

jest.setTimeout(180_000);

const CONFIG = {
  apiVersion: 'options.keptn.sh/v1alpha1',
  kind: 'KeptnConfig',
};

/** A process of the backend as far as it tells others, put together as the plugin does it. */
class TellingProcess {
  readonly metrics = new RecordingMetrics();
  readonly tracer: RecordingTracer;
  runtime?: ClusterRuntime;

  /** @param ids - what the ids of its spans begin with */
  constructor(private readonly harness: ReleaseHarness, ids: string) {
    this.tracer = new RecordingTracer(ids);
  }

  async start(): Promise<void> {
    const { metrics, tracer, harness } = this;
    const runs = new DatabaseRunStore(harness.cluster.knex);
    const logger = quietLogger;
    const taskMetrics = new TaskMetrics({ metrics, runs, logger });
    runs.onTransition(ended => taskMetrics.runsEnded(ended));
    this.runtime = await harness.reconcile(
      {},
      {
        runs,
        releases: {
          ...harness.cluster.releaseOptions(),
          telemetry: new PlatformTelemetry({ metrics, logger, tracer }),
          observeTasks: (name, tasks) => taskMetrics.observe(name, tasks),
          createCloudEvents,
        },
      },
    );
  }

  async stop(): Promise<void> {
    await this.harness.cluster.stopRuntime(this.runtime!);
  }
}

/** Those of measurements whose labels say so. */
const labelled = (measurements: Measurement[], key: string, value: string) =>
  measurements.filter(
    ({ attributes }) => attributes?.[`keptn.deployment.${key}`] === value,
  );

const traceparentOf = (task: KubeObject) =>
  parseTraceparent(task.spec.context.metadata.traceparent)!;

describe('what is told about releases', () => {
  let harness: ReleaseHarness;
  let receiver: EventReceiver;
  let directory: string;
  let process: TellingProcess;
  const processes: TellingProcess[] = [];

  const startProcess = async () => {
    process = new TellingProcess(harness, 'abcdef'[processes.length]);
    processes.push(process);
    await process.start();
  };
  /** What all processes together have measured. */
  const measured = (metric: string, key: string, value: string) =>
    processes.flatMap(({ metrics }) =>
      labelled(metrics.of(metric), key, value),
    );
  /** Waits until all that came to its end was counted. */
  const counted = (app: string, ends: Record<string, number>) =>
    until(() =>
      Object.entries(ends).every(
        ([what, count]) =>
          measured(`keptn.${what}.count`, 'app.name', app).length >= count,
      ),
    );
  const typesAbout = (kind: string, name: string) =>
    receiver.about(kind, name).map(({ type }) => type);

  /** Those that tell of a phase, and not of its tasks. */
  const stepsOf = (kind: string, name: string) =>
    typesAbout(kind, name).filter(type => !type.startsWith('Reconcile Task'));

  /** An app of one workload whose checks are definitions of its own. */
  function deployApp(name: string, options: { namespace?: string } = {}) {
    const { namespace = 'shop' } = options;
    for (const phase of ['app-pre', 'pre', 'post']) {
      harness.definition(`${name}-${phase}`, 'exit 0');
    }
    harness.deploy(name, {
      namespace,
      pre: `${name}-pre`,
      post: `${name}-post`,
    });
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'telemetry-'));
    receiver = await EventReceiver.start();
    harness = await ReleaseHarness.start();
    harness.apply({
      ...CONFIG,
      metadata: { name: 'keptn-config', namespace: 'keptn-system' },
      spec: { cloudEventsEndpoint: receiver.url('/events') },
    });
    // Those of other namespaces count for nothing (D-58).
    harness.apply({
      ...CONFIG,
      metadata: { name: 'keptn-config', namespace: 'shop' },
      spec: { cloudEventsEndpoint: receiver.url('/foreign') },
    });
    await startProcess();
  });
  afterAll(async () => {
    await harness?.stop();
    await receiver?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('reaches a receiver of CloudEvents, each step once', async () => {
    harness.context('cart', { preDeploymentTasks: ['cart-app-pre'] });
    deployApp('cart');
    const app = await harness.appEnded('cart', '1.0.0');
    await until(() =>
      typesAbout('KeptnAppVersion', app.metadata.name).includes(
        'App Completed.Finished',
      ),
    );
    expect(stepsOf('KeptnAppVersion', app.metadata.name)).toEqual([
      'App Pre-Deployment Tasks.Started',
      'App Pre-Deployment Tasks.Finished',
      'App Deployment.Started',
      'App Deployment.Finished',
      'App Completed.Finished',
    ]);
    expect(stepsOf('KeptnWorkloadVersion', 'cart-cart-1.0.0')).toEqual([
      'Workload Pre-Deployment Tasks.Started',
      'Workload Pre-Deployment Tasks.Finished',
      'Workload Deployment.Started',
      'Workload Deployment.Finished',
      'Workload Post-Deployment Tasks.Started',
      'Workload Post-Deployment Tasks.Finished',
      'Workload Completed.Finished',
    ]);
    for (const definition of ['cart-app-pre', 'cart-pre', 'cart-post']) {
      const [task] = harness.tasksOf(definition);
      expect(typesAbout('KeptnTask', task.metadata.name)).toEqual([
        'Reconcile Task.Started',
        'Reconcile Task.Succeeded',
      ]);
    }
    const [event] = receiver.about('KeptnAppVersion', app.metadata.name);
    expect(event.headers).toMatchObject({
      'ce-specversion': '1.0',
      'ce-source': 'keptn.sh',
      'content-type': 'application/json',
    });
    expect(event.body).toMatchObject({
      version: '1.0.0',
      resource: { namespace: 'shop' },
    });
  });

  it('is counted once, with what it was and how it ended', async () => {
    harness.deploy('dented', { pre: 'fails' });
    const app = await harness.appEnded('dented', '1.0.0');
    await counted('dented', { app: 1, deployment: 1, task: 1 });
    await counted('cart', { app: 1, deployment: 1, task: 3 });
    const count = (metric: string, name: string) =>
      measured(metric, 'app.name', name).map(({ value, attributes }) => [
        value,
        attributes?.['k8s.cluster.name'],
        attributes?.['keptn.deployment.app.status'] ??
          attributes?.['keptn.deployment.workload.status'] ??
          attributes?.['keptn.deployment.task.status'],
      ]);
    expect(app.status?.status).toBe('Failed');
    expect(count('keptn.app.count', 'cart')).toEqual([
      [1, CLUSTER, 'Succeeded'],
    ]);
    expect(count('keptn.app.duration', 'cart')).toHaveLength(1);
    expect(count('keptn.deployment.count', 'cart')).toEqual([
      [1, CLUSTER, 'Succeeded'],
    ]);
    expect(count('keptn.task.count', 'cart')).toEqual(
      Array(3).fill([1, CLUSTER, 'Succeeded']),
    );
    expect(count('keptn.app.count', 'dented')).toEqual([
      [1, CLUSTER, 'Failed'],
    ]);
    expect(count('keptn.app.duration', 'dented')).toEqual([]);
    expect(count('keptn.deployment.count', 'dented')).toEqual([
      [1, CLUSTER, 'Failed'],
    ]);
    expect(count('keptn.task.count', 'dented')).toEqual([
      [1, CLUSTER, 'Failed'],
    ]);
  });

  it('gives each task the trace of its phase, and workloads that of their app', async () => {
    const { tracer } = process;
    const app = tracer.span(harness.appVersions('cart')[0].metadata.name);
    await until(() => app.isEnded);
    for (const [definition, phase] of [
      ['cart-app-pre', 'AppPreDeployTasks'],
      ['cart-pre', 'cart-cart/WorkloadPreDeployTasks'],
      ['cart-post', 'cart-cart/WorkloadPostDeployTasks'],
    ]) {
      const [task] = harness.tasksOf(definition);
      const { traceId, spanId } = traceparentOf(task);
      expect(traceId).toBe(app.traceId);
      expect(
        tracer.spans.find(
          span => span.traceId === traceId && span.spanId === spanId,
        ),
      ).toMatchObject({ name: phase, isEnded: true });
      expect(tracer.span(task.metadata.name)).toMatchObject({
        traceId,
        parentSpanId: spanId,
        isEnded: true,
      });
    }
    expect(app).toMatchObject({ parentSpanId: undefined, isEnded: true });
    expect(tracer.span('cart-cart-1.0.0')).toMatchObject({
      traceId: app.traceId,
      isEnded: true,
    });
    const release = await harness.cluster.releaseEnded(app.name);
    expect(parseTraceparent(release.traceparent)?.traceId).toBe(app.traceId);
  });

  it('shows what is under way, and is neither told nor counted again after a restart in the middle', async () => {
    const { tracer: firstTracer, metrics: firstMetrics } = process;
    const go = join(directory, 'go');
    harness.definition('held', `until [ -e ${go} ]; do sleep 0.1; done`);
    harness.definition('slow-post', 'exit 0');
    harness.deploy('slow', { pre: 'held', post: 'slow-post' });
    const active = (metrics: RecordingMetrics, what: string) =>
      labelled(metrics.collect(`keptn.${what}.active`), 'app.name', 'slow').map(
        ({ value }) => value,
      );
    const isUnderWay = (metrics: RecordingMetrics) =>
      ['app', 'deployment', 'task'].every(
        what => active(metrics, what).join() === '1',
      );
    await until(() => isUnderWay(firstMetrics), 30_000);
    const [held] = harness.tasksOf('held');
    await until(() => typesAbout('KeptnTask', held.metadata.name).length > 0);
    const told = receiver.received.map(({ id }) => id);

    await process.stop();
    expect(active(firstMetrics, 'app')).toEqual([]);
    await startProcess();
    await until(() => isUnderWay(process.metrics), 30_000);
    await writeFile(go, '');
    const app = await harness.appEnded('slow', '1.0.0');
    await until(() =>
      typesAbout('KeptnAppVersion', app.metadata.name).includes(
        'App Completed.Finished',
      ),
    );

    const ids = receiver.received.map(({ id }) => id);
    expect(ids.slice(0, told.length)).toEqual(told);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      typesAbout('KeptnWorkloadVersion', 'slow-slow-1.0.0').filter(
        type => type === 'Workload Pre-Deployment Tasks.Started',
      ),
    ).toHaveLength(1);
    await counted('slow', { app: 1, deployment: 1, task: 2 });
    for (const [metric, times] of [
      ['keptn.app.count', 1],
      ['keptn.deployment.count', 1],
      ['keptn.task.count', 2],
    ] as const) {
      expect(measured(metric, 'app.name', 'slow')).toHaveLength(times);
      // What was over before was counted by the process before.
      expect(labelled(process.metrics.of(metric), 'app.name', 'cart')).toEqual(
        [],
      );
    }
    await until(() => active(process.metrics, 'app').join() === '0');
    await until(() => active(process.metrics, 'task').length === 0);
    // The spans that were open are lost, the trace goes on.
    const { traceId } = firstTracer.span(app.metadata.name);
    const [post] = harness.tasksOf('slow-post');
    expect(traceparentOf(post).traceId).toBe(traceId);
    expect(process.tracer.span(post.metadata.name).traceId).toBe(traceId);
  });

  it('is not sent where the KeptnConfig of another namespace says (D-58)', () => {
    expect(receiver.received.map(({ path }) => path)).not.toContain('/foreign');
  });

  it.each([
    [
      "the context's metadata",
      'from-context',
      'shop',
      (traceparent: string) =>
        harness.context('from-context', {
          preDeploymentTasks: ['from-context-app-pre'],
          metadata: { traceparent, team: 'blue' },
        }),
    ],
    [
      'an annotation of the app',
      'from-app',
      'shop',
      (traceparent: string) => {
        harness.context('from-app', {
          preDeploymentTasks: ['from-app-app-pre'],
        });
        harness.app(
          'from-app',
          '1.0.0',
          { 'from-app': '1.0.0' },
          { annotations: { [TRACEPARENT_ANNOTATION]: traceparent } },
        );
      },
    ],
    [
      'an annotation of the namespace',
      'from-namespace',
      'traced',
      (traceparent: string) => {
        harness.cluster.create({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: {
            name: 'traced',
            annotations: {
              'keptn.sh/lifecycle-toolkit': 'enabled',
              [TRACEPARENT_ANNOTATION]: traceparent,
            },
          },
        });
        harness.context(
          'from-namespace',
          { preDeploymentTasks: ['from-namespace-app-pre'] },
          'traced',
        );
      },
    ],
  ])(
    'goes on with the trace that is given by %s',
    async (_, name, namespace, give) => {
      const traceId = randomBytes(16).toString('hex');
      const spanId = randomBytes(8).toString('hex');
      give(`00-${traceId}-${spanId}-01`);
      deployApp(name, { namespace });
      const app = await harness.appEnded(name, '1.0.0', namespace);
      expect(app.status?.status).toBe('Succeeded');
      const root = process.tracer.span(app.metadata.name);
      expect(root).toMatchObject({ traceId, parentSpanId: spanId });
      for (const phase of ['app-pre', 'pre', 'post']) {
        const [task] = harness.tasksOf(`${name}-${phase}`, namespace);
        expect(traceparentOf(task).traceId).toBe(traceId);
        expect(traceparentOf(task).spanId).not.toBe(spanId);
      }
    },
  );
});
