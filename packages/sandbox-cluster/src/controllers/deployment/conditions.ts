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
import { parseTime, toSeconds } from '../common/time';

/** A condition of a Deployment, as it is stored. */
export interface DeploymentCondition {
  type: 'Available' | 'Progressing' | 'ReplicaFailure';
  status: 'True' | 'False' | 'Unknown';
  lastUpdateTime: string;
  lastTransitionTime: string;
  reason: string;
  message: string;
}

/** A Deployment without a deadline tells nothing about its progress: the largest 32 bit number means none. */
const NO_DEADLINE = 2 ** 31 - 1;

export function hasDeadline({ spec }: KubeObject): boolean {
  const seconds = spec.progressDeadlineSeconds;
  return typeof seconds === 'number' && seconds !== NO_DEADLINE;
}

export function newCondition(
  type: DeploymentCondition['type'],
  status: DeploymentCondition['status'],
  reason: string,
  message: string,
): DeploymentCondition {
  const now = toSeconds();
  return {
    type,
    status,
    lastUpdateTime: now,
    lastTransitionTime: now,
    reason,
    message,
  };
}

export function findCondition(
  conditions: DeploymentCondition[] | undefined,
  type: DeploymentCondition['type'],
): DeploymentCondition | undefined {
  return conditions?.find(condition => condition.type === type);
}

/** The conditions with this one in place. The same status and reason change nothing. */
export function withCondition(
  conditions: DeploymentCondition[],
  wanted: DeploymentCondition,
): DeploymentCondition[] {
  const before = findCondition(conditions, wanted.type);
  if (before?.status === wanted.status && before.reason === wanted.reason) {
    return conditions;
  }
  return replaceCondition(conditions, wanted);
}

/** The same, also when only times or texts differ. The time of the transition stays while the status does. */
export function replaceCondition(
  conditions: DeploymentCondition[],
  wanted: DeploymentCondition,
): DeploymentCondition[] {
  const before = findCondition(conditions, wanted.type);
  const { lastTransitionTime } =
    before?.status === wanted.status ? before : wanted;
  return [
    ...withoutCondition(conditions, wanted.type),
    { ...wanted, lastTransitionTime },
  ];
}

export function withoutCondition(
  conditions: DeploymentCondition[],
  type: DeploymentCondition['type'],
): DeploymentCondition[] {
  return conditions.filter(condition => condition.type !== type);
}

/** Milliseconds until a rollout that does not move counts as stuck; `undefined` when nothing is waited for. */
export function deadlineLeft(
  { spec }: KubeObject,
  conditions: DeploymentCondition[] | undefined,
): number | undefined {
  const progressing = findCondition(conditions, 'Progressing');
  if (!progressing) return undefined;
  const settled = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded'];
  if (settled.includes(progressing.reason)) return undefined;
  const since = parseTime(progressing.lastUpdateTime) ?? 0;
  return since + spec.progressDeadlineSeconds * 1_000 - Date.now();
}
