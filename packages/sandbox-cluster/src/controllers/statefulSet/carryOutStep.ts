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
import { isTerminal } from '../job/podState';
import { StatefulSetTools } from './StatefulSetController';
import { podFor } from './identity';
import { Step, firstUpdated } from './plan';

/** Creates or deletes the Pod of one step, and tells of it. Throws what the API server refused. */
export function carryOutStep(
  tools: StatefulSetTools,
  set: KubeObject,
  step: Step,
  revisions: { current: KubeObject; update: KubeObject },
): void {
  if ('remove' in step) {
    removePod(tools, set, step.remove);
    return;
  }
  const { create: ordinal } = step;
  const { type } = set.spec.updateStrategy;
  const old = type === 'RollingUpdate' && ordinal < firstUpdated(set);
  const revision = old ? revisions.current : revisions.update;
  const pod = podFor(set, revision, ordinal);
  const creation = createPod(tools.pods.client, pod);
  if ('leaving' in creation) return;
  const what = `create Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
  if ('refusal' in creation) {
    const { message } = creation.refusal;
    tools.events.record(set, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `${what} failed error: ${message}`,
    });
    throw creation.refusal;
  }
  tools.events.record(set, {
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `${what} successful`,
  });
}

function removePod(
  { pods, events }: StatefulSetTools,
  set: KubeObject,
  pod: KubeObject,
): void {
  const { namespace, name, uid } = pod.metadata;
  if (isTerminal(pod)) {
    const failed = pod.status.phase === 'Failed';
    events.record(set, {
      type: failed ? 'Warning' : 'Normal',
      reason: failed ? 'RecreatingFailedPod' : 'RecreatingTerminatedPod',
      message: `StatefulSet ${namespace}/${set.metadata.name} is recreating ${
        failed ? 'failed' : 'terminated'
      } Pod ${name}`,
    });
  }
  pods.client.delete(namespace, name, { preconditions: { uid } });
  events.record(set, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`,
  });
}
