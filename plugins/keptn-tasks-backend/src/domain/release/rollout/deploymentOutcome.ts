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

import type { V1Deployment, V1ReplicaSet } from '@kubernetes/client-node';
import type { RolloutOutcome } from './RolloutOutcome';
import {
  isObserved,
  nameOf,
  notObserved,
  progressing,
  succeeded,
} from './RolloutOutcome';

/** Counts the templates that a Deployment has had; on the Deployment and on each of its ReplicaSets. */
const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';

/** Complaints that say more than counters do. The first one that is there is told. */
const COMPLAINTS = [
  { type: 'ReplicaFailure', status: 'True' },
  { type: 'Progressing', status: 'False' },
];

/**
 * Complete as Kubernetes means it: every Pod there is has this version, and as many as asked for are available. A
 * missed progress deadline is only told: Kubernetes goes on trying.
 */
export function deploymentOutcome(
  deployment: V1Deployment,
  replicaSet: V1ReplicaSet | undefined,
): RolloutOutcome {
  const what = { kind: 'Deployment', name: deployment.metadata!.name! };
  if (!isObserved(deployment)) {
    return notObserved(what);
  }
  const { status } = deployment;
  const counts = {
    desired: deployment.spec?.replicas ?? 1,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
  if (replicaSet && isLeft(replicaSet, deployment)) {
    return progressing(
      what,
      // Those of the Deployment count the Pods of another version.
      {
        desired: counts.desired,
        updated: replicaSet.status?.replicas ?? 0,
        available: replicaSet.status?.availableReplicas ?? 0,
      },
      `${nameOf(
        what,
      )} went on to another version before all Pods of this one were available`,
    );
  }
  const { desired, updated, available } = counts;
  const isComplete =
    updated === desired &&
    (status?.replicas ?? 0) === desired &&
    available === desired;
  return isComplete
    ? succeeded(what, counts)
    : progressing(
        what,
        // The Deployment counts the Pods of earlier versions, too.
        {
          ...counts,
          available: Math.min(
            available,
            replicaSet ? replicaSet.status?.availableReplicas ?? 0 : Infinity,
          ),
        },
        complaintOf(deployment),
      );
}

/** Whether the Deployment has gone on to another ReplicaSet. */
function isLeft(replicaSet: V1ReplicaSet, deployment: V1Deployment): boolean {
  return revisionOf(replicaSet) < revisionOf(deployment);
}

/** NaN, which is not less than anything, where there is none. */
function revisionOf({ metadata }: V1Deployment | V1ReplicaSet): number {
  return Number(metadata?.annotations?.[REVISION_ANNOTATION] ?? NaN);
}

function complaintOf({
  metadata,
  spec,
  status,
}: V1Deployment): string | undefined {
  if (spec?.paused) {
    return `Deployment ${
      metadata!.name
    } is paused; kubectl rollout resume lets it go on`;
  }
  const found = COMPLAINTS.map(({ type, status: value }) =>
    status?.conditions?.find(one => one.type === type && one.status === value),
  ).find(Boolean);
  return found && `Deployment ${metadata!.name}: ${found.message}`;
}
