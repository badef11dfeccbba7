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
import { ResourceType } from '../resources/ResourceType';

const cache = new WeakMap<KubeObject, string>();

/**
 * The JSON of an object without its kind and apiVersion, opening brace left out. Stored objects never
 * change, so lists and watches share one text.
 */
function fields(object: KubeObject): string {
  let text = cache.get(object);
  if (text === undefined) {
    const { kind: _kind, apiVersion: _version, ...rest } = object;
    text = JSON.stringify(rest).slice(1);
    cache.set(object, text);
  }
  return text;
}

/** A whole object, as `kind`, `apiVersion`, and the rest. */
export function serializeObject(object: KubeObject): string {
  const head = `{"kind":${JSON.stringify(
    object.kind,
  )},"apiVersion":${JSON.stringify(object.apiVersion)}`;
  const rest = fields(object);
  return rest === '}' ? `${head}}` : `${head},${rest}`;
}

/** An object inside a list: built-in kinds leave type meta out there. */
export function serializeItem(type: ResourceType, object: KubeObject): string {
  return type.builtIn ? `{${fields(object)}` : serializeObject(object);
}

/** What stands in the metadata of a list. */
export interface ListMeta {
  resourceVersion: string;
  continueToken?: string;
  remainingItemCount?: number;
}

export function listMeta(type: { builtIn: boolean }, meta: ListMeta) {
  return {
    ...(!type.builtIn && { continue: '' }),
    resourceVersion: meta.resourceVersion,
    ...(meta.continueToken && { continue: meta.continueToken }),
    ...(meta.remainingItemCount && {
      remainingItemCount: meta.remainingItemCount,
    }),
  };
}

/** A list of objects of one type. */
export function serializeList(
  type: ResourceType,
  apiVersion: string,
  meta: ListMeta,
  items: readonly KubeObject[],
): string {
  const body = items.map(item => serializeItem(type, item)).join(',');
  return `{"kind":${JSON.stringify(
    type.listKind,
  )},"apiVersion":${JSON.stringify(apiVersion)},"metadata":${JSON.stringify(
    listMeta(type, meta),
  )},"items":[${body}]}`;
}
