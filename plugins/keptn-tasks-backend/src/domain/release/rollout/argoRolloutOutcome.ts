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

import type { V1ReplicaSet } from '@kubernetes/client-node';
import type { Rollout } from '../resources';
import type { RolloutOutcome } from './RolloutOutcome';
import { nameOf, notObserved, progressing, succeeded } from './RolloutOutcome';

/** Tells the ReplicaSets of a Rollout apart. */
const TEMPLATE_HASH_LABEL = 'rollouts-pod-template-hash';

/**
 * Argo judges the rollout, by its own strategy: Healthy is promoted in full, with old Pods kept on purpose for a
 * while; Degraded is aborted or given up.
 */
export function argoRolloutOutcome(
  rollout: Rollout,
  replicaSet: V1ReplicaSet,
): RolloutOutcome {
  const what = { kind: 'Rollout', name: rollout.metadata.name };
  const { status } = rollout;
  if (!isTakenIn(rollout)) {
    return notObserved(what);
  }
  const counts = {
    desired: rollout.spec?.replicas ?? 1,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
  const hash = replicaSet.metadata?.labels?.[TEMPLATE_HASH_LABEL];
  if (hash && status?.currentPodHash && hash !== status.currentPodHash) {
    return progressing(
      what,
      { ...counts, updated: replicaSet.status?.replicas ?? 0 },
      `${nameOf(
        what,
      )} went on to another version before this one was promoted in full`,
    );
  }
  const said = status?.message ? `: ${status.message}` : '';
  switch (status?.phase) {
    case 'Healthy':
      return counts.available >= counts.desired
        ? succeeded(what, counts)
        : progressing(what, counts);
    case 'Degraded':
      return {
        ...what,
        ...counts,
        state: 'failed',
        message: `${nameOf(what)} is degraded${said}`,
      };
    case 'Paused':
      return progressing(
        what,
        counts,
        `${nameOf(what)} is paused${said}; promote it to let it go on`,
      );
    default:
      return progressing(
        what,
        counts,
        status?.message && `${nameOf(what)}${said}`,
      );
  }
}

/** Older versions of Argo Rollouts keep a hash here, which tells nothing. */
function isTakenIn({ metadata, status }: Rollout): boolean {
  const observed = Number(status?.observedGeneration);
  return status?.observedGeneration !== undefined && Number.isInteger(observed)
    ? observed >= (metadata.generation ?? 0)
    : status?.phase !== undefined;
}
