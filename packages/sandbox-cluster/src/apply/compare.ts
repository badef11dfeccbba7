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

import { deepEqual, isObject } from '../schema/json';
import { fieldSchema, Schema } from '../schema/Schema';
import { FieldSet } from './FieldSet';
import { fieldsOf } from './fieldsOf';
import { granularity, itemsByElement } from './listItems';

/** The difference between two states of an object, field by field. */
export interface Comparison {
  /** Changed or new in the second. */
  changed: FieldSet;
  /** Gone in the second. */
  removed: FieldSet;
}

export function compare(
  before: unknown,
  after: unknown,
  schema: Schema | undefined,
): Comparison {
  const result = { changed: new FieldSet(), removed: new FieldSet() };
  walk(before, after, schema, result.changed, result.removed);
  return result;
}

function walk(
  before: unknown,
  after: unknown,
  schema: Schema | undefined,
  changed: FieldSet,
  removed: FieldSet,
) {
  if (before === after) return;
  if (before === undefined) {
    fieldsOf(after, schema, 'update', changed);
    return;
  }
  if (after === undefined) {
    fieldsOf(before, schema, 'update', removed);
    // A container is gone with what was in it, whoever made it.
    removed.member = true;
    return;
  }
  const kind = granularity(after, schema);
  if (kind === 'atomic' || granularity(before, schema) !== kind) {
    if (!deepEqual(before, after)) changed.member = true;
    return;
  }
  if (kind === 'object' && isObject(before) && isObject(after)) {
    for (const key of new Set([
      ...Object.keys(before),
      ...Object.keys(after),
    ])) {
      const element = `f:${key}`;
      walk(
        before[key],
        after[key],
        fieldSchema(schema, key),
        changed.child(element),
        removed.child(element),
      );
    }
    return;
  }
  const left = itemsByElement(before as unknown[], schema);
  const right = itemsByElement(after as unknown[], schema);
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    walk(
      left.get(element),
      right.get(element),
      schema?.items,
      changed.child(element),
      removed.child(element),
    );
    if (!left.has(element)) changed.child(element).member = true;
  }
}
