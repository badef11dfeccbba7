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

import pLimit from 'p-limit';
import type {
  ClusterObject,
  Kind,
  ObjectKey,
  ResourceTypes,
} from './resourceKinds';

export type { Kind, ObjectKey, ResourceTypes } from './resourceKinds';

/** Which objects of a kind are meant; all of the cluster when nothing is said. */
export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface DeleteOptions {
  /** Deletes only the object with this uid, not one of the same name after it. */
  uid?: string;
  propagation?: 'Foreground' | 'Background';
}

/** An object without what the API server fills in. */
export type NewObject<K extends Kind> = ResourceTypes[K] extends ClusterObject
  ? Omit<ResourceTypes[K], 'metadata' | 'apiVersion' | 'kind'> & {
      metadata: NonNullable<ClusterObject['metadata']>;
      apiVersion?: string;
      kind?: string;
    }
  : never;

/**
 * Reads and writes objects of one cluster, always live. Absence is `undefined`; everything else that goes wrong is a
 * `ClusterError`. Times are `Date`s where the types say so.
 */
export interface ClusterClient {
  get<K extends Kind>(
    kind: K,
    key: ObjectKey,
  ): Promise<ResourceTypes[K] | undefined>;
  /** Reads page by page. */
  list<K extends Kind>(
    kind: K,
    options?: ListOptions,
  ): Promise<ResourceTypes[K][]>;
  /** The namespace is that of the object's metadata. Rejects with `already-exists` when the name is taken. */
  create<K extends Kind>(
    kind: K,
    object: NewObject<K>,
  ): Promise<ResourceTypes[K]>;
  /** Rejects with `conflict` when the object's resourceVersion is not the stored one. */
  replace<K extends Kind>(
    kind: K,
    object: ResourceTypes[K],
  ): Promise<ResourceTypes[K]>;
  /** JSON merge patch; with `metadata.resourceVersion` in it, rejects with `conflict` when that is not the stored one. */
  patch<K extends Kind>(
    kind: K,
    key: ObjectKey,
    patch: object,
  ): Promise<ResourceTypes[K]>;
  /** The same for the status alone. */
  patchStatus<K extends Kind>(
    kind: K,
    key: ObjectKey,
    patch: object,
  ): Promise<ResourceTypes[K]>;
  /** Does nothing when the object is gone, or is another one than `uid`. */
  delete(kind: Kind, key: ObjectKey, options?: DeleteOptions): Promise<void>;
}

/** A client with something around each of its writes. */
export function aroundWrites(
  client: ClusterClient,
  around: <T>(write: () => Promise<T>) => Promise<T>,
): ClusterClient {
  return {
    get: (...args) => client.get(...args),
    list: (...args) => client.list(...args),
    create: (...args) => around(() => client.create(...args)),
    replace: (...args) => around(() => client.replace(...args)),
    patch: (...args) => around(() => client.patch(...args)),
    patchStatus: (...args) => around(() => client.patchStatus(...args)),
    delete: (...args) => around(() => client.delete(...args)),
  };
}

/** A client that asks before each write whether it may; `refuse` throws when not. */
export function fenceWrites(
  client: ClusterClient,
  refuse: () => void,
): ClusterClient {
  return aroundWrites(client, async write => {
    refuse();
    return write();
  });
}

/** A client that has at most so many writes under way; others wait for their turn. */
export function limitWrites(
  client: ClusterClient,
  concurrency: number,
): ClusterClient {
  const limit = pLimit(concurrency);
  return aroundWrites(client, write => limit(write));
}
