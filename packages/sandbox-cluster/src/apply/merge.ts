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

import { deepCopy, isObject, Json } from '../schema/json';
import { fieldSchema, Schema } from '../schema/Schema';
import { FieldSet } from './FieldSet';
import { granularity, itemElement, itemsByElement } from './listItems';

/** The live value with an applied one laid over it. */
export function mergeApplied(
  live: unknown,
  applied: unknown,
  schema: Schema | undefined,
): unknown {
  if (applied === undefined) return live;
  const kind = granularity(applied, schema);
  if (kind === 'atomic' || granularity(live, schema) !== kind) {
    return deepCopy(applied);
  }
  if (kind === 'object' && isObject(live) && isObject(applied)) {
    const result: Json = { ...live };
    for (const [key, value] of Object.entries(applied)) {
      result[key] = mergeApplied(live[key], value, fieldSchema(schema, key));
    }
    return result;
  }
  return mergeLists(live as unknown[], applied as unknown[], schema);
}

/** Items of both, live ones in their places; applied ones that are new go after them, in order. */
function mergeLists(
  live: readonly unknown[],
  applied: readonly unknown[],
  schema: Schema | undefined,
): unknown[] {
  const wanted = itemsByElement(applied, schema);
  const known = new Set<string>();
  const result = live.map(item => {
    const element = itemElement(item, schema);
    known.add(element);
    return mergeApplied(item, wanted.get(element), schema?.items);
  });
  for (const [element, item] of wanted) {
    if (!known.has(element)) result.push(deepCopy(item));
  }
  return result;
}

/** A value without the fields of a set. Containers that end up empty stay unless they are members. */
export function removeFields(
  value: unknown,
  schema: Schema | undefined,
  fields: FieldSet,
): unknown {
  if (fields.children.size === 0) return value;
  const kind = granularity(value, schema);
  if (kind === 'object' && isObject(value)) {
    const result: Json = { ...value };
    for (const [element, node] of fields.children) {
      const key = element.slice(2);
      if (!(key in result)) continue;
      const rest = removeFields(result[key], fieldSchema(schema, key), node);
      if (isGone(rest, node)) delete result[key];
      else result[key] = rest;
    }
    return result;
  }
  if (kind === 'list-map' || kind === 'list-set') {
    return (value as unknown[]).flatMap(item => {
      const node = fields.children.get(itemElement(item, schema));
      if (!node) return [item];
      if (node.member) return [];
      return [removeFields(item, schema?.items, node)];
    });
  }
  return value;
}

function isGone(rest: unknown, node: FieldSet): boolean {
  if (node.children.size === 0) return node.member;
  if (Array.isArray(rest)) return rest.length === 0;
  return isObject(rest) && Object.keys(rest).length === 0;
}
