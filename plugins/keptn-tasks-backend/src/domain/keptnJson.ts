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

const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** Compact JSON, byte for byte as Go's encoder writes it. Keys stay in the order they are in. */
export function toKeptnJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    character => ESCAPES[character],
  );
}

/**
 * A map as Go writes it: keys in the order of their bytes. Written by hand because JavaScript puts keys that look like
 * numbers first, whatever order they were set in.
 */
export function mapToKeptnJson(map: Record<string, string>): string {
  const entries = Object.keys(map)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(key => `${toKeptnJson(key)}:${toKeptnJson(map[key])}`);
  return `{${entries.join(',')}}`;
}
