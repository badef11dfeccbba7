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
import type { ObservedRevision } from '../../../domain/release/gate/ObservedRevision';
import type { GateObservation } from '../../../domain/release/gate/planGate';
import {
  REVISION_HASH_LABEL,
  revisionKeyOf,
  revisionKeyOfTemplate,
  revisionOwnerOf,
} from '../../../domain/release/revision';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseWatches } from '../ReleaseWatches';
import { knownClearedRevisions, observeRevision } from './observeRevisions';

/** Gathers all that the gate of a Pod depends on, from memory. */
export function observeGate(
  context: ReleaseContext,
  pod: V1Pod,
): GateObservation {
  const { watches, config } = context;
  const namespace = pod.metadata!.namespace!;
  return {
    pod,
    mode: config.gates ?? 'declared',
    isOptedIn: watches.isOptedIn(namespace),
    revision: revisionOf(context, pod),
    workload: workloadOf(watches, pod),
    cleared: knownClearedRevisions(context, namespace),
    blocks: blockedStatefulSet(watches, pod),
  };
}

/** With Pods made in parallel, or replaced when somebody deletes them, no Pod holds another one up. */
function blockedStatefulSet(
  { statefulSets }: ReleaseWatches,
  pod: V1Pod,
): string | undefined {
  const owner = revisionOwnerOf(pod);
  if (owner?.kind !== 'StatefulSet') {
    return undefined;
  }
  const { namespace, labels } = pod.metadata!;
  const { spec, status } =
    statefulSets.cache.get({ namespace: namespace!, name: owner.name }) ?? {};
  const isOrdered =
    spec?.podManagementPolicy !== 'Parallel' &&
    spec?.updateStrategy?.type !== 'OnDelete';
  const newest = status?.updateRevision;
  return isOrdered && newest && newest !== labels?.[REVISION_HASH_LABEL]
    ? owner.name
    : undefined;
}

function revisionOf(
  { watches, now }: ReleaseContext,
  pod: V1Pod,
): ObservedRevision | undefined {
  const key = revisionKeyOf(pod);
  const owner = revisionOwnerOf(pod);
  if (!key || !owner) {
    return undefined;
  }
  const namespace = pod.metadata!.namespace!;
  const source =
    owner.kind === 'ReplicaSet'
      ? watches.replicaSets.cache.get({ namespace, name: owner.name })
      : watches.controllerRevisions.cache
          .find('controller', owner.uid)
          .find(revision => revisionKeyOfTemplate(revision) === key);
  return observeRevision(watches, {
    namespace,
    key,
    ownerUid: owner.uid,
    // What was not seen yet counts as new: it is looked at again when it was.
    createdAt: new Date(source?.metadata?.creationTimestamp ?? now()),
  });
}

/** What people look after: the Deployment or Rollout rather than its ReplicaSet. */
export function workloadOf(
  watches: ReleaseWatches,
  pod: V1Pod,
): GateObservation['workload'] {
  const owner = revisionOwnerOf(pod);
  if (!owner) {
    return undefined;
  }
  const { kind, name } = owner;
  const key = { namespace: pod.metadata!.namespace!, name };
  if (kind !== 'ReplicaSet') {
    const found =
      kind === 'StatefulSet'
        ? watches.statefulSets.cache.get(key)
        : watches.daemonSets.cache.get(key);
    return found && { kind, name, words: [found.metadata] };
  }
  const replicaSet = watches.replicaSets.cache.get(key);
  const above = replicaSet?.metadata?.ownerReferences?.find(
    ({ controller }) => controller,
  );
  if (!replicaSet || !above) {
    return replicaSet && { kind, name, words: [replicaSet.metadata] };
  }
  const aboveKey = { ...key, name: above.name };
  const found =
    above.kind === 'Rollout'
      ? watches.rollouts?.cache.get(aboveKey)
      : watches.deployments.cache.get(aboveKey);
  return (
    found && {
      kind: above.kind,
      name: above.name,
      words: [found.metadata, replicaSet.metadata],
    }
  );
}
