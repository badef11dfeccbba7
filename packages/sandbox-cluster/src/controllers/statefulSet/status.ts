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
import { isReady } from '../job/podState';
import { isAvailable } from '../workload/availability';
import { revisionOf } from './identity';

/** The status of a StatefulSet with these Pods, between two revisions of its template. */
export function statefulSetStatus(
  { spec, metadata, status }: KubeObject,
  pods: KubeObject[],
  { current, update }: { current: string; update: string },
): Record<string, unknown> {
  const ready = pods.filter(isReady);
  const staying = pods.filter(pod => !pod.metadata.deletionTimestamp);
  const ofRevision = (name: string) =>
    staying.filter(pod => revisionOf(pod) === name).length;
  const updated = ofRevision(update);
  const complete =
    spec.updateStrategy?.type === 'RollingUpdate' &&
    pods.length === spec.replicas &&
    updated === pods.length &&
    ready.length === pods.length;
  const available = ready.filter(pod => isAvailable(pod, spec.minReadySeconds));
  return {
    observedGeneration: metadata.generation,
    replicas: pods.length,
    readyReplicas: ready.length || undefined,
    currentReplicas: (complete ? updated : ofRevision(current)) || undefined,
    updatedReplicas: updated || undefined,
    currentRevision: complete ? update : current,
    updateRevision: update,
    collisionCount: 0,
    availableReplicas: available.length,
    conditions: status?.conditions,
  };
}
