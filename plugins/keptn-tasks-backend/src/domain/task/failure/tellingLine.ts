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

/** Only the end of a log says why it ends. Stack traces can be long. */
const LAST_LINES = 40;
const MAX_LENGTH = 300;
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Deno's headline of an error that nobody caught, before the code frame and the stack. */
const UNCAUGHT = /^error: (?:Uncaught )?(?:\(in promise\) )?(.+)/;
/** Lines that name an error by themselves. */
const ERRORS = [
  /^(?:[\w$]+\.)*[\w$]*(?:Error|Exception|Interrupt): ?.*/,
  /^(?:error|fatal|panic|critical)\b.+/i,
];
/** Where an error happened, which helps only those who have the code before them. */
const NOISE = [
  /^at .*(?::\d+|\)|<anonymous>)$/,
  /^File ".*", line \d+/,
  /^Traceback \(most recent call last\)/,
  /^Stack backtrace:/,
  /^\d+: /,
  /^\d* *\|/,
  /^[\^~|\s]+$/,
];

/** The line of a log that says best why it ends, without colours; `undefined` when it is empty. */
export function tellingLine(text: string | undefined): string | undefined {
  const lines = (text ?? '')
    .replace(COLOURS, '')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
    .slice(-LAST_LINES)
    .reverse();
  const line =
    lines.find(isError)?.replace(UNCAUGHT, '$1') ??
    lines.find(candidate => !NOISE.some(noise => noise.test(candidate))) ??
    lines[0];
  return line && line.length > MAX_LENGTH
    ? `${line.slice(0, MAX_LENGTH)}…`
    : line;
}

function isError(line: string): boolean {
  return UNCAUGHT.test(line) || ERRORS.some(error => error.test(line));
}
