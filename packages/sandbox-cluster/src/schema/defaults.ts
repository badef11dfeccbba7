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

import { deepCopy, isObject } from './json';
import { fieldSchema, Schema } from './Schema';

/**
 * Fills in the defaults of a structural schema, in place. A null where null is not allowed is
 * dropped, so that a default may take its place.
 */
export function applyDefaults(value: unknown, schema: Schema | undefined) {
  if (!schema) return;
  if (Array.isArray(value)) {
    if (schema.items) value.forEach(item => applyDefaults(item, schema.items));
    return;
  }
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    const field = fieldSchema(schema, key);
    if (value[key] === null && field && !field.nullable) delete value[key];
  }
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (value[key] === undefined && field.default !== undefined) {
      value[key] = deepCopy(field.default);
    }
  }
  for (const key of Object.keys(value)) {
    applyDefaults(value[key], fieldSchema(schema, key));
  }
}
