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

import { selects } from '../../admission/matching/selectors';
import { KubeObject } from '../../ClusterApi';
import { toSeconds } from '../common/time';
import { isActive, isReady, isTerminating } from '../job/podState';
import { isAvailable } from '../workload/availability';

/** The status of a ReplicaSet with these Pods. `refusal` is why it could not get the Pods that it wants. */
export function replicaSetStatus(
  { spec, metadata, status }: KubeObject,
  pods: KubeObject[],
  refusal: Error | undefined,
): Record<string, unknown> {
  const active = pods.filter(isActive);
  const ready = active.filter(isReady);
  const available = ready.filter(pod => isAvailable(pod, spec.minReadySeconds));
  const matchLabels = spec.template.metadata?.labels;
  const labelled = active.filter(pod =>
    selects({ matchLabels }, pod.metadata.labels),
  );
  return {
    replicas: active.length,
    fullyLabeledReplicas: labelled.length || undefined,
    readyReplicas: ready.length || undefined,
    availableReplicas: available.length || undefined,
    terminatingReplicas: pods.filter(isTerminating).length,
    observedGeneration: metadata.generation,
    conditions: conditions(status?.conditions ?? [], refusal),
  };
}

function conditions(before: any[], refusal: Error | undefined) {
  const others = before.filter(({ type }) => type !== 'ReplicaFailure');
  const known = before.find(({ type }) => type === 'ReplicaFailure');
  if (!refusal) return others.length > 0 ? others : undefined;
  const failure = known ?? {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: toSeconds(),
    reason: 'FailedCreate',
    message: refusal.message,
  };
  return [...others, failure];
}
