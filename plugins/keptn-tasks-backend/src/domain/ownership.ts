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

import type { V1ObjectMeta, V1OwnerReference } from '@kubernetes/client-node';

interface Owner {
  apiVersion: string;
  kind: string;
  metadata: { name: string; uid: string };
}

/** The reference by which an object belongs to its owner and is deleted with it. */
export function ownerReference(owner: Owner): V1OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Whether the object's controller is this very owner, not one of the same name before it. */
export function isControlledBy(
  object: { metadata?: V1ObjectMeta },
  owner: { metadata: { uid: string } },
): boolean {
  return (
    object.metadata?.ownerReferences?.some(
      reference => reference.controller && reference.uid === owner.metadata.uid,
    ) ?? false
  );
}
