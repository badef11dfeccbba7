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
import {
  Revisions,
  syncRevisions,
  trimRevisions,
} from '../controllerRevision/revisions';
import { ControllerTimings } from '../options';
import { ChildIndex } from '../workload/ChildIndex';
import { WorkloadLoop } from '../workload/WorkloadLoop';
import { nextAvailability } from '../workload/availability';
import { claimChildren } from '../workload/claim';
import { writeStatus } from '../workload/writeStatus';
import { carryOutStep } from './carryOutStep';
import { ordinalOf, revisionOf } from './identity';
import { planSteps } from './plan';
import { statefulSetStatus } from './status';

const HASH_LABEL = 'controller.kubernetes.io/hash';

/** What StatefulSets are brought forward with. */
export interface StatefulSetTools {
  pods: ChildIndex;
  revisions: ChildIndex;
  events: EventRecorder;
}

/** Keeps the numbered Pods of each StatefulSet. There is no storage: claim templates are refused. */
export class StatefulSetController implements SandboxController {
  private readonly loop: WorkloadLoop;

  private readonly tools: StatefulSetTools;

  constructor(
    api: ClusterApi,
    timings: ControllerTimings,
    onError: (error: unknown) => void,
  ) {
    const sync = (set: KubeObject) => this.sync(set);
    this.loop = new WorkloadLoop({
      api,
      kind: 'StatefulSet',
      timings,
      sync,
      onError,
    });
    this.tools = {
      pods: this.loop.children('v1', 'Pod'),
      revisions: this.loop.children('apps/v1', 'ControllerRevision'),
      events: new EventRecorder(api, { component: 'statefulset-controller' }),
    };
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private sync(set: KubeObject): void {
    const { tools } = this;
    if (set.metadata.deletionTimestamp) return;
    if (set.spec.volumeClaimTemplates?.length) {
      tools.events.record(set, {
        type: 'Warning',
        reason: 'UnsupportedVolumeClaimTemplates',
        message:
          'The sandbox cluster has no storage and does not run StatefulSets with volumeClaimTemplates',
      });
      return;
    }
    const revisions = syncRevisions(tools.revisions, set, HASH_LABEL);
    const current = currentRevision(set, revisions);
    let refusal: unknown;
    try {
      this.managePods(set, revisions, current);
    } catch (error) {
      refusal = error;
    }
    this.finish(set, revisions, current);
    // Only now: what was reached is written even when a Pod was refused.
    if (refusal) throw refusal;
  }

  private managePods(
    set: KubeObject,
    { update }: Revisions,
    current: KubeObject,
  ): void {
    const isNumbered = (pod: KubeObject) => ordinalOf(set, pod) !== undefined;
    const pods = claimChildren(this.tools.pods, set, isNumbered);
    const updateRevision = update.metadata.name;
    for (const step of planSteps({ set, pods, updateRevision })) {
      carryOutStep(this.tools, set, step, { current, update });
    }
  }

  private finish(
    set: KubeObject,
    { update, history }: Revisions,
    current: KubeObject,
  ): void {
    const { tools, loop } = this;
    const pods = tools.pods.ownedBy(set);
    const status = statefulSetStatus(set, pods, {
      current: current.metadata.name,
      update: update.metadata.name,
    });
    writeStatus(loop.workloads, set, status);
    const used = new Set([
      current.metadata.name,
      update.metadata.name,
      ...pods.map(revisionOf),
    ]);
    trimRevisions(tools.revisions, set, history, ({ metadata }) =>
      used.has(metadata.name),
    );
    const wait = nextAvailability(pods, set.spec.minReadySeconds);
    if (wait !== undefined) loop.again(set, wait);
  }
}

/** The revision that the Pods had before the present rollout; in the beginning the present one. */
function currentRevision(
  { status }: KubeObject,
  { update, history }: Revisions,
): KubeObject {
  const known = history.find(
    ({ metadata }) => metadata.name === status?.currentRevision,
  );
  return known ?? update;
}
