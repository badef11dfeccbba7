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

import { formatRelativeTime } from './relativeTime';

describe('formatRelativeTime', () => {
  const now = Date.parse('2026-06-15T12:00:00Z');

  it.each([
    ['2026-06-15T11:59:50.001Z', 'just now'],
    ['2026-06-15T11:59:50Z', '10 seconds ago'],
    // The clocks of the cluster and of the reader differ a little.
    ['2026-06-15T12:00:02Z', 'just now'],
    ['2026-06-15T11:59:34Z', '20 seconds ago'],
    ['2026-06-15T11:57:00Z', '3 minutes ago'],
    ['2026-06-15T10:00:00Z', '2 hours ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2026-06-01T12:00:00Z', '2 weeks ago'],
    ['2025-01-01T12:00:00Z', 'last year'],
    ['2026-06-15T12:05:00Z', 'in 5 minutes'],
  ])('says %p as %p', (at, words) => {
    expect(formatRelativeTime(at, now, 'just now', 'en')).toBe(words);
  });
});
