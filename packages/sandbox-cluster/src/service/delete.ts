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

import { DeleteOptions, KubeObject } from '../ClusterApi';
import { conflict } from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { ApiContext, timestamp } from './ApiContext';
import { atOnce, Steps } from './steps';
import { storedObject, Target } from './update';
import { viewOf } from './views';
import { toStorage } from './write';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

/** What a delete did. */
export interface Deletion {
  /** The last state of the object. */
  object: KubeObject;
  /** Answer with a bare success: no finalizer and no grace period had a part in it. */
  gone: boolean;
}

/** Deletes an object for the server itself: no webhook is asked. */
export function deleteObject(
  ...args: Parameters<typeof deleteSteps>
): Deletion {
  return atOnce(deleteSteps(...args));
}

/** Deletes an object, or marks it as being deleted while something still holds it. */
export function* deleteSteps(
  context: ApiContext,
  target: Target,
  deletion: DeleteOptions,
  options: WriteOptions,
): Steps<Deletion> {
  const { type, namespace, name } = target;
  const operation = 'DELETE' as const;
  const seen = viewOf(type, storedObject(context, target));
  const write = { type, operation, namespace, name, old: seen, options };
  yield* context.extensions.mutate(write);
  yield* context.extensions.validate(write);
  const old = viewOf(type, storedObject(context, target));
  checkDeletePreconditions(type, old, deletion);
  for (const plugin of context.admission) plugin.delete?.(type, old, options);
  if (type.kind === 'Namespace' && type.builtIn) {
    return { object: terminate(context, old, options), gone: false };
  }
  const finalizers = finalizersAfter(type, old, deletion, options);
  const grace = type.strategy.gracePeriod?.(old, deletion.gracePeriodSeconds);
  if (!finalizers.length && !grace)
    return removeNow(context, type, old, grace, options);
  const next = mark(old, finalizers, grace);
  if (next === old || options.dryRun) return { object: next, gone: false };
  const collection = context.store.collection(type.storage);
  return {
    object: viewOf(type, collection.put(toStorage(type, next))),
    gone: false,
  };
}

/** A namespace lives on as Terminating until its contents are gone. */
function terminate(
  context: ApiContext,
  old: KubeObject,
  options: WriteOptions,
): KubeObject {
  if (old.metadata.deletionTimestamp || options.dryRun) return old;
  return context.store.collection('/namespaces').put({
    ...old,
    metadata: { ...old.metadata, deletionTimestamp: timestamp() },
    status: { ...old.status, phase: 'Terminating' },
  });
}

function removeNow(
  context: ApiContext,
  type: ResourceType,
  old: KubeObject,
  grace: number | undefined,
  options: WriteOptions,
): Deletion {
  // Kinds with graceful deletion show their end in two steps, also when no time is left.
  const isGraceful = grace !== undefined;
  const last = isGraceful ? mark(old, [], 0) : old;
  if (options.dryRun) return { object: last, gone: !isGraceful };
  const collection = context.store.collection(type.storage);
  if (last !== old) collection.put(toStorage(type, { ...last }));
  const { namespace, name } = old.metadata;
  const object = collection.remove(namespace, name);
  return { object: object ? viewOf(type, object) : last, gone: !isGraceful };
}

function checkDeletePreconditions(
  type: ResourceType,
  { metadata }: KubeObject,
  { preconditions }: DeleteOptions,
) {
  const named = { group: type.group, plural: type.kind };
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid && uid !== metadata.uid) {
    throw conflict(
      named,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      named,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function finalizersAfter(
  type: ResourceType,
  { metadata }: KubeObject,
  { propagationPolicy }: DeleteOptions,
  options: WriteOptions,
): string[] {
  const present = metadata.finalizers ?? [];
  const rest = present.filter(f => f !== ORPHAN && f !== FOREGROUND);
  switch (propagationPolicy) {
    case 'Orphan':
      return [...rest, ORPHAN];
    case 'Foreground':
      return [...rest, FOREGROUND];
    case 'Background':
      return rest;
    default:
  }
  if (present.length !== rest.length) return [...present];
  if (type.strategy.defaultPropagation !== 'Orphan') return [...present];
  options.warn(
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  );
  return [...rest, ORPHAN];
}

function mark(
  old: KubeObject,
  finalizers: string[],
  grace: number | undefined,
): KubeObject {
  const { metadata } = old;
  const seconds = grace ?? 0;
  const already = metadata.deletionTimestamp !== undefined;
  const sameFinalizers =
    finalizers.join() === (metadata.finalizers ?? []).join();
  const shortens = seconds < (metadata.deletionGracePeriodSeconds ?? 0);
  if (already && sameFinalizers && !shortens) return old;
  const next = { ...old, metadata: { ...metadata } };
  if (finalizers.length) next.metadata.finalizers = finalizers;
  else delete next.metadata.finalizers;
  if (!already || shortens) {
    next.metadata.deletionTimestamp = timestamp(
      new Date(Date.now() + seconds * 1000),
    );
    next.metadata.deletionGracePeriodSeconds = seconds;
  }
  if (!already && metadata.generation) {
    next.metadata.generation = metadata.generation + 1;
  }
  return next;
}
