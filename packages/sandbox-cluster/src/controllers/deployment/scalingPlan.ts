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
import { byAge } from '../workload/byAge';
import { MAX_REPLICAS } from './annotations';
import { isRolling, maxSurge } from './bounds';
import { Resize } from './rollingPlan';
import { Rollout, allSets, sumOf, wantedBy } from './Rollout';

/**
 * New sizes after the Deployment itself was given another one: all of it goes to the only ReplicaSet with Pods; in the
 * middle of a rolling update each gets its share, and rounding goes to the largest.
 */
export function planScaling(rollout: Rollout): Resize[] {
  const { deployment, newSet, oldSets } = rollout;
  const { replicas } = deployment.spec;
  const only = activeOrLatest(rollout);
  if (only) return [{ set: only, replicas }];
  if (newSet && isSaturated(deployment, newSet)) {
    const old = oldSets.filter(set => wantedBy(set) > 0);
    return old.map(set => ({ set, replicas: 0 }));
  }
  return isRolling(deployment) ? planShares(rollout) : [];
}

/** The one ReplicaSet that has Pods; without any the present or else the latest one; none when several have. */
function activeOrLatest(rollout: Rollout): KubeObject | undefined {
  const { newSet, oldSets } = rollout;
  const active = allSets(rollout).filter(set => wantedBy(set) > 0);
  if (active.length > 1) return undefined;
  return active[0] ?? newSet ?? oldSets.at(-1);
}

function isSaturated({ spec }: KubeObject, set: KubeObject): boolean {
  return (
    wantedBy(set) === spec.replicas &&
    set.status?.availableReplicas === spec.replicas
  );
}

function planShares(rollout: Rollout): Resize[] {
  const { deployment } = rollout;
  const { replicas } = deployment.spec;
  const most = replicas > 0 ? replicas + maxSurge(deployment) : 0;
  const active = allSets(rollout).filter(set => wantedBy(set) > 0);
  const toAdd = most - sumOf(active, wantedBy);
  // The largest first; of equal ones the newest when growing, the oldest when shrinking.
  const sets = active.sort(
    (a, b) =>
      wantedBy(b) - wantedBy(a) || (toAdd > 0 ? byAge(b, a) : byAge(a, b)),
  );
  let added = 0;
  const plan = sets.map(set => {
    const share = shareOf(set, deployment, most);
    const left = toAdd - added;
    const change = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    const delta = toAdd === 0 ? 0 : change;
    added += delta;
    return { set, replicas: wantedBy(set) + delta };
  });
  if (plan.length > 0) plan[0].replicas += toAdd - added;
  return plan.map(({ set, replicas: size }) => ({
    set,
    replicas: Math.max(0, size),
  }));
}

/** By how much a ReplicaSet changes to keep its part of the whole. */
function shareOf(
  set: KubeObject,
  deployment: KubeObject,
  most: number,
): number {
  if (deployment.spec.replicas === 0) return -wantedBy(set);
  const before =
    Number(set.metadata.annotations?.[MAX_REPLICAS]) ||
    deployment.status?.replicas ||
    most;
  return Math.round((wantedBy(set) * most) / before) - wantedBy(set);
}
