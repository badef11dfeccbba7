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

import type {
  V1ControllerRevision,
  V1OwnerReference,
  V1Pod,
} from '@kubernetes/client-node';

/** Names the revision of a StatefulSet or DaemonSet that a Pod was made from. */
export const REVISION_HASH_LABEL = 'controller-revision-hash';

/** Kubernetes takes no longer keys of a ConfigMap. */
export const MAX_KEY = 253;

/** What a Pod belongs to directly: one Pod template at a time, or at least one for each Pod. */
export type RevisionKind = 'ReplicaSet' | 'StatefulSet' | 'DaemonSet';

/** One version of the Pod template of a workload. */
export interface Revision {
  kind: string;
  /** Of the ReplicaSet, StatefulSet or DaemonSet. */
  name: string;
  /** Value of the Pods' label `controller-revision-hash`; a ReplicaSet has one template and needs none. */
  hash?: string;
}

/** The one name of a revision: on objects, and in the ConfigMap of those that are cleared. */
export function revisionKey({ kind, name, hash }: Revision): string {
  return hash === undefined ? `${kind}.${name}` : `${kind}.${name}.${hash}`;
}

/** The revision that a Pod was made from; `undefined` where its controller is none of ours to look after. */
export function revisionKeyOf(pod: V1Pod): string | undefined {
  const owner = revisionOwnerOf(pod);
  if (!owner) {
    return undefined;
  }
  const { kind, name } = owner;
  if (kind === 'ReplicaSet') {
    return revisionKey({ kind, name });
  }
  const hash = pod.metadata?.labels?.[REVISION_HASH_LABEL];
  return hash ? revisionKey({ kind, name, hash }) : undefined;
}

/** The revision that a ControllerRevision stands for, as the Pods made from it name it. */
export function revisionKeyOfTemplate(
  revision: V1ControllerRevision,
): string | undefined {
  const owner = revisionOwnerOf(revision);
  if (!owner || owner.kind === 'ReplicaSet') {
    return undefined;
  }
  const { kind, name } = owner;
  // The Pods of a StatefulSet carry the name of the ControllerRevision, those of a DaemonSet its label.
  const hash =
    kind === 'StatefulSet'
      ? revision.metadata?.name
      : revision.metadata?.labels?.[REVISION_HASH_LABEL];
  return hash ? revisionKey({ kind, name, hash }) : undefined;
}

/** The ReplicaSet, StatefulSet or DaemonSet that controls an object. */
export function revisionOwnerOf({
  metadata,
}: V1Pod | V1ControllerRevision):
  | (V1OwnerReference & { kind: RevisionKind })
  | undefined {
  return metadata?.ownerReferences?.find(
    (reference): reference is V1OwnerReference & { kind: RevisionKind } =>
      reference.controller === true &&
      reference.apiVersion.startsWith('apps/') &&
      ['ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(reference.kind),
  );
}

/**
 * Whether a revision can be listed in a ConfigMap. One with a longer name is not: its Pods are held until somebody looks
 * at them, which is slower but lets none through.
 */
export function isListable(key: string): boolean {
  return key.length <= MAX_KEY;
}
