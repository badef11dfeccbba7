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

import { randomUUID } from 'crypto';
import type { ClusterHealth } from 'backstage-plugin-keptn-tasks-common';
import { ClusterError } from '../cluster/ClusterError';
import type { KeptnTask, KeptnTaskDefinition } from '../domain/resources';
import type { TaskCluster } from '../service/TaskCluster';

/** A cluster in memory that keeps KeptnTasks, apps and versions, and can be told to fail. */
export class FakeTaskCluster implements TaskCluster {
  readonly tasks = new Map<string, KeptnTask>();
  /** Objects of other kinds, by `kind namespace/name`. */
  readonly objects = new Map<string, any>();
  readonly definitions: KeptnTaskDefinition[] = [];
  readonly keptnNamespace = 'keptn-system';
  title?: string;
  reachable = true;
  known = true;
  /** Requests that reached the cluster. */
  requests = 0;
  #failure?: { error: ClusterError; afterwards: boolean };

  constructor(
    readonly name: string,
    readonly mode: 'reconcile' | 'observe' = 'reconcile',
  ) {}

  /** The next create fails; with `afterwards` the object is created all the same. */
  failNextCreate(error: ClusterError, options?: { afterwards: boolean }) {
    this.#failure = { error, afterwards: options?.afterwards ?? false };
  }

  define(
    namespace: string,
    name: string,
    spec: KeptnTaskDefinition['spec'],
    annotations?: Record<string, string>,
  ) {
    this.definitions.push({
      apiVersion: 'lifecycle.keptn.sh/v1',
      kind: 'KeptnTaskDefinition',
      metadata: { namespace, name, uid: randomUUID(), annotations },
      spec,
    });
  }

  /** Puts an object of another kind than tasks and definitions into the cluster. */
  put(object: {
    kind: string;
    metadata: { name: string; uid?: string; annotations?: object };
    spec: object;
    status?: object;
  }) {
    const metadata = {
      namespace: 'shop',
      resourceVersion: '1',
      ...object.metadata,
    };
    const stored: any = { ...object, metadata };
    this.objects.set(
      `${object.kind} ${metadata.namespace}/${metadata.name}`,
      stored,
    );
    return stored;
  }

  definitionsKnown(): boolean {
    return this.known;
  }

  listDefinitions(namespace: string): KeptnTaskDefinition[] {
    if (!this.known) return [];
    return this.definitions.filter(one => one.metadata.namespace === namespace);
  }

  getDefinition(
    namespace: string,
    name: string,
  ): KeptnTaskDefinition | undefined {
    return this.listDefinitions(namespace).find(
      one => one.metadata.name === name,
    );
  }

  health(): ClusterHealth {
    return {
      name: this.name,
      mode: this.mode,
      reachable: this.reachable,
      reconciling: this.reachable,
      missingRights: [],
      missingResources: [],
      ...(this.reachable ? {} : { message: 'Nobody answers at 127.0.0.1:1.' }),
    };
  }

  readonly client = {
    get: async (kind: string, key: { namespace?: string; name: string }) => {
      this.#reach();
      if (kind === 'KeptnTaskDefinition') {
        return this.definitions.find(
          ({ metadata }) =>
            metadata.namespace === key.namespace && metadata.name === key.name,
        );
      }
      if (kind !== 'KeptnTask') {
        return this.objects.get(`${kind} ${key.namespace}/${key.name}`);
      }
      return this.tasks.get(`${key.namespace}/${key.name}`);
    },
    create: async (_kind: string, object: any) => {
      this.#reach();
      const failure = this.#failure;
      this.#failure = undefined;
      if (failure && !failure.afterwards) throw failure.error;
      const key = `${object.metadata.namespace}/${object.metadata.name}`;
      if (this.tasks.has(key)) {
        throw new ClusterError('already-exists', `${key} already exists`);
      }
      const task = {
        ...object,
        metadata: { ...object.metadata, uid: randomUUID() },
      };
      this.tasks.set(key, task);
      if (failure) throw failure.error;
      return task;
    },
    patch: async (
      kind: string,
      key: { namespace?: string; name: string },
      patch: any,
    ) => {
      this.#reach();
      const name = `${key.namespace}/${key.name}`;
      const task =
        kind === 'KeptnTask'
          ? this.tasks.get(name)
          : this.objects.get(`${kind} ${name}`);
      if (!task) throw new ClusterError('not-found', `${key.name} not found`);
      const { uid = task.metadata.uid } = patch.metadata;
      if (uid !== task.metadata.uid) {
        throw new ClusterError('invalid', 'metadata.uid: field is immutable');
      }
      const { resourceVersion = task.metadata.resourceVersion } =
        patch.metadata;
      if (resourceVersion !== task.metadata.resourceVersion) {
        throw new ClusterError('conflict', 'the object has been modified');
      }
      Object.assign(task.spec, patch.spec);
      task.metadata.annotations = {
        ...task.metadata.annotations,
        ...patch.metadata.annotations,
      };
      return task;
    },
  } as TaskCluster['client'];

  #reach() {
    this.requests++;
    if (!this.reachable) {
      throw new ClusterError('unavailable', 'connect ECONNREFUSED 127.0.0.1:1');
    }
  }
}
