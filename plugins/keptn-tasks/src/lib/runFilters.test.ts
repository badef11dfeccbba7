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

import { hasFilters, writeFilters } from './listFilters';
import { readRunFilters } from './runFilters';

describe('run filters', () => {
  it('come back from the address as they were', () => {
    const filters = {
      states: ['Failed' as const, 'Pending' as const],
      definition: 'smoke-test',
      phase: 'pre' as const,
      trigger: 'release' as const,
      cluster: 'production',
      namespace: 'shop',
    };
    expect(readRunFilters(writeFilters(filters))).toEqual(filters);
  });

  it('ignore what they do not know', () => {
    const filters = readRunFilters(
      new URLSearchParams('state=Odd&phase=never&trigger=&cursor=abc'),
    );
    expect(hasFilters(filters)).toBe(false);
  });
});
