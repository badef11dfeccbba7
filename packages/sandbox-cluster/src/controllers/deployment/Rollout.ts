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
import { deepCopy, semanticEqual } from '../../schema/json';
import { byAge } from '../workload/byAge';
import { revisionOf } from './annotations';

/** Label that tells the Pods of one template from those of another. */
export const TEMPLATE_HASH = 'pod-template-hash';

/** A Deployment and its ReplicaSets at one moment. */
export interface Rollout {
  deployment: KubeObject;
  /** The ReplicaSet of the present template. */
  newSet?: KubeObject;
  /** The others, the oldest first. */
  oldSets: KubeObject[];
}

/** Tells the ReplicaSet of the Deployment's present template from the others. The oldest wins when two have it. */
export function newRollout(
  deployment: KubeObject,
  replicaSets: KubeObject[],
): Rollout {
  const sorted = [...replicaSets].sort(byAge);
  const wanted = withoutHash(deployment.spec.template);
  const newSet = sorted.find(({ spec }) =>
    semanticEqual(withoutHash(spec.template), wanted),
  );
  return { deployment, newSet, oldSets: sorted.filter(set => set !== newSet) };
}

/** All ReplicaSets of a rollout. */
export function allSets({ newSet, oldSets }: Rollout): KubeObject[] {
  return newSet ? [...oldSets, newSet] : oldSets;
}

/** The number that the present template gets: one more than any other has. */
export function nextRevision({ oldSets }: Rollout): number {
  return Math.max(0, ...oldSets.map(revisionOf)) + 1;
}

/** The sum of a number over ReplicaSets. */
export function sumOf(
  sets: KubeObject[],
  number: (set: KubeObject) => number | undefined,
): number {
  return sets.reduce((sum, set) => sum + (number(set) ?? 0), 0);
}

export const wantedBy = ({ spec }: KubeObject): number => spec.replicas ?? 0;

export const availableOf = ({ status }: KubeObject): number =>
  status?.availableReplicas ?? 0;

function withoutHash(template: Record<string, any>) {
  const copy = deepCopy(template);
  delete copy.metadata?.creationTimestamp;
  if (copy.metadata?.labels) delete copy.metadata.labels[TEMPLATE_HASH];
  return copy;
}
