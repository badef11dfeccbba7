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

import type { V1ReplicaSet } from '@kubernetes/client-node';
import type { ObjectKey } from '../../../cluster/ClusterClient';
import type { ClusterObject } from '../../../cluster/resourceKinds';
import { toMs } from '../../../domain/time';
import type { ReleaseWatches } from '../ReleaseWatches';

/** What people deploy. A ReplicaSet counts when neither a Deployment nor a Rollout stands above it. */
const OWNER_KINDS = [
  'Deployment',
  'Rollout',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** The key under which a workload is looked at: its kind is part of it. */
export function ownerKey(
  namespace: string,
  kind: OwnerKind,
  name: string,
): ObjectKey {
  return { namespace, name: `${kind}:${name}` };
}

/** The reverse; `undefined` for a key that names no workload. */
export function parseOwnerKey({
  name,
}: ObjectKey): { kind: OwnerKind; name: string } | undefined {
  const at = name.indexOf(':');
  const kind = OWNER_KINDS.find(one => one === name.slice(0, at));
  return kind && { kind, name: name.slice(at + 1) };
}

/** The key of what a reference or an object points to, as far as it is a workload. */
export function keyOfOwner(
  namespace: string,
  { kind, name }: { kind: string; name: string },
): ObjectKey | undefined {
  const known = OWNER_KINDS.find(one => one === kind);
  return known && ownerKey(namespace, known, name);
}

/** The key of the workload that a ReplicaSet belongs to; its own where nothing that we know stands above it. */
export function keyOfReplicaSet({ metadata }: V1ReplicaSet): ObjectKey {
  const { namespace, name, ownerReferences } = metadata!;
  const above = ownerReferences?.find(
    ({ controller, kind }) =>
      controller && (kind === 'Deployment' || kind === 'Rollout'),
  );
  return above
    ? ownerKey(namespace!, above.kind as OwnerKind, above.name)
    : ownerKey(namespace!, 'ReplicaSet', name!);
}

/** Every workload, the oldest first: who comes first keeps a name that two claim. */
export function listOwnerKeys(
  watches: ReleaseWatches,
  namespace?: string,
): ObjectKey[] {
  const { deployments, rollouts, statefulSets, daemonSets, replicaSets } =
    watches;
  const found: { key: ObjectKey; createdMs: number }[] = [];
  const add = (object: ClusterObject, key: ObjectKey) => {
    if (namespace === undefined || namespace === key.namespace) {
      const createdMs = toMs(object.metadata!.creationTimestamp) ?? 0;
      found.push({ key, createdMs });
    }
  };
  const addAll = (kind: OwnerKind, objects: Iterable<ClusterObject> = []) => {
    for (const object of objects) {
      const { namespace: place, name } = object.metadata!;
      add(object, ownerKey(place!, kind, name!));
    }
  };
  addAll('Deployment', deployments.cache.values());
  addAll('Rollout', rollouts?.cache.values());
  addAll('StatefulSet', statefulSets.cache.values());
  addAll('DaemonSet', daemonSets.cache.values());
  for (const replicaSet of replicaSets.cache.values()) {
    const key = keyOfReplicaSet(replicaSet);
    if (key.name.startsWith('ReplicaSet:')) {
      add(replicaSet, key);
    }
  }
  return found.sort((a, b) => a.createdMs - b.createdMs).map(({ key }) => key);
}
