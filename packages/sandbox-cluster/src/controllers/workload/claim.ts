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

import { selects } from '../../admission/matching/selectors';
import { KubeObject, StatusError } from '../../ClusterApi';
import { ChildIndex } from './ChildIndex';
import { controllerOf, controllerReference } from './owners';

/**
 * The children of a workload: what it controls and selects. What it controls and no longer selects is let go, and
 * what nobody controls and it selects is taken in, both unless the workload is being deleted.
 *
 * @param fits - what a child must fulfil beside the selector
 */
export function claimChildren(
  index: ChildIndex,
  owner: KubeObject,
  fits: (child: KubeObject) => boolean = () => true,
): KubeObject[] {
  const isChild = (child: KubeObject) =>
    selects(owner.spec.selector, child.metadata.labels) && fits(child);
  const leaving = Boolean(owner.metadata.deletionTimestamp);
  const owned = index.ownedBy(owner);
  if (leaving) return owned.filter(isChild);
  for (const child of owned) {
    if (!isChild(child) && !child.metadata.deletionTimestamp) {
      rewriteOwners(index, child, owners =>
        owners.filter(({ uid }) => uid !== owner.metadata.uid),
      );
    }
  }
  for (const orphan of index.orphansIn(owner.metadata.namespace!)) {
    if (orphan.metadata.deletionTimestamp || !isChild(orphan)) continue;
    rewriteOwners(index, orphan, owners => [
      ...owners,
      controllerReference(owner),
    ]);
  }
  return index.ownedBy(owner).filter(isChild);
}

type Owners = NonNullable<KubeObject['metadata']['ownerReferences']>;

function rewriteOwners(
  { client }: ChildIndex,
  child: KubeObject,
  change: (owners: Owners) => Owners,
): void {
  const ownerReferences = change(child.metadata.ownerReferences ?? []);
  try {
    client.update({
      ...child,
      metadata: { ...child.metadata, ownerReferences },
    });
  } catch (error) {
    // Gone or changed meanwhile: the change brings its owner back here.
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Whether this workload would take the object in, if nobody controls it. */
export function wouldClaim(owner: KubeObject, object: KubeObject): boolean {
  return (
    !controllerOf(object) &&
    !owner.metadata.deletionTimestamp &&
    selects(owner.spec.selector, object.metadata.labels)
  );
}
