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

import { Json } from '../schema/json';

/**
 * Reads the simple JSON paths of printer columns: `.spec.name`, `['a.b']`, `[0]`, `[*]` and
 * `[?(@.type=="Ready")]`. Answers every value that the path leads to.
 */
export function readJsonPath(root: unknown, path: string): unknown[] {
  let values: unknown[] = [root];
  for (const step of steps(path)) values = values.flatMap(step);
  return values.filter(value => value !== undefined && value !== null);
}

type Step = (value: unknown) => unknown[];

const PART =
  /\.([A-Za-z0-9_$-][\w$\\.-]*?)(?=(?<!\\)[.[]|$)|\[\?\(@\.([^=!)\s]+)\s*(==|!=)\s*['"]?([^'")]*)['"]?\)\]|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+|\*)\]/y;

const parsed = new Map<string, Step[]>();

function steps(path: string): Step[] {
  let known = parsed.get(path);
  if (!known) {
    known = parse(path);
    parsed.set(path, known);
  }
  return known;
}

function parse(path: string): Step[] {
  const result: Step[] = [];
  const text = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  const pattern = new RegExp(PART);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) return [() => []];
    const [, field, key, operator, wanted, quoted, doubleQuoted, index] = match;
    const name = field?.replace(/\\\./g, '.') ?? quoted ?? doubleQuoted;
    if (name !== undefined) {
      result.push(value => [(value as Json | null)?.[name]]);
    } else if (key !== undefined) {
      const negated = operator === '!=';
      result.push(value =>
        (Array.isArray(value) ? value : []).filter(
          item =>
            readJsonPath(item, `.${key}`).some(
              found => String(found) === wanted,
            ) !== negated,
        ),
      );
    } else if (index === '*') {
      result.push(value =>
        Array.isArray(value) ? value : Object.values((value ?? {}) as Json),
      );
    } else {
      result.push(value => [(value as unknown[] | null)?.[Number(index)]]);
    }
  }
  return result;
}
