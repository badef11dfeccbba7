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
  ClusterApi,
  KubeObject,
  ObjectEvent,
  ResourceClient,
  SandboxController,
  StatusError,
  WebhooksPending,
} from '../../ClusterApi';
import { guard } from '../common/guard';
import { WorkQueue } from '../common/WorkQueue';
import { ControllerTimings } from '../options';
import { ChildIndex } from './ChildIndex';
import { wouldClaim } from './claim';
import { controllerOf, keyOf } from './owners';

/** Longest wait between two tries, in first waits: 1000 seconds after 5 milliseconds, as in Kubernetes. */
const LONGEST_FACTOR = 200_000;

/** What a controller of workloads is made of. */
export interface WorkloadLoopOptions {
  api: ClusterApi;
  /** The kind that is looked after, of apps/v1. */
  kind: string;
  timings: ControllerTimings;
  /** One look at a workload as it is stored. What it throws means: again, after a growing wait. */
  sync(workload: KubeObject): void;
  onError(error: unknown): void;
}

/** Looks at each workload of one kind whenever it or one of its children changes. */
export class WorkloadLoop implements SandboxController {
  readonly workloads: ResourceClient;

  private readonly queue: WorkQueue;

  private readonly endWatches: Array<() => void> = [];

  constructor(private readonly options: WorkloadLoopOptions) {
    const { api, kind, timings } = options;
    this.workloads = api.resource('apps/v1', kind);
    this.queue = new WorkQueue(key => this.sync(key), {
      firstMs: timings.workloadRetryMs,
      maxMs: timings.workloadRetryMs * LONGEST_FACTOR,
    });
  }

  /** Begins to watch the workloads. To be called after `children`. */
  start(): this {
    this.watch(this.workloads, ({ type, object }) => {
      if (type !== 'DELETED') this.queue.add(keyOf(object));
    });
    return this;
  }

  /** Watches a kind of objects that the workloads own, and keeps track of whose they are. */
  children(apiVersion: string, kind: string): ChildIndex {
    const client = this.options.api.resource(apiVersion, kind);
    const index = new ChildIndex(client, this.options.kind);
    this.watch(client, event => {
      index.observe(event);
      this.onChild(event);
    });
    return index;
  }

  /** Looks at all workloads again whenever something of this kind changes. */
  lookAtAllAfter(client: ResourceClient): void {
    this.watch(client, () => this.workloads.list().forEach(this.look));
  }

  /** Looks at the workload again in `delayMs`. */
  again(workload: KubeObject, delayMs: number): void {
    this.queue.add(keyOf(workload), delayMs);
  }

  async stop(): Promise<void> {
    for (const end of this.endWatches) end();
    this.queue.stop();
  }

  private readonly look = (workload: KubeObject) =>
    this.queue.add(keyOf(workload));

  private watch(
    client: ResourceClient,
    onEvent: (event: ObjectEvent) => void,
  ): void {
    const { onError } = this.options;
    this.endWatches.push(client.watch(guard(onEvent, onError)));
  }

  private onChild({ type, object, previous }: ObjectEvent): void {
    this.lookAtOwner(object);
    if (previous) this.lookAtOwner(previous);
    if (type === 'DELETED' || controllerOf(object)) return;
    this.workloads
      .list(object.metadata.namespace)
      .filter(workload => wouldClaim(workload, object))
      .forEach(this.look);
  }

  private lookAtOwner(child: KubeObject): void {
    const owner = controllerOf(child);
    if (owner?.kind !== this.options.kind) return;
    this.queue.add(`${child.metadata.namespace}/${owner.name}`);
  }

  private sync(key: string): void {
    const [namespace, name] = key.split('/');
    const workload = this.workloads.get(namespace, name);
    if (!workload) return;
    try {
      this.options.sync(workload);
    } catch (error) {
      // A refusal is told by events and conditions; anything else should not happen.
      const isExpected =
        error instanceof StatusError || error instanceof WebhooksPending;
      if (!isExpected) this.options.onError(error);
      throw error;
    }
  }
}
