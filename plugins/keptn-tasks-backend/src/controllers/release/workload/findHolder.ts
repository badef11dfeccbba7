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

import type { ObjectKey } from '../../../cluster/ClusterClient';
import { keyText } from '../../../cluster/ResourceCache';
import { workloadNameOf } from '../../../domain/release/identity/identify';
import type { KeptnWorkload } from '../../../domain/release/resources';
import { toMs } from '../../../domain/time';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseWatches } from '../ReleaseWatches';
import { isLeftAlone } from './leftAlone';
import type { ObservedWorkload } from './observeWorkload';
import { observeWorkload } from './observeWorkload';
import {
  keyOfOwner,
  keyOfReplicaSet,
  listOwnerKeys,
  parseOwnerKey,
} from './ownerKeys';

/**
 * The workload that a name belongs to, when it is another one than `key`: whoever has it keeps it as long as he is
 * there and asks for it; where nobody has it yet, the oldest gets it.
 */
export async function findHolder(
  context: ReleaseContext,
  key: ObjectKey,
  observed: ObservedWorkload,
  workloadName: string,
): Promise<ObjectKey | undefined> {
  const { watches } = context;
  const { namespace } = key;
  const existing = watches.workloads.cache.get({
    namespace,
    name: workloadName,
  });
  if (!existing) {
    return oldestOther(context, key, observed, workloadName);
  }
  const holder = holderOf(watches, existing);
  if (!holder || keyText(holder.key) === keyText(key)) {
    return undefined;
  }
  const other = observeWorkload(watches, holder.key);
  if (!other) {
    // Whoever takes a name from somebody who is there starts a fight: ask the cluster itself.
    return (await isThere(context, holder)) ? holder.key : undefined;
  }
  const isSame = !holder.uid || other.owner.metadata.uid === holder.uid;
  return isSame && nameOf(other) === workloadName ? holder.key : undefined;
}

/**
 * Whether a KeptnWorkload is left over: its workload is there and asks to be called something else by now, or nothing
 * at all. Where that is not known it is not.
 */
export function isLeftOver(
  watches: ReleaseWatches,
  workload: KeptnWorkload,
): boolean {
  return findLeaver(watches, workload) !== undefined;
}

/** The workload that a KeptnWorkload is left over from, and what it is called now, if anything. */
export function findLeaver(
  watches: ReleaseWatches,
  workload: KeptnWorkload,
): { key: ObjectKey; name?: string } | undefined {
  const holder = holderOf(watches, workload);
  const observed = holder && observeWorkload(watches, holder.key);
  if (
    !observed?.revision ||
    (holder?.uid && observed.owner.metadata.uid !== holder.uid)
  ) {
    return undefined;
  }
  const name = nameOf(observed);
  return name === workload.metadata.name
    ? undefined
    : { key: holder!.key, name };
}

/** How a workload wants to be called. */
function nameOf({ revision, controller }: ObservedWorkload) {
  return workloadNameOf({ template: revision?.template, controller });
}

interface Holder {
  key: ObjectKey;
  /** Not known of the workload above a ReplicaSet. */
  uid?: string;
}

/** Keptn's operator leaves the ReplicaSet as the owner, we the workload above it. */
function holderOf(
  watches: ReleaseWatches,
  { metadata }: KeptnWorkload,
): Holder | undefined {
  const { namespace } = metadata;
  const [reference] = metadata.ownerReferences ?? [];
  if (reference?.kind === 'ReplicaSet') {
    const { name, uid } = reference;
    const replicaSet = watches.replicaSets.cache.get({ namespace, name });
    if (replicaSet?.metadata?.uid !== uid) {
      return undefined;
    }
    const key = keyOfReplicaSet(replicaSet);
    return key.name === `ReplicaSet:${name}` ? { key, uid } : { key };
  }
  const key = reference && keyOfOwner(namespace, reference);
  return key && { key, uid: reference.uid };
}

async function isThere(
  { client }: ReleaseContext,
  { key, uid }: Holder,
): Promise<boolean> {
  const { kind, name } = parseOwnerKey(key)!;
  const live = await client.get(kind, { namespace: key.namespace, name });
  return live !== undefined && (!uid || live.metadata?.uid === uid);
}

/** Those that are left alone ask for nothing. */
function oldestOther(
  context: ReleaseContext,
  key: ObjectKey,
  { owner }: ObservedWorkload,
  workloadName: string,
): ObjectKey | undefined {
  const age = (one: ObservedWorkload['owner']) =>
    [toMs(one.createdAt) ?? 0, one.metadata.uid] as const;
  const [createdMs, uid] = age(owner);
  const { watches } = context;
  return listOwnerKeys(watches, key.namespace).find(other => {
    const rival =
      keyText(other) === keyText(key)
        ? undefined
        : observeWorkload(watches, other);
    if (!rival?.revision || nameOf(rival) !== workloadName) {
      return false;
    }
    if (isLeftAlone(context, rival.owner.metadata.namespace, rival.revision)) {
      return false;
    }
    const [rivalMs, rivalUid] = age(rival.owner);
    return rivalMs < createdMs || (rivalMs === createdMs && rivalUid < uid);
  });
}
