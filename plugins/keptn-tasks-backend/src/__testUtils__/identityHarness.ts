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
import type { KubeObject } from 'sandbox-cluster';
import { ClusterConnection } from '../cluster/ClusterConnection';
import { EventRecorder } from '../cluster/EventRecorder';
import { KubernetesClusterClient } from '../cluster/KubernetesClusterClient';
import { RateLimiter } from '../cluster/RateLimiter';
import {
  createDefinitionWatch,
  createWatches,
} from '../controllers/ClusterWatches';
import { createAppController } from '../controllers/release/app/appController';
import { createCreationRequestController } from '../controllers/release/app/creationRequestController';
import { createOptInController } from '../controllers/release/optIn';
import type { ReleaseContext } from '../controllers/release/ReleaseContext';
import type { CreateReleaseController } from '../controllers/release/ReleaseController';
import {
  createReleaseWatches,
  listWatches,
} from '../controllers/release/ReleaseWatches';
import { UntracedTelemetry } from '../controllers/release/UntracedTelemetry';
import { createRevisionController } from '../controllers/release/workload/revisionController';
import { createWorkloadController } from '../controllers/release/workload/workloadController';
import { DEFAULT_TIMINGS } from '../controllers/RuntimeTimings';
import { ControllerRunner } from '../controllers/runtime/ControllerRunner';
import type {
  KeptnApp,
  KeptnAppVersion,
  KeptnWorkload,
  KeptnWorkloadVersion,
} from '../domain/release/resources';
import { appVersionName } from '../domain/release/names';
import { defaultReleaseSettings } from '../domain/release/settings';
import type { WorkloadProblem } from '../history/ReleaseStore';
import { CLUSTER, ClusterHarness, quietLogger, until } from './clusterHarness';
import { aRelease } from './releaseBuilders';
import type { TemplateWords } from './workloadObjects';
import { controllerReference, rolloutCrd, templateOf } from './workloadObjects';

export const LIFECYCLE = 'lifecycle.keptn.sh/v1';
const PATIENCE_MS = 30_000;
const SINCE = '2026-01-01T00:00:00Z';

const CONTROLLERS: CreateReleaseController[] = [
  createOptInController,
  createRevisionController,
  createWorkloadController,
  createCreationRequestController,
  createAppController,
];

/**
 * The API of a cluster without any Kubernetes controllers, and the part of the plugin that makes versions of what
 * people deploy. A test plays Kubernetes and whatever carries the versions through their phases.
 */
export class IdentityHarness {
  private running?: { stop(): Promise<void> };
  private revisions = 0;

  private constructor(readonly cluster: ClusterHarness) {}

  static async start(): Promise<IdentityHarness> {
    const cluster = await ClusterHarness.start({ controllers: false });
    cluster.create(rolloutCrd());
    const harness = new IdentityHarness(cluster);
    harness.optIn('shop');
    await until(() => {
      harness.cluster.resource('argoproj.io/v1alpha1', 'Rollout').list();
      harness.cluster.resource(LIFECYCLE, 'KeptnAppCreationRequest').list();
      return true;
    });
    return harness;
  }

  /** Starts the controllers; they look at everything that there is. */
  async reconcile(
    settings: Partial<ReleaseContext['settings']> = {},
  ): Promise<void> {
    const config = this.cluster.config();
    const connection = new ClusterConnection(config);
    const client = new KubernetesClusterClient(
      connection,
      new RateLimiter({ qps: 1_000, burst: 5_000 }),
    );
    const dependencies = {
      connection,
      client,
      logger: quietLogger,
      timings: DEFAULT_TIMINGS,
    };
    const watches = createReleaseWatches(dependencies, {
      rollouts: true,
      metrics: false,
      keptnConfigs: true,
    });
    const { tasks, configMaps } = createWatches(dependencies, 'reconcile');
    const definitions = createDefinitionWatch(dependencies);
    watches.namespaces.start();
    await watches.namespaces.synced();
    const all = [...listWatches(watches), tasks, configMaps!, definitions];
    all.forEach(watch => watch.start());
    await Promise.all(all.map(watch => watch.synced()));
    const now = () => new Date();
    const controllers = startControllers({
      config,
      settings: { ...defaultReleaseSettings, discoverySeconds: 1, ...settings },
      watches,
      tasks,
      definitions,
      configMaps,
      client,
      events: new EventRecorder({ client, logger: quietLogger, now }),
      releases: this.cluster.releases,
      runs: this.cluster.runs,
      telemetry: new UntracedTelemetry(),
      logger: quietLogger,
      assertLeader: () => undefined,
      now,
    });
    this.running = {
      stop: async () => {
        await controllers.stop();
        await Promise.all(all.map(watch => watch.stop()));
        await connection.close();
      },
    };
  }

  /** Ends the controllers, as when the portal goes down. */
  async halt(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async stop(): Promise<void> {
    await this.halt();
    await this.cluster.stop();
  }

  optIn(name: string, since = SINCE): void {
    this.namespace(name, { 'keptn.sh/lifecycle-toolkit': 'enabled' });
    this.lookAfter(name, since);
  }

  namespace(name: string, annotations: Record<string, string> = {}): void {
    const namespaces = this.cluster.resource('v1', 'Namespace');
    const existing = namespaces.get(undefined, name);
    if (existing) {
      const metadata = { ...existing.metadata, annotations };
      namespaces.update({ ...existing, metadata });
    } else {
      namespaces.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, annotations },
      });
    }
  }

  /** Waits for an object, and returns it. */
  see<T>(look: () => T | undefined): Promise<NonNullable<T>> {
    return until(look, PATIENCE_MS) as Promise<NonNullable<T>>;
  }

  /** Waits until there is this version of a workload. */
  version(name: string, namespace = 'shop'): Promise<KeptnWorkloadVersion> {
    return this.see(() => this.workloadVersion(name, namespace));
  }

  /** Waits until an app has the attempt that it asks for. */
  currentVersion(app: string, namespace = 'shop'): Promise<KeptnAppVersion> {
    return this.see(() => {
      const { metadata, spec } = this.app(app, namespace) ?? {};
      return (
        metadata &&
        this.appVersion(
          appVersionName(app, spec!.version, metadata.generation!),
          namespace,
        )
      );
    });
  }

  /** What the controller of cleared revisions makes: from then on the namespace is looked after. */
  lookAfter(namespace: string, since = SINCE): void {
    this.cluster.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'keptn-cleared-revisions',
        namespace,
        labels: { 'app.kubernetes.io/managed-by': 'keptn-tasks' },
        annotations: { 'keptn-tasks/since': since },
      },
    });
  }

  /** Applies a Deployment, and does what its controller would: the ReplicaSet of its template. Returns the ReplicaSet. */
  deploy(
    name: string,
    template: TemplateWords,
    more: {
      namespace?: string;
      annotations?: Record<string, string>;
      labels?: Record<string, string>;
    } = {},
  ): KubeObject {
    const { namespace = 'shop', annotations, labels } = more;
    return this.rollOut(
      this.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, annotations, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: { test: name } },
          template: templateOf(name, template),
        },
      }),
    );
  }

  /** Plays the Deployment controller. */
  rollOut(deployment: KubeObject): KubeObject {
    this.revisions += 1;
    const revision = {
      'deployment.kubernetes.io/revision': `${this.revisions}`,
    };
    const { name, namespace, annotations } = deployment.metadata;
    const replicaSet = this.cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${this.revisions}`,
        namespace,
        annotations: { ...annotations, ...revision },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: deployment.spec,
    });
    this.setStatus(deployment, {
      observedGeneration: deployment.metadata.generation,
    });
    return replicaSet;
  }

  /** Creates an object, or replaces its spec and its metadata. */
  apply(object: any): KubeObject {
    const resource = this.cluster.resource(object.apiVersion, object.kind);
    const existing = resource.get(
      object.metadata.namespace,
      object.metadata.name,
    );
    if (!existing) {
      return this.cluster.create(object);
    }
    return resource.update({
      ...existing,
      metadata: { ...existing.metadata, ...object.metadata },
      spec: object.spec,
    });
  }

  setStatus(object: any, status: object): KubeObject {
    const resource = this.cluster.resource(object.apiVersion, object.kind);
    const { namespace, name } = object.metadata;
    const stored = resource.get(namespace, name)!;
    return resource.updateStatus({
      ...stored,
      status: { ...stored.status, ...status },
    });
  }

  remove(kind: string, name: string, namespace = 'shop'): void {
    const apiVersion = kind.startsWith('Keptn') ? LIFECYCLE : 'apps/v1';
    this.cluster.resource(apiVersion, kind).delete(namespace, name);
  }

  workload(name: string, namespace = 'shop') {
    return this.get<KeptnWorkload>('KeptnWorkload', name, namespace);
  }

  workloadVersion(name: string, namespace = 'shop') {
    return this.get<KeptnWorkloadVersion>(
      'KeptnWorkloadVersion',
      name,
      namespace,
    );
  }

  app(name: string, namespace = 'shop') {
    return this.get<KeptnApp>('KeptnApp', name, namespace);
  }

  appVersion(name: string, namespace = 'shop') {
    return this.get<KeptnAppVersion>('KeptnAppVersion', name, namespace);
  }

  /** Names of the objects of a kind in a namespace. */
  names(kind: string, namespace = 'shop'): string[] {
    return this.cluster
      .resource(LIFECYCLE, kind)
      .list()
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  /** Reasons and sentences of the events about an object. */
  events(kind: string, name: string): { reason: string; message: string }[] {
    return this.cluster
      .list('Event')
      .filter(
        ({ involvedObject }) =>
          involvedObject.kind === kind && involvedObject.name === name,
      )
      .map(({ reason, message }) => ({ reason, message }));
  }

  /** What people are told about the workloads of a namespace. */
  problems(namespace = 'shop'): Promise<WorkloadProblem[]> {
    return this.cluster.releases.listProblems([
      { cluster: CLUSTER, namespace },
    ]);
  }

  /** Puts a version into the history, as the look of its controller does. */
  async record(
    version: KeptnAppVersion | KeptnWorkloadVersion,
    state: Release['state'],
  ) {
    const { name, namespace, uid } = version.metadata;
    const { version: text } = version.spec;
    const names =
      'appName' in version.spec
        ? { kind: 'app' as const, appName: version.spec.appName }
        : {
            kind: 'workload' as const,
            appName: version.spec.app,
            workloadName: version.spec.workloadName,
          };
    const isOver = state !== 'Progressing';
    await this.cluster.releases.save(
      aRelease({
        cluster: CLUSTER,
        namespace,
        uid,
        name,
        version: text,
        state,
        ...(isOver && { finishedAt: new Date().toISOString() }),
        ...names,
      }),
    );
  }

  private get<T>(kind: string, name: string, namespace: string): T | undefined {
    return this.cluster.resource(LIFECYCLE, kind).get(namespace, name) as
      | T
      | undefined;
  }
}

function startControllers(context: ReleaseContext) {
  const parts = CONTROLLERS.map(create => {
    const controller = create(context);
    const runner = new ControllerRunner({
      name: controller.name,
      reconcile: controller.reconcile,
      workers: 2,
      logger: quietLogger,
    });
    return { controller, runner };
  });
  const ends = parts.map(({ controller, runner }) =>
    controller.connect(runner.wake),
  );
  for (const { controller, runner } of parts) {
    for (const key of controller.keys()) {
      runner.wake(key);
    }
    runner.start();
  }
  return {
    async stop() {
      ends.forEach(end => end());
      await Promise.all(parts.map(({ runner }) => runner.stop(5_000)));
    },
  };
}
