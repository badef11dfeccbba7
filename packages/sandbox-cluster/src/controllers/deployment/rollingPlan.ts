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
import { maxSurge, maxUnavailable } from './bounds';
import { Rollout, allSets, availableOf, sumOf, wantedBy } from './Rollout';

/** A ReplicaSet that is to get another size. */
export interface Resize {
  set: KubeObject;
  replicas: number;
}

/**
 * The next step of a rolling update, empty when there is nothing to do or Pods have to become available first: either
 * the new ReplicaSet grows, or old ones shrink. Kubernetes' own order.
 */
export function planRollingStep(rollout: Rollout): Resize[] {
  const growth = planNewSet(rollout);
  return growth.length > 0 ? growth : planOldSets(rollout);
}

/** The size that the ReplicaSet of the present template may have now. */
export function newSetSize({ deployment, newSet, oldSets }: Rollout): number {
  const { replicas } = deployment.spec;
  if (deployment.spec.strategy?.type === 'Recreate') return replicas;
  const present = newSet ? wantedBy(newSet) : 0;
  const room =
    replicas + maxSurge(deployment) - sumOf(oldSets, wantedBy) - present;
  return present + Math.max(0, Math.min(room, replicas - present));
}

function planNewSet(rollout: Rollout): Resize[] {
  const { newSet, deployment } = rollout;
  if (!newSet) return [];
  const replicas = Math.min(newSetSize(rollout), deployment.spec.replicas);
  return replicas === wantedBy(newSet) ? [] : [{ set: newSet, replicas }];
}

function planOldSets(rollout: Rollout): Resize[] {
  const { deployment, newSet, oldSets } = rollout;
  const old = oldSets.filter(set => wantedBy(set) > 0);
  if (old.length === 0) return [];
  const sizes = new Map(old.map(set => [set, wantedBy(set)]));
  const least = deployment.spec.replicas - maxUnavailable(deployment);
  const newMissing = newSet ? wantedBy(newSet) - availableOf(newSet) : 0;
  const total = sumOf(allSets(rollout), wantedBy);
  const room = total - least - newMissing;
  if (room <= 0) return [];
  removeUnhealthy(sizes, room);
  removeHealthy(sizes, sumOf(allSets(rollout), availableOf) - least);
  return old
    .map(set => ({ set, replicas: sizes.get(set)! }))
    .filter(({ set, replicas }) => replicas !== wantedBy(set));
}

/** Pods that are not available do no work and go first. */
function removeUnhealthy(sizes: Map<KubeObject, number>, room: number): void {
  let left = room;
  for (const [set, size] of sizes) {
    const gone = Math.min(left, Math.max(0, size - availableOf(set)));
    sizes.set(set, size - gone);
    left -= gone;
  }
}

/** Then as many as can go while enough stay available. */
function removeHealthy(sizes: Map<KubeObject, number>, room: number): void {
  let left = Math.max(0, room);
  for (const [set, size] of sizes) {
    const gone = Math.min(left, size);
    sizes.set(set, size - gone);
    left -= gone;
  }
}
