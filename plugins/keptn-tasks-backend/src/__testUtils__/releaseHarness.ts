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

import type { KubeObject } from 'sandbox-cluster';
import type { ClusterRuntime } from '../controllers/ClusterRuntime';
import {
  OPT_IN_ANNOTATION,
  OPTED_IN,
  SCHEDULING_GATE,
} from '../domain/release/annotations';
import type {
  KeptnAppContextSpec,
  KeptnAppVersion,
  KeptnWorkloadVersion,
} from '../domain/release/resources';
import type { HarnessOptions } from './clusterHarness';
import { ClusterHarness, TEST_TIMINGS, until } from './clusterHarness';

const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const PATIENCE_MS = 60_000;

/** What a workload of a test asks for. */
export interface WorkloadOptions {
  kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  namespace?: string;
  version?: string;
  app?: string;
  replicas?: number;
  pre?: string;
  post?: string;
  /** Whether the gate stands in the template. True unless it is given. */
  gated?: boolean;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  podSpec?: object;
}

/** A cluster with workloads that are looked after in the namespace `shop`. */
export class ReleaseHarness {
  private constructor(readonly cluster: ClusterHarness) {}

  static async start(options: HarnessOptions = {}): Promise<ReleaseHarness> {
    const cluster = await ClusterHarness.start(options);
    const harness = new ReleaseHarness(cluster);
    harness.optIn('shop');
    harness.definition('passes', 'exit 0');
    harness.definition('fails', 'echo "GET /healthz → 503" >&2; exit 1');
    return harness;
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
  }

  /** Starts a replica that looks after releases too, and waits until it does. */
  async reconcile(
    ...[config, options]: Parameters<ClusterHarness['startReconciling']>
  ): Promise<ClusterRuntime> {
    const runtime = await this.cluster.startReconciling(config, {
      timings: TEST_TIMINGS,
      ...options,
      releases: options?.releases ?? this.cluster.releaseOptions(),
    });
    await until(() => runtime.releasesReady(), 30_000);
    return runtime;
  }

  optIn(name: string): void {
    const namespaces = this.cluster.resource('v1', 'Namespace');
    const existing = namespaces.get(undefined, name);
    const annotations = { [OPT_IN_ANNOTATION]: OPTED_IN };
    if (existing) {
      const changed = structuredClone(existing);
      changed.metadata.annotations = {
        ...changed.metadata.annotations,
        ...annotations,
      };
      namespaces.update(changed);
    } else {
      namespaces.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, annotations },
      });
    }
  }

  /** A definition whose task runs a shell script. */
  definition(name: string, script: string, namespace = 'keptn-system'): void {
    this.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnTaskDefinition',
      metadata: { name, namespace },
      spec: {
        retries: 0,
        timeout: '1m',
        container: {
          name: 'check',
          image: 'busybox:1.36',
          command: ['sh', '-c', script],
        },
      },
    });
  }

  context(app: string, spec: KeptnAppContextSpec, namespace = 'shop'): void {
    this.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnAppContext',
      metadata: { name: app, namespace },
      spec,
    });
  }

  app(
    name: string,
    version: string,
    workloads: Record<string, string>,
    more: { namespace?: string; revision?: number; annotations?: object } = {},
  ): void {
    const { namespace = 'shop', revision, annotations } = more;
    this.apply({
      apiVersion: LIFECYCLE,
      kind: 'KeptnApp',
      metadata: { name, namespace, annotations },
      spec: {
        version,
        revision,
        workloads: Object.entries(workloads).map(([workload, one]) => ({
          name: workload,
          version: one,
        })),
      },
    });
  }

  /** Creates a workload, or gives it a new template. Returns its name. */
  deploy(name: string, options: WorkloadOptions = {}): string {
    const { kind = 'Deployment', namespace = 'shop', replicas = 1 } = options;
    this.apply({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace },
      spec: {
        ...(kind === 'DaemonSet' ? {} : { replicas }),
        ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
        selector: { matchLabels: { 'test/name': name } },
        template: templateOf(name, options),
      },
    });
    return name;
  }

  /** Creates an object, or replaces its spec and its annotations. */
  apply(object: any): void {
    const resource = this.cluster.resource(object.apiVersion, object.kind);
    const { namespace, name, annotations } = object.metadata;
    for (;;) {
      const existing = resource.get(namespace, name);
      if (!existing) {
        resource.create(object);
        return;
      }
      try {
        resource.update({
          ...existing,
          metadata: {
            ...existing.metadata,
            annotations: { ...existing.metadata.annotations, ...annotations },
          },
          spec: { ...existing.spec, ...object.spec },
        });
        return;
      } catch (error) {
        if ((error as { code?: number }).code !== 409) throw error;
      }
    }
  }

  scale(name: string, replicas: number, namespace = 'shop'): void {
    this.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: { replicas },
    });
  }

  pods(name: string, namespace = 'shop'): KubeObject[] {
    return this.cluster
      .resource('v1', 'Pod')
      .list()
      .filter(
        ({ metadata }) =>
          metadata.namespace === namespace &&
          metadata.labels?.['test/name'] === name &&
          !metadata.deletionTimestamp,
      );
  }

  isGated(pod: KubeObject): boolean {
    return Boolean(
      pod.spec.schedulingGates?.some(
        (gate: { name: string }) => gate.name === SCHEDULING_GATE,
      ),
    );
  }

  isReady(pod: KubeObject): boolean {
    return Boolean(
      pod.status?.conditions?.some(
        (one: { type: string; status: string }) =>
          one.type === 'Ready' && one.status === 'True',
      ),
    );
  }

  /** Waits until so many Pods of a workload are ready, and none more. */
  async running(name: string, count: number, namespace = 'shop') {
    return until(
      () => {
        const pods = this.pods(name, namespace);
        return pods.length === count && pods.every(pod => this.isReady(pod));
      },
      PATIENCE_MS,
      () =>
        `Pods of ${name}: ${JSON.stringify(
          this.pods(name, namespace).map(({ spec, status }) => ({
            gates: spec.schedulingGates,
            status,
          })),
        )}`,
    );
  }

  /** Waits until so many Pods of a workload wait at the gate. */
  async gated(name: string, count: number, namespace = 'shop') {
    await until(
      () =>
        this.pods(name, namespace).filter(pod => this.isGated(pod)).length ===
        count,
      PATIENCE_MS,
    );
  }

  workloadVersion(
    name: string,
    namespace = 'shop',
  ): KeptnWorkloadVersion | undefined {
    return this.cluster
      .resource(LIFECYCLE, 'KeptnWorkloadVersion')
      .get(namespace, name) as unknown as KeptnWorkloadVersion | undefined;
  }

  appVersions(app: string, namespace = 'shop'): KeptnAppVersion[] {
    return (
      this.cluster
        .resource(LIFECYCLE, 'KeptnAppVersion')
        .list() as unknown as KeptnAppVersion[]
    )
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === namespace && spec.appName === app,
      )
      .sort(
        (a, b) =>
          Number(a.metadata.resourceVersion) -
          Number(b.metadata.resourceVersion),
      );
  }

  /** Waits until a version of a workload has ended, and returns it. */
  async workloadEnded(
    name: string,
    namespace = 'shop',
  ): Promise<KeptnWorkloadVersion> {
    return until(
      () => {
        const version = this.workloadVersion(name, namespace);
        return version?.status?.endTime ? version : undefined;
      },
      PATIENCE_MS,
      () =>
        `${name}: ${JSON.stringify(
          this.workloadVersion(name, namespace)?.status,
        )}`,
    );
  }

  /** Waits until a version of an app has ended, and returns its newest attempt. */
  async appEnded(
    app: string,
    version: string,
    namespace = 'shop',
  ): Promise<KeptnAppVersion> {
    const newest = () =>
      this.appVersions(app, namespace)
        .filter(({ spec }) => spec.version === version)
        .sort(
          (a, b) =>
            Number(new Date(a.metadata.creationTimestamp!)) -
            Number(new Date(b.metadata.creationTimestamp!)),
        )
        .at(-1);
    return until(
      () => (newest()?.status?.endTime ? newest() : undefined),
      PATIENCE_MS,
      () => `${app} ${version}: ${JSON.stringify(newest()?.status)}`,
    );
  }

  /** Writes of the plugin so far; renewals of the Lease and access reviews are none. */
  writes(): number {
    return this.cluster.sandbox.faults.requests
      .list({ userAgent: 'keptn-tasks', writes: true })
      .filter(
        ({ resource }) =>
          resource !== 'leases' && !resource?.endsWith('accessreviews'),
      ).length;
  }

  /** KeptnTasks of a definition, oldest first. */
  tasksOf(definition: string, namespace = 'shop'): KubeObject[] {
    return this.cluster
      .list('KeptnTask')
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === namespace &&
          spec.taskDefinition === definition,
      );
  }
}

function templateOf(name: string, options: WorkloadOptions) {
  const { version = '1.0.0', app, pre, post, gated = true } = options;
  return {
    metadata: {
      labels: { 'test/name': name, ...options.labels },
      annotations: {
        'keptn.sh/workload': name,
        'keptn.sh/version': version,
        ...(app && { 'keptn.sh/app': app }),
        ...(pre && { 'keptn.sh/pre-deployment-tasks': pre }),
        ...(post && { 'keptn.sh/post-deployment-tasks': post }),
        ...options.annotations,
      },
    },
    spec: {
      terminationGracePeriodSeconds: 0,
      ...(gated ? { schedulingGates: [{ name: SCHEDULING_GATE }] } : {}),
      containers: [
        { name: 'server', image: `ghcr.io/example/${name}:${version}` },
      ],
      ...options.podSpec,
    },
  };
}
