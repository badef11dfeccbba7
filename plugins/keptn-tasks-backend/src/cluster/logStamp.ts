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

const STAMP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** Splits a line of a log that was asked for with timestamps. */
export function splitStamp(line: string): { at?: string; text: string } {
  const space = line.indexOf(' ');
  const at = space < 0 ? line : line.slice(0, space);
  return STAMP.test(at)
    ? { at, text: space < 0 ? '' : line.slice(space + 1) }
    : { text: line };
}

/** Whether a line is later than another one; a line without a stamp is always news. */
export function isAfterStamp(
  at: string | undefined,
  than: string | undefined,
): boolean {
  if (at === undefined || than === undefined) {
    return true;
  }
  const [seconds, nanos] = parseStamp(at);
  const [thanSeconds, thanNanos] = parseStamp(than);
  return seconds === thanSeconds ? nanos > thanNanos : seconds > thanSeconds;
}

/** Stamps drop trailing zeros and may have a zone, so that their texts cannot be compared. */
function parseStamp(stamp: string): [seconds: number, nanos: number] {
  const [, time, fraction = '', zone] = STAMP.exec(stamp) ?? [];
  return [Date.parse(`${time}${zone}`), Number(fraction.padEnd(9, '0'))];
}
