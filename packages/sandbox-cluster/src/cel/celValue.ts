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

/**
 * A JSON value as CEL sees it: integers as int, other numbers as double, `date-time` as timestamp.
 */
export function celValue(value: unknown, schema: Schema | undefined): unknown {
  if (Array.isArray(value)) {
    // A list of this realm, wherever the value comes from: the library looks at constructors.
    return Array.from(value, item => celValue(item, schema?.items));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        celValue(item, fieldSchema(schema, key)),
      ]),
    );
  }
  if (typeof value === 'number') {
    return schema?.type !== 'number' && Number.isInteger(value)
      ? BigInt(value)
      : value;
  }
  if (typeof value === 'string' && schema?.format === 'date-time') {
    return new Date(value);
  }
  return value;
}
