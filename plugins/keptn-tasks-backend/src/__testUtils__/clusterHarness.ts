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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Release,
  Run,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { isRunFinished } from 'backstage-plugin-keptn-tasks-common';
import type { Knex } from 'knex';
import knexFactory from 'knex';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type {
  KubeObject,
  NewObject,
  SandboxCluster,
  SandboxClusterOptions,
} from 'sandbox-cluster';
import { startSandboxCluster } from 'sandbox-cluster';
import { parseAllDocuments } from 'yaml';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import type { ClusterRuntimeOptions } from '../controllers/ClusterRuntime';
import type { ReleaseOptions } from '../controllers/ClusterRuntime';
import { ClusterRuntime } from '../controllers/ClusterRuntime';
import { UntracedTelemetry } from '../controllers/release/UntracedTelemetry';
import type { RuntimeTimings } from '../controllers/RuntimeTimings';
import type {
  KeptnTask,
  KeptnTaskSpec,
  KeptnTaskStatus,
} from '../domain/resources';
import type { ReleaseSettings } from '../domain/release/settings';
import { defaultReleaseSettings } from '../domain/release/settings';
import type { TaskSettings } from '../domain/settings';
import { defaultTaskSettings } from '../domain/settings';
import { DatabaseReleaseStore } from '../history/DatabaseReleaseStore';
import { DatabaseRunLogStore } from '../history/DatabaseRunLogStore';
import { DatabaseRunStore } from '../history/DatabaseRunStore';
import { migrationsDirectory } from '../history/migrate';
import { until } from './until';

export { until } from './until';

const ROOT = resolve(__dirname, '../../../..');
const CRDS = 'deploy/crds';
const LIFECYCLE = 'lifecycle.keptn.sh/v1';
export const CLUSTER = 'test';

/** Short enough for tests, long enough for a busy machine. */
export const TEST_TIMINGS: Partial<RuntimeTimings> = {
  lease: { leaseMs: 3_000, renewDeadlineMs: 2_500, retryMs: 250 },
  retryMs: 300,
  operatorCheckMs: 300,
  foreignJobMs: 300,
  stopMs: 5_000,
};

/** A node that is in a hurry. */
export const FAST_NODE: SandboxClusterOptions['timings'] = {
  jobSyncBatchMs: 20,
  jobRetryMs: 100,
  jobBackoffMs: 50,
  restartBackoffMs: 100,
  imageBackoffMs: 100,
  podSyncMs: 300,
  podResyncMs: 100,
  phaseDelayMs: 20,
  mountRetryMs: 50,
};

export const TEST_SETTINGS: TaskSettings = {
  ...defaultTaskSettings,
  graces: { definitionSeconds: 2, imagePullSeconds: 2, startSeconds: 2 },
};

/** As quick as a test wants it. */
export const TEST_RELEASES: ReleaseSettings = {
  ...defaultReleaseSettings,
  discoverySeconds: 1,
  definitionGraceSeconds: 5,
};

/** What logs say is of no interest unless a test fails; `LOG=1` prints it. */
export const quietLogger: LoggerService = process.env.LOG
  ? loggerTo(line => process.stderr.write(`${line}\n`))
  : loggerTo(() => undefined);

function loggerTo(print: (line: string) => void): LoggerService {
  const log = (level: string) => (message: string, meta?: unknown) =>
    print(
      `${new Date().toISOString()} ${level} ${message} ${
        meta instanceof Error ? meta.stack : ''
      }`,
    );
  return {
    error: log('error'),
    warn: log('warn'),
    info: log('info'),
    debug: log('debug'),
    child: () => quietLogger,
  };
}

/** Picks from the names of the files in `deploy/crds`. */
type CrdFilter = (file: string) => boolean;

export type HarnessOptions = SandboxClusterOptions & {
  withoutCrds?: boolean;
  /** Keptn's resources that the cluster has from the start; all of them unless it is given. */
  crds?: CrdFilter;
};

type StoredRun = Omit<RunDetail, 'logTail'>;

/** A sandbox cluster with Keptn's resources, a database, and replicas of the plugin's runtime. */
export class ClusterHarness {
  readonly runs: DatabaseRunStore;
  readonly logs: DatabaseRunLogStore;
  readonly releases: DatabaseReleaseStore;
  private readonly runtimes = new Set<ClusterRuntime>();

  private constructor(readonly sandbox: SandboxCluster, readonly knex: Knex) {
    this.runs = new DatabaseRunStore(knex);
    this.logs = new DatabaseRunLogStore(knex);
    this.releases = new DatabaseReleaseStore(knex);
  }

  static async start(options: HarnessOptions = {}): Promise<ClusterHarness> {
    const { withoutCrds, crds, ...sandboxOptions } = options;
    const sandbox = await startSandboxCluster({
      timings: FAST_NODE,
      ...sandboxOptions,
    });
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await knex.migrate.latest({ directory: migrationsDirectory });
    const harness = new ClusterHarness(sandbox, knex);
    if (!withoutCrds) {
      await harness.applyCrds(crds);
    }
    for (const name of ['keptn-system', 'shop']) {
      harness.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    return harness;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.runtimes].map(runtime => runtime.stop()));
    await this.sandbox.stop();
    await this.knex.destroy();
  }

  /** Applies those of `deploy/crds` whose files are wanted, and waits until they are served. */
  async applyCrds(isWanted: CrdFilter = () => true): Promise<void> {
    const made = readdirSync(join(ROOT, CRDS))
      .filter(isWanted)
      .flatMap(file => this.applyFile(join(CRDS, file)));
    await until(() => {
      for (const { spec } of made) {
        const [{ name }] = spec.versions;
        this.resource(`${spec.group}/${name}`, spec.names.kind).list();
      }
      return true;
    });
  }

  /** Creates what a manifest of this repository holds. */
  applyFile(path: string): KubeObject[] {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return parseAllDocuments(text)
      .map(document => document.toJS())
      .filter(Boolean)
      .map(object => this.create(object));
  }

  /** For a replica that looks after releases too. */
  releaseOptions(settings: ReleaseSettings = TEST_RELEASES): ReleaseOptions {
    return {
      settings,
      store: this.releases,
      telemetry: { forCluster: () => new UntracedTelemetry() },
    };
  }

  config(overrides: Partial<ClusterConfig> = {}): ClusterConfig {
    return {
      name: CLUSTER,
      mode: 'reconcile',
      url: this.sandbox.url,
      token: this.sandbox.token,
      caData: this.sandbox.caData,
      keptnNamespace: 'keptn-system',
      ...overrides,
    };
  }

  /** Starts a replica. It is stopped with the harness unless it is before. */
  startRuntime(
    overrides: Partial<ClusterConfig> = {},
    options: Partial<Omit<ClusterRuntimeOptions, 'config'>> = {},
  ): ClusterRuntime {
    const runtime = new ClusterRuntime({
      config: this.config(overrides),
      settings: TEST_SETTINGS,
      runs: this.runs,
      logs: this.logs,
      logger: quietLogger,
      timings: { ...TEST_TIMINGS, ...options.timings },
      ...options,
    });
    this.runtimes.add(runtime);
    runtime.start();
    return runtime;
  }

  /** Starts a replica and waits until it reconciles. */
  async startReconciling(
    ...options: Parameters<ClusterHarness['startRuntime']>
  ): Promise<ClusterRuntime> {
    const runtime = this.startRuntime(...options);
    await until(() => runtime.health().reconciling, 20_000);
    return runtime;
  }

  async stopRuntime(runtime: ClusterRuntime): Promise<void> {
    this.runtimes.delete(runtime);
    await runtime.stop();
  }

  create(object: NewObject): KubeObject {
    return this.resource(object.apiVersion, object.kind).create(object);
  }

  createDefinition(
    name: string,
    spec: object,
    metadata: object = {},
  ): KubeObject {
    return this.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnTaskDefinition',
      metadata: { name, namespace: 'shop', ...metadata },
      spec: { retries: 0, timeout: '1m', ...spec },
    });
  }

  createTask(
    name: string,
    spec: KeptnTaskSpec,
    metadata: object = {},
  ): KubeObject {
    return this.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnTask',
      metadata: { name, namespace: 'shop', ...metadata },
      spec,
    });
  }

  task(name: string, namespace = 'shop'): KeptnTask | undefined {
    return this.resource(LIFECYCLE, 'KeptnTask').get(namespace, name) as
      | KeptnTask
      | undefined;
  }

  status(name: string, namespace?: string): KeptnTaskStatus {
    return this.task(name, namespace)?.status ?? {};
  }

  list(kind: string): KubeObject[] {
    const apiVersion =
      { Job: 'batch/v1', Pod: 'v1', Event: 'v1', ConfigMap: 'v1' }[kind] ??
      LIFECYCLE;
    return this.resource(apiVersion, kind).list();
  }

  /** Jobs that a task owns. */
  jobsOf(name: string): KubeObject[] {
    return this.list('Job').filter(job =>
      job.metadata.ownerReferences?.some(owner => owner.name === name),
    );
  }

  /** Reasons of the events about a task, in the order in which they were written. */
  eventsOf(name: string): string[] {
    return this.list('Event')
      .filter(
        event =>
          event.involvedObject.kind === 'KeptnTask' &&
          event.involvedObject.name === name,
      )
      .sort(
        (a, b) =>
          Number(a.metadata.resourceVersion) -
          Number(b.metadata.resourceVersion),
      )
      .map(event => event.reason);
  }

  resource(apiVersion: string, kind: string) {
    return this.sandbox.api.resource(apiVersion, kind);
  }

  annotate(name: string, annotations: Record<string, string>): void {
    const resource = this.resource(LIFECYCLE, 'KeptnTask');
    const task = structuredClone(resource.get('shop', name)!);
    task.metadata.annotations = {
      ...task.metadata.annotations,
      ...annotations,
    };
    resource.update(task);
  }

  /** What the history has of a task. */
  async detail(name: string): Promise<StoredRun | undefined> {
    const row = await this.knex('runs').where({ task_name: name }).first('id');
    return row && this.runs.getDetail(row.id);
  }

  async run(name: string): Promise<Run | undefined> {
    return (await this.detail(name))?.run;
  }

  /** What the history has of a version of an app or a workload: its attempts, in their order. */
  async releasesOf(objectName: string): Promise<Release[]> {
    const { items } = await this.releases.list(
      {
        places: ['shop', 'lenient', 'elsewhere'].map(namespace => ({
          cluster: CLUSTER,
          namespace,
        })),
      },
      { limit: 100 },
    );
    return items
      .filter(({ name }) => name === objectName)
      .sort((a, b) => a.attempt - b.attempt);
  }

  /** The newest of them. */
  async releaseOf(objectName: string): Promise<Release | undefined> {
    return (await this.releasesOf(objectName)).at(-1);
  }

  /** Waits until the history knows that it has ended. */
  async releaseEnded(objectName: string): Promise<Release> {
    return until(async () => {
      const release = await this.releaseOf(objectName);
      return release?.finishedAt ? release : undefined;
    }, 20_000);
  }

  /** Waits until a task is finished, in the cluster and in the history. */
  async finished(
    name: string,
    timeoutMs = 30_000,
    namespace = 'shop',
  ): Promise<{ status: KeptnTaskStatus; run: Run; detail: StoredRun }> {
    await until(
      () =>
        ['Succeeded', 'Failed'].includes(
          this.status(name, namespace).status ?? '',
        ),
      timeoutMs,
      () =>
        `Task ${name} reports ${JSON.stringify(this.status(name, namespace))}`,
    );
    const detail = await this.detail(name);
    if (!detail || !isRunFinished(detail.run.state)) {
      throw new Error(
        `The history has ${detail?.run.state} for finished task ${name}`,
      );
    }
    return { status: this.status(name, namespace), run: detail.run, detail };
  }

  /** The lines of a run's attempt, once they are all stored. */
  async logOf(run: Pick<Run, 'id'>, attempt = 1): Promise<string[]> {
    const log = await until(async () => {
      const stored = await this.logs.read(run.id, { attempt });
      return stored?.complete ? stored : undefined;
    }, 15_000);
    return log.lines.map(({ text }) => text);
  }
}
