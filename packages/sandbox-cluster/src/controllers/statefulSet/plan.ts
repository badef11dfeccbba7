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
import { isReady, isTerminal } from '../job/podState';
import { isAvailable } from '../workload/availability';
import { ordinalOf, revisionOf } from './identity';

/** What is to be done next to the Pods of a StatefulSet. */
export type Step = { create: number } | { remove: KubeObject };

/** A StatefulSet and its Pods at one moment. */
export interface StatefulSetView {
  set: KubeObject;
  pods: KubeObject[];
  /** Name of the revision of the present template. */
  updateRevision: string;
}

/**
 * The next steps: one Pod at a time, in order, unless the StatefulSet manages them in parallel. First what is missing is
 * made, then what is too much goes, the highest ordinal first, then old Pods are replaced, the highest first.
 */
export function planSteps(view: StatefulSetView): Step[] {
  const filling = fill(view);
  if (!filling.settled) return filling.steps;
  const shrinking = shrink(view);
  if (!shrinking.settled) return shrinking.steps;
  return replaceOld(view);
}

/** The ordinals that the StatefulSet wants. */
export function ordinals({ spec }: KubeObject): number[] {
  const start = spec.ordinals?.start ?? 0;
  return Array.from({ length: spec.replicas }, (_, index) => start + index);
}

/** Ordinals below this stay with the revision that they have. */
export function firstUpdated({ spec }: KubeObject): number {
  const start = spec.ordinals?.start ?? 0;
  return start + (spec.updateStrategy?.rollingUpdate?.partition ?? 0);
}

interface Stage {
  steps: Step[];
  /** Nothing of this stage has to be done or waited for. */
  settled: boolean;
}

function fill(view: StatefulSetView): Stage {
  const { set } = view;
  const byOrdinal = podsByOrdinal(view);
  const parallel = isParallel(set);
  const steps: Step[] = [];
  for (const ordinal of ordinals(set)) {
    const pod = byOrdinal.get(ordinal);
    if (!pod) steps.push({ create: ordinal });
    else if (isTerminal(pod) && !pod.metadata.deletionTimestamp) {
      steps.push({ remove: pod });
    } else if (parallel || isHealthy(set, pod)) continue;
    if (!parallel) return { steps, settled: false };
  }
  return { steps, settled: steps.length === 0 };
}

function shrink(view: StatefulSetView): Stage {
  const { set, pods } = view;
  const wanted = new Set(ordinals(set));
  const ordinal = (pod: KubeObject) => ordinalOf(set, pod)!;
  const surplus = pods
    .filter(pod => !wanted.has(ordinal(pod)))
    .sort((a, b) => ordinal(b) - ordinal(a));
  const parallel = isParallel(set);
  const lowestIll = surplus.filter(pod => !isHealthy(set, pod)).at(-1);
  const steps: Step[] = [];
  for (const pod of surplus) {
    const leaving = Boolean(pod.metadata.deletionTimestamp);
    const blocked = !isHealthy(set, pod) && pod !== lowestIll;
    if (!leaving && (parallel || !blocked)) steps.push({ remove: pod });
    if (!parallel) return { steps, settled: false };
  }
  return { steps, settled: steps.length === 0 };
}

function replaceOld(view: StatefulSetView): Step[] {
  const { set, updateRevision } = view;
  if (set.spec.updateStrategy?.type === 'OnDelete') return [];
  const byOrdinal = podsByOrdinal(view);
  const first = firstUpdated(set);
  for (const ordinal of ordinals(set).reverse()) {
    if (ordinal < first) return [];
    const pod = byOrdinal.get(ordinal);
    if (!pod || pod.metadata.deletionTimestamp) return [];
    if (revisionOf(pod) !== updateRevision) return [{ remove: pod }];
    if (!isHealthy(set, pod)) return [];
  }
  return [];
}

function isHealthy({ spec }: KubeObject, pod: KubeObject): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    isReady(pod) &&
    isAvailable(pod, spec.minReadySeconds)
  );
}

function isParallel({ spec }: KubeObject): boolean {
  return spec.podManagementPolicy === 'Parallel';
}

function podsByOrdinal({ set, pods }: StatefulSetView) {
  return new Map(pods.map(pod => [ordinalOf(set, pod), pod]));
}
