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

import type { V1Pod } from '@kubernetes/client-node';
import {
  REVISIONS_ANNOTATION,
  SCHEDULING_GATE,
} from '../../../domain/release/annotations';
import type { KeptnWorkloadVersion } from '../../../domain/release/resources';
import { revisionKeyOf } from '../../../domain/release/revision';
import { rolloutOutcome } from '../../../domain/release/rolloutOutcome';
import type { RolloutOutcome } from '../../../domain/release/rolloutOutcome';
import type { ReleaseWatches } from '../ReleaseWatches';

/** How far the rollout is that a version of a workload stands for. */
export function observeRollout(
  watches: ReleaseWatches,
  version: KeptnWorkloadVersion,
): RolloutOutcome {
  const { namespace } = version.metadata;
  const { resourceReference: reference } = version.spec;
  const key = { namespace, name: reference.name };
  const replicaSet =
    reference.kind === 'ReplicaSet'
      ? watches.replicaSets.cache.get(key)
      : undefined;
  const owner = replicaSet?.metadata?.ownerReferences?.find(
    ({ controller }) => controller,
  );
  const ownerKey = owner && { namespace, name: owner.name };
  return rolloutOutcome({
    reference,
    replicaSet,
    deployment:
      ownerKey && owner.kind === 'Deployment'
        ? watches.deployments.cache.get(ownerKey)
        : undefined,
    rollout:
      ownerKey && owner.kind === 'Rollout'
        ? watches.rollouts?.cache.get(ownerKey)
        : undefined,
    statefulSet:
      reference.kind === 'StatefulSet'
        ? watches.statefulSets.cache.get(key)
        : undefined,
    daemonSet:
      reference.kind === 'DaemonSet'
        ? watches.daemonSets.cache.get(key)
        : undefined,
    revisions: revisionsOf(version),
    controllerRevisions:
      reference.kind === 'DaemonSet'
        ? watches.controllerRevisions.cache.find('controller', reference.uid)
        : undefined,
  });
}

/** The Pods of a version that wait at our gate. */
export function observeGatedPods(
  watches: ReleaseWatches,
  version: KeptnWorkloadVersion,
): V1Pod[] {
  const revisions = revisionsOf(version);
  return ownerUids(watches, version, revisions)
    .flatMap(uid => watches.pods.cache.find('owner', uid))
    .filter(
      pod =>
        !pod.metadata?.deletionTimestamp &&
        isGated(pod) &&
        (revisions.length === 0 ||
          revisions.includes(revisionKeyOf(pod) ?? '')),
    );
}

export function isGated(pod: V1Pod): boolean {
  return Boolean(
    pod.spec?.schedulingGates?.some(({ name }) => name === SCHEDULING_GATE),
  );
}

/** A version may have been asked for by several revisions; each ReplicaSet is an owner of its own. */
function ownerUids(
  watches: ReleaseWatches,
  { metadata, spec }: KeptnWorkloadVersion,
  revisions: string[],
): string[] {
  const replicaSets = revisions
    .filter(key => key.startsWith('ReplicaSet.'))
    .map(key => key.slice('ReplicaSet.'.length))
    .flatMap(
      name =>
        watches.replicaSets.cache.get({ namespace: metadata.namespace, name })
          ?.metadata?.uid ?? [],
    );
  return [...new Set([spec.resourceReference.uid, ...replicaSets])];
}

function revisionsOf({ metadata }: KeptnWorkloadVersion): string[] {
  return (metadata.annotations?.[REVISIONS_ANNOTATION] ?? '')
    .split(',')
    .filter(Boolean);
}
