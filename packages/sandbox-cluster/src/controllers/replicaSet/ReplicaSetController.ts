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

import { ClusterApi, KubeObject, SandboxController } from '../../ClusterApi';
import { EventRecorder } from '../common/EventRecorder';
import { isActive } from '../job/podState';
import { ControllerTimings } from '../options';
import { ChildIndex } from '../workload/ChildIndex';
import { WorkloadLoop } from '../workload/WorkloadLoop';
import { nextAvailability } from '../workload/availability';
import { claimChildren } from '../workload/claim';
import { writeStatus } from '../workload/writeStatus';
import { managePods } from './managePods';
import { replicaSetStatus } from './status';

/** What ReplicaSets are brought forward with. */
export interface ReplicaSetTools {
  pods: ChildIndex;
  events: EventRecorder;
}

/** Keeps as many Pods as each ReplicaSet wants. */
export class ReplicaSetController implements SandboxController {
  private readonly loop: WorkloadLoop;

  private readonly tools: ReplicaSetTools;

  constructor(
    api: ClusterApi,
    timings: ControllerTimings,
    onError: (error: unknown) => void,
  ) {
    const sync = (replicaSet: KubeObject) => this.sync(replicaSet);
    this.loop = new WorkloadLoop({
      api,
      kind: 'ReplicaSet',
      timings,
      sync,
      onError,
    });
    this.tools = {
      pods: this.loop.children('v1', 'Pod'),
      events: new EventRecorder(api, { component: 'replicaset-controller' }),
    };
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private sync(replicaSet: KubeObject): void {
    const { tools, loop } = this;
    const pods = claimChildren(tools.pods, replicaSet);
    const refusal = replicaSet.metadata.deletionTimestamp
      ? undefined
      : managePods(tools, replicaSet, pods.filter(isActive));
    const present = tools.pods.ownedBy(replicaSet);
    const status = replicaSetStatus(replicaSet, present, refusal);
    writeStatus(loop.workloads, replicaSet, status);
    if (refusal) throw refusal;
    const wait = nextAvailability(present, replicaSet.spec.minReadySeconds);
    if (wait !== undefined) loop.again(replicaSet, wait);
  }
}
