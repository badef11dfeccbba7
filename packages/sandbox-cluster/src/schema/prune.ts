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

import { isObject, Json } from './json';
import { Schema, valueSchema } from './Schema';

const TYPE_META = ['apiVersion', 'kind', 'metadata'];

/**
 * Drops what a structural schema does not describe and answers the paths of what was dropped.
 * `apiVersion`, `kind` and `metadata` stay at the root and in embedded resources.
 */
export function prune(
  value: unknown,
  schema: Schema | undefined,
  { isRoot = false, path = '' }: { isRoot?: boolean; path?: string } = {},
): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      prune(item, schema?.items, { path: `${path}[${index}]` }),
    );
  }
  if (!isObject(value)) return [];
  return pruneObject(value, schema, isRoot, path);
}

function pruneObject(
  object: Json,
  schema: Schema | undefined,
  isRoot: boolean,
  path: string,
): string[] {
  const dropped: string[] = [];
  const keeps = schema?.['x-kubernetes-preserve-unknown-fields'] === true;
  const isResource = isRoot || schema?.['x-kubernetes-embedded-resource'];
  const values = schema && valueSchema(schema);
  for (const key of Object.keys(object)) {
    if (isResource && TYPE_META.includes(key)) continue;
    const at = path ? `${path}.${key}` : key;
    const field = schema?.properties?.[key] ?? values;
    if (field) {
      dropped.push(...prune(object[key], field, { path: at }));
    } else if (schema?.additionalProperties === true) {
      continue;
    } else if (keeps) {
      continue;
    } else {
      delete object[key];
      dropped.push(at);
    }
  }
  return dropped;
}
