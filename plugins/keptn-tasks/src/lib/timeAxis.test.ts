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

import { timeTicks } from './timeAxis';

describe('the marks of an axis', () => {
  it.each([
    [10_000, 5, [0, 2_000, 4_000, 6_000, 8_000, 10_000]],
    [53_000, 6, [0, 10_000, 20_000, 30_000, 40_000, 50_000]],
    [53_000, 2, [0, 30_000]],
    [400, 5, [0]],
    [90 * 60_000, 3, [0, 30 * 60_000, 60 * 60_000, 90 * 60_000]],
  ])('of %s ms with room for %s are at round numbers', (ms, room, marks) => {
    expect(timeTicks(ms, room)).toEqual(marks);
  });

  it('never are more than there is room for, however long it is', () => {
    for (const ms of [1, 999, 86_400_000, 40 * 86_400_000]) {
      expect(timeTicks(ms, 6).length).toBeLessThanOrEqual(7);
    }
  });
});
