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
  ResourceClient,
  SandboxController,
} from '../../ClusterApi';
import { EventRecorder } from '../common/EventRecorder';
import { syncRevisions, trimRevisions } from '../controllerRevision/revisions';
import { isTerminal } from '../job/podState';
import { ControllerTimings } from '../options';
import { ChildIndex } from '../workload/ChildIndex';
import { WorkloadLoop } from '../workload/WorkloadLoop';
import { nextAvailability } from '../workload/availability';
import { claimChildren } from '../workload/claim';
import { createPod } from '../workload/createPod';
import { writeStatus } from '../workload/writeStatus';
import { HASH_LABEL, daemonPod, nodeOf, runsOn } from './daemonPod';
import { DaemonPlan, NodeView, planPods, planUpdate } from './plan';
import { daemonSetStatus } from './status';

/** Keeps a Pod of each DaemonSet on every node that it wants one on. */
export class DaemonSetController implements SandboxController {
  private readonly loop: WorkloadLoop;

  private readonly nodes: ResourceClient;

  private readonly pods: ChildIndex;

  private readonly revisions: ChildIndex;

  private readonly events: EventRecorder;

  constructor(
    api: ClusterApi,
    timings: ControllerTimings,
    onError: (error: unknown) => void,
  ) {
    const sync = (set: KubeObject) => this.sync(set);
    this.loop = new WorkloadLoop({
      api,
      kind: 'DaemonSet',
      timings,
      sync,
      onError,
    });
    this.nodes = api.resource('v1', 'Node');
    this.pods = this.loop.children('v1', 'Pod');
    this.revisions = this.loop.children('apps/v1', 'ControllerRevision');
    this.events = new EventRecorder(api, { component: 'daemonset-controller' });
    this.loop.lookAtAllAfter(this.nodes);
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private sync(set: KubeObject): void {
    if (set.metadata.deletionTimestamp) return;
    const { update, history } = syncRevisions(this.revisions, set, HASH_LABEL);
    const hash = update.metadata.labels![HASH_LABEL];
    claimChildren(this.pods, set);
    let refusal: unknown;
    try {
      this.carryOut(set, hash, planPods(set, this.view(set)));
      if (set.spec.updateStrategy.type === 'RollingUpdate') {
        this.carryOut(set, hash, planUpdate(set, this.view(set), hash));
      }
    } catch (error) {
      refusal = error;
    }
    const pods = this.pods.ownedBy(set);
    writeStatus(
      this.loop.workloads,
      set,
      daemonSetStatus(set, this.view(set), hash),
    );
    const used = new Set(pods.map(pod => pod.metadata.labels?.[HASH_LABEL]));
    trimRevisions(
      this.revisions,
      set,
      history,
      ({ metadata }) =>
        metadata.name === update.metadata.name ||
        used.has(metadata.labels?.[HASH_LABEL]),
    );
    // Only now: what was reached is written even when a Pod was refused.
    if (refusal) throw refusal;
    const wait = nextAvailability(pods, set.spec.minReadySeconds);
    if (wait !== undefined) this.loop.again(set, wait);
  }

  private view(set: KubeObject): NodeView[] {
    const pods = this.pods.ownedBy(set);
    return this.nodes.list().map(node => ({
      name: node.metadata.name,
      wanted: runsOn(set, node),
      pods: pods.filter(pod => nodeOf(pod) === node.metadata.name),
    }));
  }

  private carryOut(set: KubeObject, hash: string, plan: DaemonPlan): void {
    for (const pod of plan.remove) this.remove(set, pod);
    for (const node of plan.create) {
      const creation = createPod(this.pods.client, daemonPod(set, hash, node));
      if ('leaving' in creation) return;
      if ('refusal' in creation) {
        this.events.record(set, {
          type: 'Warning',
          reason: 'FailedCreate',
          message: `Error creating: ${creation.refusal.message}`,
        });
        throw creation.refusal;
      }
      this.events.record(set, {
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `Created pod: ${creation.pod.metadata.name}`,
      });
    }
  }

  private remove(set: KubeObject, pod: KubeObject): void {
    const { namespace, name, uid } = pod.metadata;
    if (isTerminal(pod)) {
      const failed = pod.status.phase === 'Failed';
      this.events.record(set, {
        type: failed ? 'Warning' : 'Normal',
        reason: failed ? 'FailedDaemonPod' : 'SucceededDaemonPod',
        message: `Found ${
          failed ? 'failed' : 'succeeded'
        } daemon pod ${namespace}/${name} on node ${nodeOf(pod)}, will try to ${
          failed ? 'kill' : 'delete'
        } it`,
      });
    }
    this.pods.client.delete(namespace, name, { preconditions: { uid } });
    this.events.record(set, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    });
  }
}
