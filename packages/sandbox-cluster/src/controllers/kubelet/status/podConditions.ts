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

import { toSeconds } from '../../common/time';
import { ContainerRecord } from './ContainerRecord';
import { PodPhase } from './podPhase';

/** A condition of a Pod, as it is stored. */
export interface PodCondition {
  type: string;
  status: 'True' | 'False';
  observedGeneration?: number;
  lastProbeTime: null;
  lastTransitionTime: string;
  reason?: string;
  message?: string;
}

type Wanted = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/** What the kubelet says about a Pod, in the order it writes it. */
export function wantedConditions(
  phase: PodPhase,
  readyToStart: boolean,
  init: ContainerRecord[],
  containers: ContainerRecord[],
): Wanted[] {
  const sidecars = init.filter(({ sidecar }) => sidecar);
  const ready = readiness(phase, [...sidecars, ...containers]);
  return [
    {
      type: 'PodReadyToStartContainers',
      status: readyToStart ? 'True' : 'False',
    },
    initialized(phase, init),
    { type: 'Ready', ...ready },
    { type: 'ContainersReady', ...ready },
  ];
}

function initialized(phase: PodPhase, init: ContainerRecord[]): Wanted {
  const incomplete = init.filter(({ initialized: done }) => !done);
  if (incomplete.length > 0) {
    return {
      type: 'Initialized',
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${names(incomplete)}]`,
    };
  }
  return {
    type: 'Initialized',
    status: 'True',
    ...(phase === 'Succeeded' && { reason: 'PodCompleted' }),
  };
}

function readiness(
  phase: PodPhase,
  containers: ContainerRecord[],
): Pick<Wanted, 'status' | 'reason' | 'message'> {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const unready = containers.filter(({ ready }) => !ready);
  if (unready.length === 0) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names(unready)}]`,
  };
}

function names(containers: ContainerRecord[]): string {
  return containers.map(({ name }) => name).join(' ');
}

/** The wanted conditions with the times of those that did not change, and those of others kept. */
export function mergeConditions(
  present: PodCondition[],
  wanted: Wanted[],
  generation: number | undefined,
): PodCondition[] {
  const own = wanted.map(condition => {
    const before = present.find(({ type }) => type === condition.type);
    const { type, status, ...why } = condition;
    return {
      type,
      ...(generation !== undefined && { observedGeneration: generation }),
      status,
      lastProbeTime: null,
      lastTransitionTime:
        before?.status === status ? before.lastTransitionTime : toSeconds(),
      ...why,
    };
  });
  const others = present
    .filter(({ type }) => !wanted.some(condition => condition.type === type))
    .map(condition =>
      condition.type === 'PodScheduled' && generation !== undefined
        ? { ...condition, observedGeneration: generation }
        : condition,
    );
  return [...own, ...others];
}
