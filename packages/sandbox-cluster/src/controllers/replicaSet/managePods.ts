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

import { KubeObject } from '../../ClusterApi';
import { createPod } from '../workload/createPod';
import { podFromTemplate } from '../workload/podFromTemplate';
import { ReplicaSetTools } from './ReplicaSetController';
import { leastUsefulFirst } from './podRank';

/** At most so many Pods are created or deleted in one step. */
const MOST_PER_SYNC = 500;

/**
 * Creates or deletes Pods until there are as many as the ReplicaSet wants. Returns why the API server refused one,
 * after the event about it was written.
 */
export function managePods(
  tools: ReplicaSetTools,
  replicaSet: KubeObject,
  active: KubeObject[],
): Error | undefined {
  const surplus = active.length - (replicaSet.spec.replicas ?? 1);
  if (surplus > 0) {
    leastUsefulFirst(active)
      .slice(0, Math.min(surplus, MOST_PER_SYNC))
      .forEach(pod => deletePod(tools, replicaSet, pod));
    return undefined;
  }
  return createPods(tools, replicaSet, Math.min(-surplus, MOST_PER_SYNC));
}

/** One by one: after a refusal the rest would be refused as well. */
function createPods(
  { pods, events }: ReplicaSetTools,
  replicaSet: KubeObject,
  count: number,
): Error | undefined {
  const pod = podFromTemplate(replicaSet, replicaSet.spec.template, {
    generateName: `${replicaSet.metadata.name}-`,
  });
  for (let index = 0; index < count; index += 1) {
    const creation = createPod(pods.client, pod);
    if ('leaving' in creation) return undefined;
    if ('refusal' in creation) {
      const { message } = creation.refusal;
      events.record(replicaSet, {
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Error creating: ${message}`,
      });
      return creation.refusal;
    }
    events.record(replicaSet, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${creation.pod.metadata.name}`,
    });
  }
  return undefined;
}

function deletePod(
  { pods, events }: ReplicaSetTools,
  replicaSet: KubeObject,
  { metadata: { namespace, name, uid } }: KubeObject,
): void {
  pods.client.delete(namespace, name, { preconditions: { uid } });
  events.record(replicaSet, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${name}`,
  });
}
