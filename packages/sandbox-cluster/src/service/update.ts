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
import { invalid } from '../errors/FieldError';
import {
  badRequest,
  conflict,
  invalidObject,
  notFound,
  plainServerError,
  StatusError,
} from '../errors/StatusError';
import { ResourceType, WriteOptions } from '../resources/ResourceType';
import { deepCopy, isObject, Json } from '../schema/json';
import { ApiContext } from './ApiContext';
import { createSteps } from './create';
import { decodeBody } from './decodeBody';
import { atOnce, Steps } from './steps';
import { viewOf } from './views';
import { checkPreconditions, writeUpdate } from './write';

const PATCH_ATTEMPTS = 5;

/** Where an update goes. */
export interface Target {
  type: ResourceType;
  namespace: string | undefined;
  name: string;
  subresource?: string;
}

/** The stored object of a target. Throws a 404. */
export function storedObject(context: ApiContext, target: Target): KubeObject {
  const stored = context.store
    .collection(target.type.storage)
    .get(target.namespace, target.name);
  if (!stored) throw notFound(target.type, target.name);
  return stored;
}

/** Replaces an object for the server itself: no webhook is asked. */
export function updateObject(
  ...args: Parameters<typeof updateSteps>
): KubeObject {
  return atOnce(updateSteps(...args));
}

/** Replaces an object (PUT), or its status. */
export function* updateSteps(
  context: ApiContext,
  target: Target,
  body: unknown,
  options: WriteOptions,
): Steps<KubeObject> {
  const { type, name, subresource } = target;
  if (isObject(body) && isObject(body.metadata)) {
    checkName(body.metadata, target);
  }
  const next = decodeBody(type, body, options);
  const stored = storedObject(context, target);
  const { resourceVersion } = next.metadata;
  if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
    throw plainServerError(
      `strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  if (!resourceVersion && !type.strategy.unconditionalUpdate) {
    throw invalidObject({ group: type.group, kind: type.plural }, name, [
      invalid('metadata.resourceVersion', 0, 'must be specified for an update'),
    ]);
  }
  checkPreconditions(type, next, viewOf(type, stored));
  const update = { type, stored, next, subresource, options };
  const object = yield* writeUpdate(context, update);
  if (!object) throw conflict(type, name);
  return object;
}

/** Patches an object for the server itself: no webhook is asked. */
export function patchObject(
  ...args: Parameters<typeof patchSteps>
): KubeObject {
  return atOnce(patchSteps(...args));
}

/** Changes an object through a function from its present state to the wanted one (PATCH). */
export function* patchSteps(
  context: ApiContext,
  target: Target,
  patch: (current: Json) => Json,
  options: WriteOptions,
): Steps<KubeObject> {
  const { type, subresource } = target;
  for (let attempt = 1; attempt <= PATCH_ATTEMPTS; attempt += 1) {
    const stored = storedObject(context, target);
    const patched = patch(deepCopy(viewOf(type, stored)));
    if (isObject(patched.metadata)) checkName(patched.metadata, target);
    const next = decodePatched(type, patched, options);
    const { uid } = next.metadata;
    if (uid !== stored.metadata.uid) {
      throw invalidObject(type, target.name, [
        invalid('metadata.uid', uid ?? '', 'field is immutable'),
      ]);
    }
    checkPreconditions(type, next, viewOf(type, stored));
    const update = { type, stored, next, subresource, options };
    const object = yield* writeUpdate(context, update);
    if (object) return object;
  }
  throw conflict(type, target.name);
}

/**
 * Server-side apply: `apply` makes the wanted object, managedFields included, from the live one.
 * An object that does not exist is created, unless a subresource is applied.
 */
export function* applySteps(
  context: ApiContext,
  target: Target,
  apply: (live: KubeObject | undefined) => Json,
  options: WriteOptions,
): Steps<{ object: KubeObject; created: boolean }> {
  const { type, namespace, name, subresource } = target;
  const stored = context.store.collection(type.storage).get(namespace, name);
  if (!stored) {
    if (subresource) throw notFound(type, name);
    const body = apply(undefined);
    const object = yield* createSteps(
      context,
      type,
      namespace,
      {
        ...body,
        metadata: { ...body.metadata, name },
      },
      options,
      { managed: true },
    );
    return { object, created: true };
  }
  const next = decodeBody(type, deepCopy(apply(viewOf(type, stored))), options);
  checkPreconditions(type, next, viewOf(type, stored));
  const object = yield* writeUpdate(context, {
    type,
    stored,
    next,
    subresource,
    options,
    managed: true,
  });
  if (!object) throw conflict(type, name);
  return { object, created: false };
}

function checkName(metadata: Json, { name, namespace, type }: Target) {
  if (metadata.name && metadata.name !== name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  if (
    type.namespaced &&
    metadata.namespace &&
    metadata.namespace !== namespace
  ) {
    throw badRequest(
      `the namespace of the object (${metadata.namespace}) does not match the namespace on the URL (${namespace})`,
    );
  }
}

/** What a patch makes is refused with the whole patched object in the message, as a 422. */
function decodePatched(
  type: ResourceType,
  patched: Json,
  options: WriteOptions,
): KubeObject {
  const text = JSON.stringify(patched);
  try {
    return decodeBody(type, patched, options);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 400) throw error;
    const detail = error.message.replace(
      /^.*? cannot be handled as a [^:]*: (strict decoding error: )?/,
      '$1',
    );
    throw invalidObject({ group: '', kind: '' }, '', [
      invalid('patch', text, detail),
    ]);
  }
}
