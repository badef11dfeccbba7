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

/** A time as the API server writes it: a string in JSON, a `Date` from clients that convert it. */
export type WireTime = Date | string | undefined | null;

/** ISO text of a time in the wire's precision, or `undefined`. */
export function toIso(time: WireTime): string | undefined {
  const ms = toMs(time);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Milliseconds since 1970, or `undefined` for no time and for what is none. */
export function toMs(time: WireTime): number | undefined {
  if (!time) {
    return undefined;
  }
  const ms = new Date(time).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

/** A time as Kubernetes writes it in a status: whole seconds. */
export function toKubernetesTime(time: WireTime): string | undefined {
  return toIso(time)?.replace(/\.\d{3}Z$/, 'Z');
}
