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

import { backoffMs } from './backoff';

const patience = { firstMs: 100, maxMs: 5_000 };

it('doubles with each failure, up to the maximum', () => {
  const delays = [1, 2, 3, 4, 10, 1_000].map(failures =>
    backoffMs(failures, patience, () => 1),
  );
  expect(delays).toEqual([100, 200, 400, 800, 5_000, 5_000]);
});

it('spreads by a quarter, and never waits longer than the maximum', () => {
  expect(backoffMs(1, patience, () => 0)).toBe(75);
  expect(backoffMs(20, patience, () => 0)).toBe(3_750);
  expect(backoffMs(20, patience, () => 0.999)).toBeLessThanOrEqual(5_000);
});
