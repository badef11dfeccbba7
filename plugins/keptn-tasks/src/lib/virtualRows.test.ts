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

import {
  measureWrapped,
  offsetOf,
  totalHeight,
  visibleRange,
} from './virtualRows';

describe('virtual rows', () => {
  it('gives rows of one height their place', () => {
    const offsets = { rowHeight: 20, count: 100_000 };
    expect(totalHeight(offsets)).toBe(2_000_000);
    expect(visibleRange(offsets, 1_000_000, 400, 0)).toEqual([50_000, 50_021]);
  });

  it('gives wrapped rows as many lines as they need, and empty ones a line', () => {
    const offsets = measureWrapped([0, 10, 11, 25], 10, 20);
    expect([0, 1, 2, 3, 4].map(i => offsetOf(offsets, i))).toEqual([
      0, 20, 40, 80, 140,
    ]);
    expect(totalHeight(offsets)).toBe(140);
    expect(visibleRange(offsets, 45, 30, 0)).toEqual([2, 3]);
  });

  it('never reaches beyond the list', () => {
    const offsets = measureWrapped([1, 1, 1], 10, 20);
    expect(visibleRange(offsets, 1_000, 400)).toEqual([0, 3]);
    expect(visibleRange(measureWrapped([], 10, 20), 0, 400)).toEqual([0, 0]);
  });
});
