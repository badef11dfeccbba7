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
import {
  DeploymentCondition,
  deadlineLeft,
  findCondition,
  hasDeadline,
  newCondition,
  replaceCondition,
  withCondition,
  withoutCondition,
} from './conditions';
import { Rollout } from './Rollout';
import { DeploymentStatus } from './status';

/** Whether everything wanted is there, from the present template. */
export function isComplete(
  { spec, metadata }: KubeObject,
  status: Partial<DeploymentStatus> | undefined,
): boolean {
  return (
    (status?.updatedReplicas ?? 0) === spec.replicas &&
    (status?.replicas ?? 0) === spec.replicas &&
    (status?.availableReplicas ?? 0) === spec.replicas &&
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
  );
}

/** The conditions with what there is to say about how far the rollout has come. */
export function withProgress(
  { deployment, newSet }: Rollout,
  status: DeploymentStatus,
  conditions: DeploymentCondition[],
): DeploymentCondition[] {
  if (!hasDeadline(deployment)) {
    return withoutCondition(conditions, 'Progressing');
  }
  const known = findCondition(conditions, 'Progressing');
  const wasDone =
    status.replicas === status.updatedReplicas &&
    known?.reason === 'NewReplicaSetAvailable';
  if (wasDone) return conditions;
  const who = newSet
    ? `ReplicaSet "${newSet.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const tell = (
    condition: 'True' | 'False',
    reason: string,
    what: string,
  ): DeploymentCondition =>
    newCondition('Progressing', condition, reason, `${who} ${what}`);
  if (isComplete(deployment, status)) {
    const done = 'has successfully progressed.';
    return withCondition(
      conditions,
      tell('True', 'NewReplicaSetAvailable', done),
    );
  }
  if (hasMoved(deployment.status ?? {}, status)) {
    return replaceCondition(
      conditions,
      tell('True', 'ReplicaSetUpdated', 'is progressing.'),
    );
  }
  if ((deadlineLeft(deployment, conditions) ?? 1) > 0) return conditions;
  return withCondition(
    conditions,
    tell('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'),
  );
}

/** More Pods of the new template, fewer of the old ones, or more that are ready or available. */
function hasMoved(before: any, after: DeploymentStatus): boolean {
  const { replicas = 0, updatedReplicas = 0 } = before;
  return (
    after.updatedReplicas > updatedReplicas ||
    after.replicas - after.updatedReplicas < replicas - updatedReplicas ||
    after.readyReplicas > (before.readyReplicas ?? 0) ||
    after.availableReplicas > (before.availableReplicas ?? 0)
  );
}

/** The conditions with what a ReplicaSet says about Pods that it could not get. */
export function withReplicaFailure(
  rollout: Rollout,
  conditions: DeploymentCondition[],
): DeploymentCondition[] {
  const { newSet, oldSets } = rollout;
  const failures = [newSet, ...oldSets].map(set =>
    (set?.status?.conditions ?? []).find(
      ({ type }: any) => type === 'ReplicaFailure',
    ),
  );
  const failure = failures.find(Boolean);
  if (!failure) return withoutCondition(conditions, 'ReplicaFailure');
  return withCondition(conditions, {
    ...newCondition(
      'ReplicaFailure',
      failure.status,
      failure.reason,
      failure.message,
    ),
    lastTransitionTime: failure.lastTransitionTime,
  });
}
