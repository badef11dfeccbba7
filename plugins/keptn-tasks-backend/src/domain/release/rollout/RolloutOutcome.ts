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

/** How far the rollout of a version is. */
export interface RolloutOutcome {
  /** `missing`: what should be rolled out is not there. */
  state: 'progressing' | 'succeeded' | 'failed' | 'missing';
  /** What people know it by: the Deployment rather than its ReplicaSet. */
  kind: string;
  name: string;
  /** Pods that there should be. */
  desired?: number;
  /** Pods of this version. */
  updated?: number;
  /** Pods that have been ready for long enough. */
  available?: number;
  /** What is still waited for, or why it failed: one sentence. */
  message?: string;
}

/** The counters that every kind of workload has, under whatever names. */
export interface RolloutCounts {
  desired: number;
  updated: number;
  available: number;
}

type What = Pick<RolloutOutcome, 'kind' | 'name'>;

/**
 * Whether the controller of a workload has taken in what its spec says now. Until then its counters speak of an
 * earlier spec, and may look like success.
 */
export function isObserved(workload: {
  metadata?: { generation?: number };
  status?: { observedGeneration?: number };
}): boolean {
  const observed = workload.status?.observedGeneration;
  return (
    observed !== undefined && observed >= (workload.metadata?.generation ?? 0)
  );
}

export function notObserved(what: What): RolloutOutcome {
  return {
    ...what,
    state: 'progressing',
    message: `Kubernetes has not yet taken in what ${nameOf(what)} asks for`,
  };
}

export function missing(what: What, message?: string): RolloutOutcome {
  return {
    ...what,
    state: 'missing',
    message: message ?? `${nameOf(what)} is not there`,
  };
}

export function succeeded(what: What, counts: RolloutCounts): RolloutOutcome {
  return { ...what, ...counts, state: 'succeeded' };
}

/** Still under way; says what the controller complains about, else how many Pods are still waited for. */
export function progressing(
  what: What,
  counts: RolloutCounts,
  complaint?: string,
): RolloutOutcome {
  return {
    ...what,
    ...counts,
    state: 'progressing',
    message: complaint ?? describeCounts(what, counts),
  };
}

export function nameOf({ kind, name }: What): string {
  return `${kind} ${name}`;
}

function describeCounts(
  what: What,
  { desired, updated, available }: RolloutCounts,
): string {
  if (updated < desired) {
    return `${updated} of ${desired} Pods of ${nameOf(what)} have this version`;
  }
  if (available < desired) {
    return `${available} of ${desired} Pods of ${nameOf(what)} are available`;
  }
  return `Pods of an earlier version of ${nameOf(what)} are still there`;
}
