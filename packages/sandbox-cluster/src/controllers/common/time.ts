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

/** Timers that are set for longer than this fire at once: 24 days. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** RFC 3339 with whole seconds: `metav1.Time`. */
export function toSeconds(at: number = Date.now()): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 with microseconds: `metav1.MicroTime`. */
export function toMicros(at: number = Date.now()): string {
  return new Date(at).toISOString().replace('Z', '000Z');
}

/** The present with nine decimals, as container runtimes stamp log lines. */
export function nanoTimestamp(): string {
  const at = performance.timeOrigin + performance.now();
  const whole = Math.floor(at);
  const rest = Math.floor((at - whole) * 1e6);
  const iso = new Date(whole).toISOString();
  return `${iso.slice(0, 23)}${String(rest).padStart(6, '0')}Z`;
}

/** Milliseconds since the epoch, or `undefined` for no time. */
export function parseTime(
  value: string | null | undefined,
): number | undefined {
  if (!value) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

/** A duration as Go prints it: `10s`, `1m20s`, `5m0s`; below a second `500ms`. */
export function goDuration(ms: number): string {
  if (ms < 1_000) return `${ms}ms`;
  const seconds = ms / 1_000;
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
