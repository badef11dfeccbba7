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

/** Whether a name matches one of the patterns, in which `*` stands for anything. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some(pattern => matchesPattern(pattern, name));
}

/**
 * Whether a name matches a pattern, in which `*` stands for anything. Anybody who writes a catalog file chooses the
 * pattern and whoever asks chooses the name, so this must not take long for any of them, as a regular expression does.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const [head, ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return name === pattern;
  const end = name.length - tail.length;
  let from = head.length;
  if (from > end || !name.startsWith(head) || !name.endsWith(tail))
    return false;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** Patterns that match what both lists match; a list that is absent matches everything. */
export function intersectPatterns(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): string[] | undefined {
  if (!a || !b) return (a ?? b)?.slice();
  // A pattern taken as a name matches another one exactly if everything that it matches does too.
  const narrower = [
    ...a.filter(pattern => matchesAny(b, pattern)),
    ...b.filter(pattern => matchesAny(a, pattern)),
  ];
  return [...new Set(narrower)];
}
