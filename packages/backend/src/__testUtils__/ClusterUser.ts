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
  BatchV1Api,
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  type V1Job,
  type V1Lease,
  Watch,
} from '@kubernetes/client-node';
import { until } from './until';

const TASKS = {
  group: 'lifecycle.keptn.sh',
  version: 'v1',
  plural: 'keptntasks',
};
export const LEASE = {
  namespace: 'keptn-system',
  name: 'keptn-tasks-reconciler',
};

/** A KeptnTask as far as tests look at it. */
export interface Task extends KubernetesObject {
  spec: Record<string, unknown>;
  status?: {
    status?: string;
    reason?: string;
    message?: string;
    jobName?: string;
  };
}

/** Somebody with kubectl: every right, and no knowledge of the portal. */
export class ClusterUser {
  readonly core: CoreV1Api;
  readonly batch: BatchV1Api;
  readonly objects: KubernetesObjectApi;
  readonly #custom: CustomObjectsApi;
  readonly #coordination: CoordinationV1Api;
  /** Every Job that ever was, latest look, by uid. */
  readonly #jobs = new Map<string, V1Job>();
  #watch?: AbortController;
  #stopped = false;

  constructor(private readonly config: KubeConfig) {
    this.core = config.makeApiClient(CoreV1Api);
    this.batch = config.makeApiClient(BatchV1Api);
    this.objects = KubernetesObjectApi.makeApiClient(config);
    this.#custom = config.makeApiClient(CustomObjectsApi);
    this.#coordination = config.makeApiClient(CoordinationV1Api);
  }

  static fromKubeconfig(text: string): ClusterUser {
    const config = new KubeConfig();
    config.loadFromString(text);
    return new ClusterUser(config);
  }

  /** Creates an object; one of a kind that was only just defined is tried again for a while. */
  async create<T extends KubernetesObject>(object: T): Promise<T> {
    return until(
      () => this.objects.create(object) as Promise<T>,
      10_000,
      () => `${object.kind} ${object.metadata?.name} cannot be created`,
    );
  }

  async task(namespace: string, name: string): Promise<Task> {
    return this.#custom.getNamespacedCustomObject({
      ...TASKS,
      namespace,
      name,
    });
  }

  /** Reports on a task as whoever reconciled it before did. */
  async reportStatus(task: Task, status: Task['status']): Promise<void> {
    await this.#custom.replaceNamespacedCustomObjectStatus({
      ...TASKS,
      namespace: task.metadata!.namespace!,
      name: task.metadata!.name!,
      body: { ...task, status },
    });
  }

  async lease(): Promise<V1Lease> {
    return this.#coordination.readNamespacedLease(LEASE);
  }

  /** Spares a successor the wait for the Lease of a replica that died. */
  async freeLease(): Promise<void> {
    const lease = await this.lease();
    await this.#coordination.replaceNamespacedLease({
      ...LEASE,
      body: { ...lease, spec: { ...lease.spec, holderIdentity: undefined } },
    });
  }

  /** Remembers every Job from now on, also those that are deleted again. */
  async watchJobs(): Promise<void> {
    const { metadata } = await this.batch.listJobForAllNamespaces();
    await this.#watchJobsFrom(metadata!.resourceVersion!);
  }

  /** A watch ends now and then; the next one goes on where it ended. */
  async #watchJobsFrom(resourceVersion: string): Promise<void> {
    let seen = resourceVersion;
    this.#watch = await new Watch(this.config).watch(
      '/apis/batch/v1/jobs',
      { resourceVersion, allowWatchBookmarks: true },
      (phase, job: V1Job) => {
        seen = job.metadata?.resourceVersion ?? seen;
        if (phase !== 'BOOKMARK') this.#jobs.set(job.metadata!.uid!, job);
      },
      () => {
        if (!this.#stopped) this.#watchJobsFrom(seen);
      },
    );
  }

  /** Every Job that was ever made for a task. */
  jobsOf(task: string): V1Job[] {
    return [...this.#jobs.values()].filter(({ metadata }) =>
      metadata?.ownerReferences?.some(
        ({ kind, name }) => kind === 'KeptnTask' && name === task,
      ),
    );
  }

  /** Every Job that was ever made for any task. */
  get jobCount(): number {
    return this.#jobs.size;
  }

  stop(): void {
    this.#stopped = true;
    this.#watch?.abort();
  }
}
