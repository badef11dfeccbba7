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
import { fieldSchema, Schema } from '../schema/Schema';
import { FieldSet } from './FieldSet';
import { granularity, itemElement } from './listItems';

/** `apply` names leaves and list items; `update` also the containers that came to be. */
export type SetStyle = 'apply' | 'update';

/** Every field that a value has. */
export function fieldsOf(
  value: unknown,
  schema: Schema | undefined,
  style: SetStyle,
  node = new FieldSet(),
): FieldSet {
  switch (granularity(value, schema)) {
    case 'object':
      objectFields(value as object, schema, style, node);
      break;
    case 'list-map':
    case 'list-set':
      listFields(value as unknown[], schema, style, node);
      break;
    default:
      node.member = true;
  }
  return node;
}

function objectFields(
  value: object,
  schema: Schema | undefined,
  style: SetStyle,
  node: FieldSet,
) {
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  if (entries.length === 0) node.member = true;
  for (const [key, field] of entries) {
    fieldsOf(field, fieldSchema(schema, key), style, node.child(`f:${key}`));
  }
  // Structs of built-in kinds always exist, so nobody can have made them.
  if (style === 'update' && !schema?.['x-go-type']) node.member = true;
}

function listFields(
  value: unknown[],
  schema: Schema | undefined,
  style: SetStyle,
  node: FieldSet,
) {
  if (value.length === 0 || style === 'update') node.member = true;
  for (const item of value) {
    const child = node.child(itemElement(item, schema));
    child.member = true;
    if (isObject(item)) {
      fieldsOf(item, schema?.items, style, child);
      child.member = true;
    }
  }
}
