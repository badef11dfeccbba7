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

import { anId, secondsAgo } from '../__testUtils__/builders';
import { sparklineBars, summarizeRecentRuns } from './sparkline';

const run = (
  durationMs: number | undefined,
  state: 'Succeeded' | 'Failed' = 'Succeeded',
) => ({
  id: anId(),
  state,
  createdAt: secondsAgo(1),
  durationMs,
});

describe('a sparkline', () => {
  const runs = [run(1_000), run(10_000, 'Failed'), run(undefined), run(1)];

  it('draws durations in relation to the longest, and all so that they can be seen', () => {
    expect(sparklineBars(runs).map(({ height }) => height)).toEqual([
      0.12, 1, 0.12, 0.12,
    ]);
  });

  it('says the same in numbers', () => {
    expect(summarizeRecentRuns(runs)).toEqual({
      count: 4,
      failed: 1,
      shortestMs: 1,
      longestMs: 10_000,
    });
  });
});
