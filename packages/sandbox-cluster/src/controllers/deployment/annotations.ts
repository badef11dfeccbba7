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
import { maxSurge } from './bounds';

const PREFIX = 'deployment.kubernetes.io/';

/** Number of the template among all that a Deployment had. */
export const REVISION = `${PREFIX}revision`;
/** Earlier numbers of a template that was used again. */
export const REVISION_HISTORY = `${PREFIX}revision-history`;
/** How many Pods the Deployment wanted when the ReplicaSet was last sized. */
export const DESIRED_REPLICAS = `${PREFIX}desired-replicas`;
/** How many Pods the Deployment allowed at most then. */
export const MAX_REPLICAS = `${PREFIX}max-replicas`;

/** What a ReplicaSet does not take over from its Deployment. */
const NOT_COPIED = [
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
];

type Annotations = Record<string, string>;

/** The revision that an object carries; 0 without one. */
export function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[REVISION] ?? 0) || 0;
}

/**
 * The annotations of the ReplicaSet of a Deployment's present template: what the Deployment carries, and its number,
 * which only ever rises. What was taken off the Deployment stays, as in Kubernetes.
 */
export function newReplicaSetAnnotations(
  deployment: KubeObject,
  present: Annotations | undefined,
  revision: number,
): Annotations {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => !NOT_COPIED.includes(key),
  );
  const annotations: Annotations = {
    ...present,
    ...Object.fromEntries(copied),
  };
  const before = present?.[REVISION];
  if ((Number(before ?? 0) || 0) < revision) {
    annotations[REVISION] = String(revision);
    if (before !== undefined) {
      const history = (annotations[REVISION_HISTORY] ?? '').split(',');
      annotations[REVISION_HISTORY] = [...history, before]
        .filter(Boolean)
        .join(',');
    }
  }
  return present
    ? annotations
    : { ...annotations, ...sizeAnnotations(deployment) };
}

/** What a ReplicaSet remembers of the size that its Deployment had. */
export function sizeAnnotations(deployment: KubeObject): Annotations {
  const { replicas } = deployment.spec;
  return {
    [DESIRED_REPLICAS]: String(replicas),
    [MAX_REPLICAS]: String(replicas + maxSurge(deployment)),
  };
}

/** Whether the Deployment was given another size since the ReplicaSet was sized. */
export function wasResized(
  deployment: KubeObject,
  { metadata }: KubeObject,
): boolean {
  const desired = metadata.annotations?.[DESIRED_REPLICAS];
  return desired !== undefined && Number(desired) !== deployment.spec.replicas;
}
