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

import { isObject, Json } from '../schema/json';
import { OPTIONAL_KEY } from './objectConstructors';

interface Optional {
  hasValue(): boolean;
  value(): unknown;
}

/** What an expression made, as JSON: integers as numbers, optional entries there or left out. */
export function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return jsonObject([...value]);
  if (Array.isArray(value)) return value.map(jsonValue);
  if (isOptional(value)) {
    return value.hasValue() ? jsonValue(value.value()) : undefined;
  }
  return isObject(value) ? jsonObject(Object.entries(value)) : value;
}

function jsonObject(entries: Array<[unknown, unknown]>): Json {
  const result: Json = {};
  for (const [key, item] of entries) {
    const name = String(key);
    const known = jsonValue(item);
    if (known === undefined) continue;
    result[name.startsWith(OPTIONAL_KEY) ? name.slice(1) : name] = known;
  }
  return result;
}

function isOptional(value: unknown): value is Optional {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Optional).hasValue === 'function' &&
    typeof (value as Optional).value === 'function'
  );
}
