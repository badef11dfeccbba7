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

import { durationBetween, formatDuration } from './duration';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [80.4, '80 ms'],
    [1_000, '1 s'],
    [1_250, '1.2 s'],
    [9_990, '9.9 s'],
    [41_900, '41 s'],
    [59_999, '59 s'],
    [60_000, '1 m'],
    [372_000, '6 m 12 s'],
    [7_500_000, '2 h 5 m'],
    [273_600_000, '3 d 4 h'],
    [-5, '0 ms'],
    [NaN, '0 ms'],
  ])('says %p ms as %p', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('durationBetween', () => {
  const from = '2026-01-01T10:00:00Z';

  it('measures between two times', () => {
    expect(durationBetween(from, '2026-01-01T10:00:12Z', 0)).toBe(12_000);
  });

  it('measures up to now while there is no end', () => {
    const now = Date.parse('2026-01-01T10:01:00Z');
    expect(durationBetween(from, undefined, now)).toBe(60_000);
  });

  it('is unknown before the beginning', () => {
    expect(durationBetween(undefined, undefined, 0)).toBeUndefined();
  });

  it('is never negative when clocks differ', () => {
    expect(durationBetween(from, undefined, 0)).toBe(0);
  });
});
