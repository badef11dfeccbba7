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

import { lastEventId, lastPosition, positionId } from './lastEventId';

describe('lastEventId', () => {
  it.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['0', 0],
    ['41', 41],
    ['100', 100],
    ['101', undefined],
    ['1e300', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['abc', undefined],
  ])('%j: %p', (given, expected) => {
    expect(lastEventId({ header: () => given } as any, 100)).toBe(expected);
  });
});

describe('lastPosition', () => {
  it.each<[string | undefined, object]>([
    [undefined, {}],
    ['', {}],
    ['0', { runs: 0 }],
    ['12', { runs: 12 }],
    ['12.34', { runs: 12, releases: 34 }],
    ['0.0', { runs: 0, releases: 0 }],
    ['12.', {}],
    ['.34', {}],
    ['1.2.3', {}],
    ['-1.2', {}],
    ['1e3', {}],
    ['9999999999999999', {}],
    ['abc', {}],
  ])('%j: %p', (given, expected) => {
    expect(lastPosition({ header: () => given } as any)).toEqual(expected);
  });

  it('reads what an event was given as its id', () => {
    const position = { runs: 12, releases: 34 };
    const id = positionId(position);
    expect(lastPosition({ header: () => id } as any)).toEqual(position);
  });
});
