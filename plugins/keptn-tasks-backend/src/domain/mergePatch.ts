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

/**
 * JSON merge patch that turns one value into another, both as JSON has them; `undefined` when they are alike. Absent and
 * empty are alike, as the API server makes no difference between them in what we write, and so is the order of keys.
 * Lists are replaced whole.
 */
export function mergePatch(
  before: object | undefined,
  after: object | undefined,
): Record<string, unknown> | undefined {
  const from = fieldsOf(before);
  const to = fieldsOf(after);
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (isEmpty(to[key])) {
      if (!isEmpty(from[key])) {
        patch[key] = null;
      }
    } else if (isMap(from[key]) && isMap(to[key])) {
      const inner = mergePatch(from[key], to[key]);
      if (inner) {
        patch[key] = inner;
      }
    } else if (!isAlike(from[key], to[key])) {
      patch[key] = to[key];
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

function fieldsOf(value: object | undefined): Record<string, unknown> {
  return { ...value };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function isAlike(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, i) => isAlike(one, b[i]));
  }
  return isMap(a) && isMap(b) ? mergePatch(a, b) === undefined : a === b;
}
