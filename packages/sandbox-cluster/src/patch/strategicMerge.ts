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

import { badRequest } from '../errors/StatusError';
import { deepEqual, isObject, Json } from '../schema/json';
import { fieldSchema, Schema } from '../schema/Schema';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_PREFIX = '$deleteFromPrimitiveList/';
const ORDER_PREFIX = '$setElementOrder/';

/**
 * A strategic merge patch: like a merge patch, but lists with a merge key are merged item by item, and
 * directives (`$patch`, `$retainKeys`, `$deleteFromPrimitiveList`, `$setElementOrder`) are obeyed.
 */
export function strategicMerge(
  target: unknown,
  patch: unknown,
  schema: Schema | undefined,
): unknown {
  if (!isObject(patch)) return patch;
  const current: Json = isObject(target) ? target : {};
  const directive = patch[DIRECTIVE];
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive !== undefined && directive !== 'merge') {
    throw badRequest(`unknown patch type: ${directive}`);
  }
  const result = retained(current, patch[RETAIN_KEYS]);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    const field = fieldSchema(schema, key);
    if (value === null) delete result[key];
    else if (Array.isArray(value)) {
      result[key] = mergeList(result[key], value, field);
    } else {
      const merged = strategicMerge(result[key], value, field);
      if (merged === undefined) delete result[key];
      else result[key] = merged;
    }
  }
  applyListDirectives(result, patch, schema);
  return result;
}

function retained(current: Json, keys: unknown): Json {
  if (!Array.isArray(keys)) return { ...current };
  return Object.fromEntries(
    Object.entries(current).filter(([key]) => keys.includes(key)),
  );
}

function mergeList(
  current: unknown,
  patch: unknown[],
  schema: Schema | undefined,
): unknown[] {
  const replaces = patch.some(
    item =>
      isObject(item) &&
      item[DIRECTIVE] === 'replace' &&
      Object.keys(item).length === 1,
  );
  if (replaces) {
    return patch.filter(item => !(isObject(item) && DIRECTIVE in item));
  }
  if (schema?.['x-kubernetes-patch-strategy'] !== 'merge') {
    return patch.map(withoutDirectives);
  }
  const key = schema['x-kubernetes-patch-merge-key'];
  const list = Array.isArray(current) ? [...current] : [];
  return key
    ? mergeByKey(list, patch, key, schema)
    : [...list, ...patch.filter(item => !list.includes(item))];
}

/** Items that the list has not come first, then the list, as the API server puts them. */
function mergeByKey(
  list: unknown[],
  patch: unknown[],
  key: string,
  schema: Schema,
): unknown[] {
  const added: unknown[] = [];
  let result = list;
  for (const item of patch) {
    if (!isObject(item)) {
      throw badRequest('The order in patch list does not match its items');
    }
    if (item[key] === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(
          item,
        )} does not contain declared merge key: ${key}`,
      );
    }
    const matches = (other: unknown) =>
      isObject(other) && deepEqual(other[key], item[key]);
    if (item[DIRECTIVE] === 'delete') {
      result = result.filter(other => !matches(other));
    } else if (result.some(matches)) {
      result = result.map(other =>
        matches(other) ? strategicMerge(other, item, schema.items) : other,
      );
    } else {
      added.push(withoutDirectives(item));
    }
  }
  return [...added, ...result];
}

function applyListDirectives(
  result: Json,
  patch: Json,
  schema: Schema | undefined,
) {
  for (const [directive, value] of Object.entries(patch)) {
    if (!Array.isArray(value)) continue;
    if (directive.startsWith(DELETE_PREFIX)) {
      const field = directive.slice(DELETE_PREFIX.length);
      const list: unknown[] = result[field] ?? [];
      result[field] = list.filter(item => !value.includes(item));
    }
  }
  for (const [directive, order] of Object.entries(patch)) {
    if (!Array.isArray(order) || !directive.startsWith(ORDER_PREFIX)) continue;
    const field = directive.slice(ORDER_PREFIX.length);
    if (!Array.isArray(result[field])) continue;
    const key = fieldSchema(schema, field)?.['x-kubernetes-patch-merge-key'];
    result[field] = reorder(result[field], order, key);
  }
}

/** Named items in the given order; the others keep their place relative to what preceded them. */
function reorder(list: unknown[], order: unknown[], key?: string): unknown[] {
  const idOf = (item: unknown) =>
    JSON.stringify(key && isObject(item) ? item[key] : item);
  const wanted = new Map(order.map((item, index) => [idOf(item), index]));
  const named = list
    .filter(item => wanted.has(idOf(item)))
    .sort((a, b) => wanted.get(idOf(a))! - wanted.get(idOf(b))!);
  let next = 0;
  return list.map(item => (wanted.has(idOf(item)) ? named[next++] : item));
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(item => !(isObject(item) && item[DIRECTIVE] === 'delete'))
      .map(withoutDirectives);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !key.startsWith('$') && item !== null)
      .map(([key, item]) => [key, withoutDirectives(item)]),
  );
}
