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

import { ResourceType } from '../resources/ResourceType';
import { isObject, Json } from '../schema/json';
import { Schema, valueSchema } from '../schema/Schema';

/** Paths such as `.spec.bogus` of applied fields that the schema does not declare. */
export function undeclaredFields(applied: Json, type: ResourceType): string[] {
  const { apiVersion: _v, kind: _k, metadata: _m, ...rest } = applied;
  return walk(rest, type.schema, '');
}

function walk(
  value: unknown,
  schema: Schema | undefined,
  path: string,
): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      walk(item, schema?.items, `${path}[${index}]`),
    );
  }
  if (!isObject(value) || !schema) return [];
  const values = valueSchema(schema);
  const free =
    schema['x-kubernetes-preserve-unknown-fields'] ||
    schema['x-kubernetes-embedded-resource'] ||
    schema.additionalProperties === true ||
    schema.type !== 'object';
  return Object.entries(value).flatMap(([key, item]) => {
    const field = schema.properties?.[key] ?? values;
    if (field) return walk(item, field, `${path}.${key}`);
    return free ? [] : [`${path}.${key}`];
  });
}
