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

const MAX_LINES = 3;
const MAX_LENGTH = 300;
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;

/** The last lines of what a container wrote, short enough for a sentence; `undefined` when it wrote nothing. */
export function lastLines(text: string | undefined): string | undefined {
  const lines = (text ?? '')
    .replace(COLOURS, '')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
    .slice(-MAX_LINES)
    .join(' / ');
  if (!lines) {
    return undefined;
  }
  return lines.length > MAX_LENGTH ? `…${lines.slice(-MAX_LENGTH)}` : lines;
}
