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

import { Schema } from './Schema';

/** Short constructors for the schemas of the built-in kinds. */
export const str: Schema = { type: 'string' };
export const int32: Schema = { type: 'integer', format: 'int32' };
export const int64: Schema = { type: 'integer', format: 'int64' };
export const num: Schema = { type: 'number' };
export const bool: Schema = { type: 'boolean' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const microTime: Schema = { type: 'string', format: 'micro-time' };
export const bytes: Schema = { type: 'string', format: 'byte' };
export const quantity: Schema = {
  'x-kubernetes-int-or-string': true,
  format: 'quantity',
};
export const intOrString: Schema = { 'x-kubernetes-int-or-string': true };
export const anything: Schema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};
export const anyValue: Schema = {
  'x-kubernetes-preserve-unknown-fields': true,
};

/** An object with these fields; `goType` is what decoder messages call it. */
export function struct(
  goType: string,
  properties: Record<string, Schema>,
): Schema {
  return { type: 'object', properties, 'x-go-type': goType };
}

export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values };
}

/** A list that patches and apply replace as a whole. */
export function listOf(items: Schema): Schema {
  return { type: 'array', items, 'x-kubernetes-list-type': 'atomic' };
}

/** A list whose items are told apart by fields; the first one is the strategic merge key. */
export function listByKey(keys: string | string[], items: Schema): Schema {
  const list = Array.isArray(keys) ? keys : [keys];
  return {
    type: 'array',
    items,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': list,
    'x-kubernetes-patch-strategy': 'merge',
    'x-kubernetes-patch-merge-key': list[0],
  };
}

/** A list of plain values without duplicates. */
export function setOf(items: Schema): Schema {
  return {
    type: 'array',
    items,
    'x-kubernetes-list-type': 'set',
    'x-kubernetes-patch-strategy': 'merge',
  };
}

export const stringMap: Schema = mapOf(str);

export function atomic(schema: Schema): Schema {
  return { ...schema, 'x-kubernetes-map-type': 'atomic' };
}
