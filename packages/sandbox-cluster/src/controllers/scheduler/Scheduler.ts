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
} from '../../ClusterApi';
import { SeriesRecorder } from '../common/SeriesRecorder';
import { WorkQueue } from '../common/WorkQueue';
import { toSeconds } from '../common/time';
import { NodeUsage } from './NodeUsage';
import { findNode } from './findNode';

const NAME = 'default-scheduler';
/** News that may help Pods without a place is collected this long. */
const RETRY_DELAY_MS = 50;

/** Gives Pods without scheduling gates a node, or says why they get none. */
export class Scheduler implements SandboxController {
  private readonly pods: ResourceClient;

  private readonly nodes: ResourceClient;

  private readonly events: SeriesRecorder;

  private readonly queue: WorkQueue;

  /** Pods that found no place; tried again when something leaves or changes. */
  private readonly unplaced = new Set<string>();

  private readonly usage = new NodeUsage();

  private readonly endWatches: Array<() => void>;

  constructor(api: ClusterApi) {
    this.pods = api.resource('v1', 'Pod');
    this.nodes = api.resource('v1', 'Node');
    this.events = new SeriesRecorder(api, NAME);
    this.queue = new WorkQueue(key => this.schedule(key), {
      firstMs: 100,
      maxMs: 10_000,
    });
    this.endWatches = [
      this.nodes.watch(() => this.retryUnplaced()),
      this.pods.watch(event => this.onPod(event)),
    ];
  }

  async stop(): Promise<void> {
    for (const end of this.endWatches) end();
    this.queue.stop();
  }

  private onPod({ type, object, previous }: ObjectEvent): void {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    const ended = ['Succeeded', 'Failed'].includes(object.status?.phase);
    if (type === 'DELETED' || ended) {
      this.unplaced.delete(key);
      if (this.usage.remove(object)) this.retryUnplaced();
      return;
    }
    if (object.spec.nodeName) {
      this.usage.add(object);
      this.unplaced.delete(key);
      return;
    }
    const sameSpec =
      previous?.metadata.generation === object.metadata.generation;
    if (!previous || !sameSpec) this.queue.add(key);
  }

  private retryUnplaced(): void {
    for (const key of this.unplaced) this.queue.add(key, RETRY_DELAY_MS);
  }

  private schedule(key: string): void {
    const [namespace, name] = key.split('/');
    const pod = this.pods.get(namespace, name);
    if (!pod || pod.spec.nodeName || pod.metadata.deletionTimestamp) return;
    if ((pod.spec.schedulerName ?? NAME) !== NAME) return;
    if (pod.spec.schedulingGates?.length) return;
    const claim = this.missingClaim(pod);
    const placement = claim
      ? { message: claim }
      : findNode(pod, this.nodes.list(), this.usage);
    if ('node' in placement) this.bind(pod, placement.node);
    else this.refuse(key, pod, placement.message);
  }

  private bind(pod: KubeObject, nodeName: string): void {
    const bound = this.pods.update({
      ...pod,
      spec: { ...pod.spec, nodeName },
    });
    this.usage.add(bound);
    this.setScheduled(bound, { status: 'True' });
    const { namespace, name } = pod.metadata;
    this.events.record(pod, {
      type: 'Normal',
      reason: 'Scheduled',
      action: 'Binding',
      message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    });
  }

  private refuse(key: string, pod: KubeObject, message: string): void {
    this.unplaced.add(key);
    this.events.record(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      action: 'Scheduling',
      message,
    });
    this.setScheduled(pod, {
      status: 'False',
      reason: 'Unschedulable',
      message,
    });
  }

  private setScheduled(pod: KubeObject, wanted: Record<string, string>): void {
    const conditions: any[] = pod.status?.conditions ?? [];
    const before = conditions.find(({ type }) => type === 'PodScheduled');
    const same =
      before?.status === wanted.status && before.message === wanted.message;
    if (same) return;
    const condition = {
      type: 'PodScheduled',
      ...(pod.metadata.generation !== undefined && {
        observedGeneration: pod.metadata.generation,
      }),
      lastProbeTime: null,
      lastTransitionTime:
        before?.status === wanted.status
          ? before.lastTransitionTime
          : toSeconds(),
      ...wanted,
    };
    const others = conditions.filter(({ type }) => type !== 'PodScheduled');
    this.pods.updateStatus({
      ...pod,
      status: { ...pod.status, conditions: [...others, condition] },
    });
  }

  /** There is no storage in the sandbox: a Pod that asks for a claim waits for ever. */
  private missingClaim(pod: KubeObject): string | undefined {
    const volume = (pod.spec.volumes ?? []).find(
      ({ persistentVolumeClaim }: any) => persistentVolumeClaim,
    );
    if (!volume) return undefined;
    const { claimName } = volume.persistentVolumeClaim;
    return `0/${
      this.nodes.list().length
    } nodes are available: persistentvolumeclaim "${claimName}" not found. not found`;
  }
}
