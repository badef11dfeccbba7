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

import type { ClusterConfig } from '../../../src/cluster/ClusterConfig';
import { ClusterConnection } from '../../../src/cluster/ClusterConnection';
import { KubernetesClusterClient } from '../../../src/cluster/KubernetesClusterClient';
import type { KeptnTask } from '../../../src/domain/resources';
import { inParallel } from '../inParallel';
import type { BenchOptions } from '../options';
import { taskManifest } from './manifests';

export const KEPTN_NAMESPACE = 'keptn-system';

/** How many requests of a plain client are under way at once; as many as the writes of the reconciler. */
export const CONCURRENCY = 20;

/** Which cluster is meant. */
export type ClusterAddress = Pick<BenchOptions, 'kubeconfig' | 'context'>;

const NAMESPACE_GONE_MS = 300_000;

/** The cluster as its users have it: a client of their own, without a rate limit. */
export class BenchCluster {
  readonly client: KubernetesClusterClient;
  private readonly connection: ClusterConnection;

  constructor(options: ClusterAddress) {
    this.connection = new ClusterConnection(clusterConfig(options));
    this.client = new KubernetesClusterClient(this.connection);
  }

  /** For the time of some work, with the namespace that the reconciler needs. */
  static async use<T>(
    options: ClusterAddress,
    work: (cluster: BenchCluster) => Promise<T>,
  ): Promise<T> {
    const cluster = new BenchCluster(options);
    try {
      await cluster.createNamespace(KEPTN_NAMESPACE);
      return await work(cluster);
    } finally {
      await cluster.close();
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  /** Makes a namespace for the time of some work, and waits until it is gone again with everything in it. */
  async withNamespace<T>(
    name: string,
    work: (namespace: string) => Promise<T>,
    annotations?: Record<string, string>,
  ): Promise<T> {
    await this.createNamespace(name, annotations);
    try {
      return await work(name);
    } finally {
      await this.deleteNamespace(name);
    }
  }

  /** Creates tasks of one definition side by side, and returns them in order. */
  async createTasks(
    namespace: string,
    definition: string,
    count: number,
  ): Promise<KeptnTask[]> {
    const tasks: KeptnTask[] = new Array(count);
    await inParallel(
      Array.from({ length: count }),
      CONCURRENCY,
      async (_, i) => {
        tasks[i] = await this.client.create(
          'KeptnTask',
          taskManifest(namespace, `${definition}-${i}`, definition),
        );
      },
    );
    return tasks;
  }

  private async createNamespace(
    name: string,
    annotations?: Record<string, string>,
  ): Promise<void> {
    const response = await this.connection.request({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, annotations },
      },
    });
    if (response.status !== 201 && response.status !== 409) {
      throw new Error(`Namespace ${name} was refused: ${response.body}`);
    }
  }

  private async deleteNamespace(name: string): Promise<void> {
    const path = `/api/v1/namespaces/${name}`;
    await this.connection.request({ method: 'DELETE', path });
    const deadline = performance.now() + NAMESPACE_GONE_MS;
    for (;;) {
      const { status } = await this.connection.request({ method: 'GET', path });
      if (status === 404) return;
      if (performance.now() > deadline) {
        throw new Error(`Namespace ${name} does not go away`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

/** The cluster in the words of the plugin's configuration. */
export function clusterConfig(options: ClusterAddress): ClusterConfig {
  return {
    name: 'bench',
    mode: 'reconcile',
    kubeconfig: options.kubeconfig,
    context: options.context,
    keptnNamespace: KEPTN_NAMESPACE,
  };
}
