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

import type { ReleaseState } from '../resources';
import { stateOfItems, stateOfWorkloads } from './states';

describe('stateOfItems', () => {
  const cases: [ReleaseState[], 'block' | 'warn', ReleaseState][] = [
    [[], 'block', 'Succeeded'],
    [['Pending', 'Pending'], 'block', 'Pending'],
    [['Pending', 'Progressing'], 'block', 'Progressing'],
    [['Succeeded', 'Pending'], 'block', 'Progressing'],
    [['Failed', 'Progressing'], 'block', 'Progressing'],
    [['Failed', 'Succeeded'], 'block', 'Failed'],
    [['Failed', 'Succeeded'], 'warn', 'Warning'],
    [['Succeeded', 'Succeeded'], 'warn', 'Succeeded'],
  ];

  it.each(cases)('of %j, where failures %s, is %s', (states, mode, state) => {
    expect(stateOfItems(states, mode)).toBe(state);
  });
});

describe('stateOfWorkloads', () => {
  const cases: [ReleaseState[], ReleaseState][] = [
    [[], 'Succeeded'],
    [['Succeeded', 'Failed', 'Progressing'], 'Failed'],
    [['Deprecated', 'Succeeded'], 'Failed'],
    [['Pending', 'Progressing'], 'Progressing'],
    [['Pending', 'Succeeded'], 'Pending'],
    [['Unknown', 'Succeeded'], 'Unknown'],
    [['Succeeded', 'Succeeded'], 'Succeeded'],
  ];

  it.each(cases)('of %j is %s', (states, state) => {
    expect(stateOfWorkloads(states)).toBe(state);
  });
});
