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

const STEPS: Array<{ unit: Intl.RelativeTimeFormatUnit; ms: number }> = [
  { unit: 'year', ms: 365 * 24 * 3_600_000 },
  { unit: 'month', ms: 30 * 24 * 3_600_000 },
  { unit: 'week', ms: 7 * 24 * 3_600_000 },
  { unit: 'day', ms: 24 * 3_600_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
];

/**
 * How long ago something was, or how soon it will be, in the reader's language. Seconds are told in tens, so that the
 * words stand still long enough to be read.
 * @param justNow - what is said of the last ten seconds; "now" would not fit into "failed now"
 */
export function formatRelativeTime(
  at: string,
  now: number,
  justNow: string,
  locale?: string,
): string {
  const distance = Date.parse(at) - now;
  if (Math.abs(distance) < 10_000) return justNow;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = STEPS.find(({ ms }) => Math.abs(distance) >= ms);
  return step
    ? format.format(Math.trunc(distance / step.ms), step.unit)
    : format.format(Math.trunc(distance / 10_000) * 10, 'second');
}

/** The exact time with its zone, in the reader's language. */
export function formatAbsoluteTime(at: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(new Date(at));
}

/** Hours, minutes, seconds and milliseconds, for the lines of a log. */
export function formatClock(at: string): string {
  const millis = String(new Date(at).getMilliseconds()).padStart(3, '0');
  return `${formatClockTime(at)}.${millis}`;
}

/** Hours, minutes and seconds. */
export function formatClockTime(at: string): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(value => String(value).padStart(2, '0'))
    .join(':');
}
