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

import { isObject } from '../schema/json';
import { Schema } from '../schema/Schema';

/** How apply treats a value: as one, or part by part. */
export type Granularity = 'atomic' | 'object' | 'list-map' | 'list-set';

/** How a value of this schema is merged; values without a schema are deduced from their shape. */
export function granularity(
  value: unknown,
  schema: Schema | undefined,
): Granularity {
  if (Array.isArray(value)) {
    switch (schema?.['x-kubernetes-list-type']) {
      case 'map':
        return 'list-map';
      case 'set':
        return 'list-set';
      default:
        return 'atomic';
    }
  }
  if (!isObject(value)) return 'atomic';
  return schema?.['x-kubernetes-map-type'] === 'atomic' ? 'atomic' : 'object';
}

/** The path element of an item of a list that is a map or a set. */
export function itemElement(item: unknown, schema: Schema | undefined): string {
  if (schema?.['x-kubernetes-list-type'] === 'set') {
    return `v:${JSON.stringify(item)}`;
  }
  const keys: Record<string, unknown> = {};
  for (const key of [
    ...(schema?.['x-kubernetes-list-map-keys'] ?? []),
  ].sort()) {
    const value = isObject(item) ? item[key] : undefined;
    const fallback = schema?.items?.properties?.[key]?.default;
    if (value !== undefined) keys[key] = value;
    else if (fallback !== undefined) keys[key] = fallback;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** The items of a list by their path element, in order. */
export function itemsByElement(
  list: readonly unknown[],
  schema: Schema | undefined,
): Map<string, unknown> {
  return new Map(list.map(item => [itemElement(item, schema), item]));
}
