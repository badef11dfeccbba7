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

import { aWorkloadVersion } from './__testUtils__/appBuilders';
import { attemptOf, isRepeatDue } from './repeat';

const END = '2026-03-01T12:00:00Z';

const version = (annotations: Record<string, string>) =>
  aWorkloadVersion('shop', 'cart', '1', {
    metadata: { annotations },
    status: { status: 'Failed', startTime: END, endTime: END },
  });

describe('attemptOf', () => {
  it.each([
    ['2', 2],
    ['0', 1],
    ['-1', 1],
    ['1.5', 1],
    ['many', 1],
    ['', 1],
    ['1e300', 1],
    ['2147483648', 1],
  ])('reads %j as %d: the history counts in whole numbers', (text, attempt) => {
    expect(attemptOf(version({ 'keptn-tasks/attempt': text }))).toBe(attempt);
  });
});

describe('isRepeatDue', () => {
  it.each([
    ['2026-03-01T12:00:00Z', true],
    ['2026-03-01T11:59:59Z', false],
    ['soon', false],
    ['+275760-09-13T00:00:00.000Z', false],
  ])('of a request at %s is %s', (at, due) => {
    expect(
      isRepeatDue(version({ 'keptn-tasks/repeat-requested-at': at })),
    ).toBe(due);
  });
});
