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

import { FieldError } from '../errors/FieldError';
import { isObject } from './json';
import { Schema, valueSchema } from './Schema';

/** Items that a set or a map list has twice. */
export function validateUniqueItems(
  value: unknown,
  schema: Schema | undefined,
  path = '',
): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    return [
      ...duplicates(value, schema, path),
      ...value.flatMap((item, index) =>
        validateUniqueItems(item, schema.items, `${path}[${index}]`),
      ),
    ];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const field = schema.properties?.[key] ?? valueSchema(schema);
    return validateUniqueItems(item, field, path ? `${path}.${key}` : key);
  });
}

function duplicates(
  list: unknown[],
  schema: Schema,
  path: string,
): FieldError[] {
  const kind = schema['x-kubernetes-list-type'];
  if (kind !== 'set' && kind !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    const identity =
      kind === 'map' && isObject(item)
        ? Object.fromEntries(keys.map(key => [key, item[key]]))
        : item;
    const text = JSON.stringify(identity);
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [
      {
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: ${text}`,
        field: `${path}[${index}]`,
      },
    ];
  });
}
