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

import type { BigIntColumn } from './tables';

/** From an ISO time to milliseconds; what is not a time is nothing. */
export function toMillis(iso: string): number;
export function toMillis(iso: string | undefined): number | null;
export function toMillis(iso: string | undefined): number | null {
  const millis = iso === undefined ? NaN : Date.parse(iso);
  return Number.isNaN(millis) ? null : millis;
}

/** From milliseconds to an ISO time. */
export function toIso(millis: BigIntColumn): string;
export function toIso(millis: BigIntColumn | null): string | undefined;
export function toIso(millis: BigIntColumn | null): string | undefined {
  return millis === null ? undefined : new Date(Number(millis)).toISOString();
}

/** Text as both engines take it: PostgreSQL refuses NUL, which a program may print. */
export function toText(
  value: string | undefined | null,
  maxLength?: number,
): string | null {
  if (value === undefined || value === null) return null;
  const text = value.includes('\u0000')
    ? value.replaceAll('\u0000', '\uFFFD')
    : value;
  return maxLength === undefined ? text : text.slice(0, maxLength);
}

/** A list in pieces, because engines limit how many values a statement may carry. */
export function chunked<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) {
    chunks.push(items.slice(i, i + size));
  }
  return chunks;
}

/** Whether PostgreSQL takes it as a uuid. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
