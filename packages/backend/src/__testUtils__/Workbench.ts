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
import path from 'node:path';
import {
  isRunFinished,
  type RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { type SandboxCluster, startSandboxCluster } from 'sandbox-cluster';
import { BackendProcess } from './BackendProcess';
import { ClusterUser } from './ClusterUser';
import { createDatabase, type Engine, type TestDatabase } from './databases';
import { readManifests } from './manifests';
import { catalog, CHECKOUT, freePort, portalConfig } from './portalConfig';
import { until } from './until';

const SERVICE_ACCOUNT = 'system:serviceaccount:keptn-system:keptn-tasks';

/** A node that waits a little less than a real one. */
const NODE = {
  jobSyncBatchMs: 50,
  jobRetryMs: 100,
  jobBackoffMs: 200,
  imageBackoffMs: 200,
  phaseDelayMs: 50,
};

export interface WorkbenchOptions {
  database?: Engine;
  /** Namespaces that exist and that checkout may use. */
  namespaces?: string[];
  /** Clusters that are configured beside the sandbox. */
  otherClusters?: object[];
  /** What is configured beside the clusters. */
  keptnTasks?: object;
}

/**
 * A sandbox cluster with what the repository's manifests hold, a database, and portals on both. The portals have the
 * rights of `deploy/rbac/reconcile.yaml` in the cluster and no others.
 */
export class Workbench {
  readonly #backends: BackendProcess[] = [];

  private constructor(
    readonly sandbox: SandboxCluster,
    readonly user: ClusterUser,
    readonly directory: string,
    /** What the portals show to the cluster. */
    readonly token: string,
    private readonly database: TestDatabase,
    private readonly options: WorkbenchOptions & { namespaces: string[] },
  ) {}

  static async start(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { namespaces = ['shop'] } = options;
    const token = randomBytes(24).toString('base64url');
    const sandbox = await startSandboxCluster({
      timings: NODE,
      tokens: { [token]: { name: SERVICE_ACCOUNT } },
    });
    const user = ClusterUser.fromKubeconfig(sandbox.kubeconfig);
    const directory = await mkdtemp(path.join(tmpdir(), 'portal-'));
    for (const name of ['keptn-system', ...namespaces]) {
      await user.core.createNamespace({ body: { metadata: { name } } });
    }
    for (const manifest of [
      ...readManifests('deploy/crds'),
      ...readManifests('deploy/rbac/reconcile.yaml'),
    ]) {
      await user.create(manifest);
    }
    await user.watchJobs();
    const targets = namespaces.map(name => `sandbox/${name}`);
    await writeFile(path.join(directory, 'catalog.yaml'), catalog(targets));
    return new Workbench(
      sandbox,
      user,
      directory,
      token,
      createDatabase(options.database ?? 'SQLite', directory),
      { ...options, namespaces },
    );
  }

  /** How the portals reach the sandbox. */
  get clusterConfig(): object {
    const { url, caData } = this.sandbox;
    return {
      name: 'sandbox',
      url,
      caData,
      token: this.token,
      namespaces: this.options.namespaces.map(name => ({
        name,
        owners: ['group:default/shop-team'],
      })),
    };
  }

  /** Starts a portal; on the port of an earlier one that has ended, if it is given. */
  async startBackend(
    options: { after?: BackendProcess; clusters?: object[] } = {},
  ): Promise<BackendProcess> {
    const { after, clusters } = options;
    const port = after ? Number(new URL(after.baseUrl).port) : await freePort();
    const configFile = path.join(this.directory, `app-config.${port}.yaml`);
    await writeFile(
      configFile,
      portalConfig({
        directory: this.directory,
        port,
        database: this.database.config,
        keptnTasks: this.options.keptnTasks,
        clusters: clusters ?? [
          this.clusterConfig,
          ...(this.options.otherClusters ?? []),
        ],
      }),
      { mode: 0o600 },
    );
    const baseUrl = `http://127.0.0.1:${port}`;
    const backend = BackendProcess.start({ configFile, baseUrl });
    this.#backends.push(backend);
    return backend;
  }

  /** Starts a portal and waits until it is at work and its catalog is read. */
  async startPortal(after?: BackendProcess): Promise<BackendProcess> {
    const backend = await this.startBackend({ after });
    await backend.reconciling();
    await this.catalogRead(backend);
    return backend;
  }

  /** Resolves when the portal knows checkout and where it runs its tasks. */
  async catalogRead(backend: BackendProcess): Promise<void> {
    await until(async () => {
      const { targets } = await backend.client.listDefinitions(CHECKOUT);
      return targets.length > 0 && targets.every(target => target.available);
    }, 60_000);
  }

  async stop(): Promise<void> {
    for (const backend of this.#backends) {
      if (!backend.hasEnded) await backend.kill();
    }
    this.user.stop();
    await this.sandbox.stop();
    await this.database.remove();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Waits until a run has ended and its log is stored to the end. */
export async function finished(
  { client }: BackendProcess,
  id: string,
  timeoutMs = 60_000,
): Promise<RunDetail> {
  let detail: RunDetail | undefined;
  return until(
    async () => {
      detail = await client.getRun(id, { entityRef: CHECKOUT });
      return (
        isRunFinished(detail.run.state) &&
        detail.attempts.every(({ logComplete }) => logComplete) &&
        detail
      );
    },
    timeoutMs,
    () => `run ${id} is ${JSON.stringify(detail?.run)}`,
  );
}
