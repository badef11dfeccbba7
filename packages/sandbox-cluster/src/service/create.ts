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

import { randomUUID } from 'node:crypto';
import { KubeObject } from '../ClusterApi';
import { recordUpdate } from '../apply/managedFields';
import {
  alreadyExists,
  badRequest,
  invalidObject,
  plainServerError,
} from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { ApiContext, timestamp } from './ApiContext';
import { checkCustomKind, decodeBody } from './decodeBody';
import { generateName } from './names';
import { atOnce, Steps } from './steps';
import { validateMetadata } from './validateMetadata';
import { viewOf } from './views';
import { toStorage } from './write';

const GENERATE_ATTEMPTS = 8;

/** Creates an object for the server itself: no webhook is asked. */
export function createObject(
  ...args: Parameters<typeof createSteps>
): KubeObject {
  return atOnce(createSteps(...args));
}

/** Creates an object from a JSON body, which it takes over. Answers what was stored. */
export function* createSteps(
  context: ApiContext,
  type: ResourceType,
  namespace: string | undefined,
  body: unknown,
  options: WriteOptions,
  { managed = false } = {},
): Steps<KubeObject> {
  let object = decodeBody(type, body, options);
  if (type.hasStatus) delete object.status;
  if (!managed) {
    // What the server fills in below belongs to nobody.
    delete object.metadata.managedFields;
    recordUpdate(type, undefined, object, options);
  }
  checkNewMetadata(type, object, namespace);
  for (const plugin of context.admission) {
    plugin.mutate?.(type, object, options);
  }
  const write = {
    type,
    operation: 'CREATE' as const,
    namespace: object.metadata.namespace,
    name: object.metadata.name ?? '',
    options,
  };
  object = (yield* context.extensions.mutate({
    ...write,
    object,
  })) as KubeObject;
  prepare(type, object);
  for (const plugin of context.admission)
    plugin.create?.(type, object, options);
  checkCustomKind(type, object);
  const errors = [
    ...validateMetadata(object, type),
    ...(type.custom?.validate(object) ?? []),
    ...(type.strategy.validate?.(object) ?? []),
    ...(type.strategy.validateCreate?.(object) ?? []),
  ];
  if (errors.length) {
    throw invalidObject(type, object.metadata.name ?? '', errors);
  }
  type.strategy.warnings?.(object).forEach(options.warn);
  yield* context.extensions.validate({ ...write, object });
  const collection = context.store.collection(type.storage);
  ensureFree(context, type, object);
  if (options.dryRun) return object;
  return viewOf(type, collection.put(toStorage(type, object)));
}

function checkNewMetadata(
  type: ResourceType,
  { metadata }: KubeObject,
  namespace: string | undefined,
) {
  if (metadata.resourceVersion) {
    throw plainServerError(
      'resourceVersion should not be set on objects to be created',
    );
  }
  if (!type.namespaced) {
    delete metadata.namespace;
    return;
  }
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  metadata.namespace = namespace;
}

function prepare(type: ResourceType, object: KubeObject) {
  const { metadata } = object;
  const { name, generateName: prefix, labels, annotations, ...rest } = metadata;
  const clean: Record<string, unknown> = {
    name: name || (prefix ? generateName(prefix) : undefined),
    generateName: prefix,
    namespace: metadata.namespace,
    uid: randomUUID(),
    generation: rest.generation,
    creationTimestamp: timestamp(),
    labels: emptyToUndefined(labels),
    annotations: emptyToUndefined(annotations),
    ownerReferences: rest.ownerReferences?.length
      ? rest.ownerReferences
      : undefined,
    finalizers: rest.finalizers?.length ? rest.finalizers : undefined,
    managedFields: rest.managedFields,
  };
  for (const key of Object.keys(clean)) {
    if (clean[key] === undefined) delete clean[key];
  }
  object.metadata = clean as unknown as KubeObject['metadata'];
  if (type.strategy.hasGeneration) object.metadata.generation = 1;
  type.strategy.prepareForCreate?.(object);
}

function ensureFree(
  context: ApiContext,
  type: ResourceType,
  object: KubeObject,
) {
  const collection = context.store.collection(type.storage);
  const { metadata } = object;
  let attempts = GENERATE_ATTEMPTS;
  for (;;) {
    const existing = collection.get(metadata.namespace, metadata.name);
    if (!existing) return;
    if (metadata.generateName && --attempts > 0) {
      metadata.name = generateName(metadata.generateName);
      continue;
    }
    throw alreadyExists(
      type,
      metadata.name,
      existing.metadata.deletionTimestamp ? 'object is being deleted: ' : '',
    );
  }
}

function emptyToUndefined<T extends object>(map: T | undefined): T | undefined {
  return map && Object.keys(map).length ? map : undefined;
}
