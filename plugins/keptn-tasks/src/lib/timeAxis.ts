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

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map(n => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(n => n * MINUTE),
  ...[1, 2, 3, 6, 12].map(n => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map(n => n * DAY),
];

/**
 * The marks of an axis that begins at nothing: as many as there is room for, at round numbers.
 * @param durationMs - how much time the axis shows
 * @param room - how many marks fit
 */
export function timeTicks(durationMs: number, room: number): number[] {
  const most = Math.max(1, room);
  const step =
    STEPS.find(one => durationMs / one <= most) ?? STEPS[STEPS.length - 1];
  const count = Math.floor(durationMs / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
