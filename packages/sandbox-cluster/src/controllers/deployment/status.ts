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

import { maxUnavailable } from './bounds';
import { DeploymentCondition, newCondition, withCondition } from './conditions';
import { withProgress, withReplicaFailure } from './progress';
import { Rollout, allSets, availableOf, sumOf, wantedBy } from './Rollout';

/** The status of a Deployment; counts are 0 here where a stored status leaves them out. */
export interface DeploymentStatus {
  observedGeneration?: number;
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  unavailableReplicas: number;
  terminatingReplicas: number;
  collisionCount?: number;
  conditions: DeploymentCondition[];
}

/** What the counters of the ReplicaSets come to, and whether enough Pods are available. */
export function countStatus(rollout: Rollout): DeploymentStatus {
  const { deployment, newSet } = rollout;
  const sets = allSets(rollout);
  const available = sumOf(sets, availableOf);
  const enough = deployment.spec.replicas - maxUnavailable(deployment);
  const minimum =
    available >= enough
      ? newCondition(
          'Available',
          'True',
          'MinimumReplicasAvailable',
          'Deployment has minimum availability.',
        )
      : newCondition(
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
        );
  return {
    observedGeneration: deployment.metadata.generation,
    replicas: sumOf(sets, ({ status }) => status?.replicas),
    updatedReplicas: newSet?.status?.replicas ?? 0,
    readyReplicas: sumOf(sets, ({ status }) => status?.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sumOf(sets, wantedBy) - available),
    terminatingReplicas: sumOf(
      sets,
      ({ status }) => status?.terminatingReplicas,
    ),
    collisionCount: deployment.status?.collisionCount,
    conditions: withCondition(deployment.status?.conditions ?? [], minimum),
  };
}

/** The same with what there is to say about the progress of the rollout and about Pods that were refused. */
export function rolloutStatus(rollout: Rollout): DeploymentStatus {
  const status = countStatus(rollout);
  return {
    ...status,
    conditions: withReplicaFailure(
      rollout,
      withProgress(rollout, status, status.conditions),
    ),
  };
}

/** A status as it is stored: without counts that are 0. */
export function storedStatus(
  status: DeploymentStatus,
): Record<string, unknown> {
  const { conditions, terminatingReplicas, ...counts } = status;
  return {
    ...Object.fromEntries(
      Object.entries(counts).map(([key, value]) => [key, value || undefined]),
    ),
    terminatingReplicas,
    conditions,
  };
}
