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
import { parseTime } from '../common/time';
import { readySince } from '../workload/availability';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASES = ['Pending', 'Unknown', 'Running'];

/**
 * Pods in the order in which a ReplicaSet gives them up: not placed before placed, pending before running, not ready
 * before ready, cheaper before dearer, ready for a shorter time, restarted more often, and the youngest first.
 */
export function leastUsefulFirst(pods: KubeObject[]): KubeObject[] {
  return pods
    .map(pod => ({ pod, rank: rankOf(pod) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ pod }) => pod);
}

/** Numbers that decide one after the other; the smaller one goes first. */
function rankOf(pod: KubeObject): number[] {
  const since = readySince(pod);
  const restarts = (pod.status?.containerStatuses ?? []).map(
    ({ restartCount = 0 }: any) => restartCount,
  );
  return [
    pod.spec.nodeName ? 1 : 0,
    PHASES.indexOf(pod.status?.phase),
    since === undefined ? 0 : 1,
    Number(pod.metadata.annotations?.[DELETION_COST] ?? 0) || 0,
    -(since ?? 0),
    -Math.max(0, ...restarts),
    -(parseTime(pod.metadata.creationTimestamp) ?? 0),
  ];
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}
