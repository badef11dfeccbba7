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

import { KubeObject } from '../ClusterApi';
import { conflict, invalidObject } from '../errors/StatusError';
import { recordUpdate } from '../apply/managedFields';
import { deepEqual, semanticEqual } from '../schema/json';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { ApiContext } from './ApiContext';
import { checkCustomKind } from './decodeBody';
import { Steps } from './steps';
import { validateMetadata, validateMetadataUpdate } from './validateMetadata';
import { viewOf } from './views';

/** A change of an object that exists: what it was, what the client wants, and through which door. */
export interface Update {
  type: ResourceType;
  /** As stored. */
  stored: KubeObject;
  /** The wanted object in the request's version; changed by the functions below. */
  next: KubeObject;
  subresource?: string;
  options: WriteOptions;
  /** The managed fields are right already, as server-side apply leaves them. */
  managed?: boolean;
}

/**
 * Carries an update out: keeps what clients do not own, validates, counts the generation and stores.
 * A change that changes nothing stores nothing. Answers the view that the client gets; undefined when somebody else has
 * changed the object while a webhook was being asked.
 */
export function* writeUpdate(
  context: ApiContext,
  update: Update,
): Steps<KubeObject | undefined> {
  const { type, stored, subresource, options } = update;
  const old = viewOf(type, stored);
  const { namespace, name } = old.metadata;
  const operation = 'UPDATE' as const;
  const write = { type, operation, namespace, name, subresource, old, options };
  const wanted = yield* context.extensions.mutate({
    ...write,
    object: update.next,
  });
  const next = mergeWithOld({ ...update, next: wanted as KubeObject }, old);
  checkCustomKind(type, next);
  for (const plugin of context.admission) {
    plugin.update?.(type, next, old, options);
  }
  validateUpdate(type, next, old, options, subresource);
  setGeneration(type, next, old, subresource);
  if (!update.managed) recordUpdate(type, old, next, options, subresource);
  yield* context.extensions.validate({ ...write, object: next });
  const collection = context.store.collection(type.storage);
  if (collection.get(namespace, name) !== stored) return undefined;
  if (sameButManagers(old, next)) return old;
  const removable =
    !!next.metadata.deletionTimestamp &&
    !next.metadata.finalizers?.length &&
    (next.metadata.deletionGracePeriodSeconds ?? 0) === 0;
  if (options.dryRun) return next;
  if (removable) {
    collection.remove(next.metadata.namespace, next.metadata.name);
    return next;
  }
  return viewOf(type, collection.put(toStorage(type, next)));
}

/** The object in its storage version. */
export function toStorage(type: ResourceType, object: KubeObject): KubeObject {
  return type.toStorage ? type.toStorage(object) : object;
}

/** Refuses an update that was made from another state than the present one. */
export function checkPreconditions(
  type: ResourceType,
  next: KubeObject,
  old: KubeObject,
) {
  const { uid, resourceVersion } = next.metadata;
  if (uid && uid !== old.metadata.uid) {
    const key = [
      '/registry',
      type.plural,
      old.metadata.namespace,
      old.metadata.name,
    ];
    throw conflict(
      type,
      old.metadata.name,
      `StorageError: invalid object, Code: 4, Key: ${key
        .filter(Boolean)
        .join(
          '/',
        )}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${
        old.metadata.uid
      }`,
    );
  }
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
    throw conflict(type, old.metadata.name);
  }
}

function mergeWithOld(update: Update, old: KubeObject): KubeObject {
  const { type, subresource, next } = update;
  const { strategy } = type;
  let object = next;
  if (subresource === 'status') {
    if (!type.builtIn) {
      const { managedFields } = next.metadata;
      object = {
        ...old,
        kind: next.kind,
        metadata: { ...old.metadata, managedFields },
      };
      if (next.status === undefined) delete object.status;
      else object.status = next.status;
    } else {
      const status = next.status;
      object = { ...old, metadata: next.metadata };
      if (status === undefined) delete object.status;
      else object.status = status;
      strategy.prepareForStatusUpdate?.(object, old);
    }
  } else {
    if (type.hasStatus) {
      if (old.status === undefined) delete object.status;
      else object.status = old.status;
    }
    strategy.prepareForUpdate?.(object, old);
  }
  keepSystemMetadata(object, old);
  return object;
}

function keepSystemMetadata(object: KubeObject, old: KubeObject) {
  const metadata: Record<string, unknown> = { ...object.metadata };
  const kept = [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'generation',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generateName',
    'resourceVersion',
  ] as const;
  for (const key of kept) {
    if (key === 'generateName' && metadata.generateName) continue;
    if (old.metadata[key] === undefined) delete metadata[key];
    else metadata[key] = old.metadata[key];
  }
  delete metadata.selfLink;
  for (const key of ['labels', 'annotations'] as const) {
    const map = metadata[key] as object | undefined;
    if (map && Object.keys(map).length === 0) delete metadata[key];
  }
  for (const key of ['finalizers', 'ownerReferences', 'managedFields']) {
    const list = metadata[key] as unknown[] | undefined;
    if (list && list.length === 0) delete metadata[key];
  }
  if (metadata.managedFields === undefined && old.metadata.managedFields) {
    metadata.managedFields = old.metadata.managedFields;
  }
  object.metadata = metadata as unknown as KubeObject['metadata'];
}

function validateUpdate(
  type: ResourceType,
  next: KubeObject,
  old: KubeObject,
  options: WriteOptions,
  subresource?: string,
) {
  const { strategy } = type;
  const errors = [
    ...validateMetadata(next, type),
    ...validateMetadataUpdate(next, old),
    ...(type.custom?.validate(next, old, subresource) ?? []),
    ...(subresource === 'status'
      ? strategy.validateStatusUpdate?.(next, old) ?? []
      : [
          ...(strategy.validate?.(next) ?? []),
          ...(strategy.validateUpdate?.(next, old, options) ?? []),
        ]),
  ];
  if (errors.length) throw invalidObject(type, old.metadata.name, errors);
}

function setGeneration(
  type: ResourceType,
  next: KubeObject,
  old: KubeObject,
  subresource?: string,
) {
  const {
    hasGeneration,
    countsAnnotations,
    countedPart = (object: KubeObject) => object,
  } = type.strategy;
  if (!hasGeneration) return;
  const after = countedPart(next);
  const before = countedPart(old);
  const changed = [
    ...new Set([...Object.keys(next), ...Object.keys(old)]),
  ].some(
    key =>
      key !== 'metadata' &&
      !(key === 'status' && type.hasStatus) &&
      !semanticEqual(after[key], before[key]),
  );
  const annotated =
    countsAnnotations &&
    !subresource &&
    !semanticEqual(next.metadata.annotations, old.metadata.annotations);
  if (changed || annotated) {
    next.metadata = {
      ...next.metadata,
      generation: (old.metadata.generation ?? 0) + 1,
    };
  }
}

/** Managers alone, when only their times differ, are no change. */
function sameButManagers(a: KubeObject, b: KubeObject): boolean {
  const plain = (object: KubeObject) => ({
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: (object.metadata.managedFields ?? []).map(entry => ({
        ...(entry as object),
        time: undefined,
      })),
    },
  });
  const { metadata: left, ...restA } = a;
  const { metadata: right, ...restB } = b;
  if (!deepEqual(restA, restB)) return false;
  return deepEqual(
    JSON.parse(JSON.stringify(plain({ ...a, metadata: left }).metadata)),
    JSON.parse(JSON.stringify(plain({ ...b, metadata: right }).metadata)),
  );
}
