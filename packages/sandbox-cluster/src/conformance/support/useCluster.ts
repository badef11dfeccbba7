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

import { ApiClient } from '../client/ApiClient';
import { openCluster } from '../cluster';
import type { Cluster } from '../cluster';
import { target } from '../target';

/** What a test file gets to hold before its cluster answers. */
export interface ClusterHandle {
  api: ApiClient;
  /** The cluster, from `beforeAll` on. */
  get(): Cluster;
  /** Does something after the tests of the file, whether they pass or not. What is asked last is done first. */
  cleanUp(task: () => Promise<unknown>): void;
  /** Whether the cluster is Kubernetes 1.`minor` or newer. */
  since(minor: number): boolean;
}

/** Connects before the tests of a file and disconnects after them. */
export function useCluster(): ClusterHandle {
  let cluster: Cluster | undefined;
  const get = () => {
    if (!cluster) {
      throw new Error('The cluster is there from beforeAll on, not earlier');
    }
    return cluster;
  };
  // Real clusters take their time, above all to start Pods and to remove namespaces.
  jest.setTimeout(180_000);
  beforeAll(async () => {
    cluster = await openCluster();
  });
  const tasks: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    if (!cluster) {
      return;
    }
    // Each has its turn, also when another fails; the first failure is reported.
    const failures: unknown[] = [];
    for (const task of tasks.reverse()) {
      await task().catch(error => failures.push(error));
    }
    await cluster.stop();
    cluster = undefined;
    if (failures.length > 0) {
      throw failures[0];
    }
  });
  const handle: Partial<ClusterHandle> = {
    get,
    cleanUp: task => tasks.push(task),
    since: minor => get().minor >= minor,
  };
  // A view on the client of the cluster: usable as soon as the cluster is.
  handle.api = new Proxy({} as ApiClient, {
    get: (_, member: keyof ApiClient) => {
      const { api } = get();
      const value = api[member];
      return typeof value === 'function' ? value.bind(api) : value;
    },
  });
  return handle as ClusterHandle;
}

/** Groups tests that need Pods to run: skipped by name when the cluster has no image for them. */
export function describeWithPods(name: string, tests: () => void): void {
  const group = target.image ? describe : describe.skip;
  group(target.image ? name : `${name} (needs --image)`, tests);
}
