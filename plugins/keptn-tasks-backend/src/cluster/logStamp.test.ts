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

import { isAfterStamp, splitStamp } from './logStamp';

describe('splitStamp', () => {
  it.each([
    [
      '2026-01-01T10:00:00.123456789Z hello',
      '2026-01-01T10:00:00.123456789Z',
      'hello',
    ],
    [
      '2026-01-01T10:00:00.1+02:00   indented',
      '2026-01-01T10:00:00.1+02:00',
      '  indented',
    ],
    ['2026-01-01T10:00:00Z ', '2026-01-01T10:00:00Z', ''],
    ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00Z', ''],
  ])('%p', (line, at, text) => {
    expect(splitStamp(line)).toEqual({ at, text });
  });

  it('leaves a line without a stamp as it is', () => {
    expect(splitStamp('unable to retrieve container logs')).toEqual({
      text: 'unable to retrieve container logs',
    });
  });
});

describe('isAfterStamp', () => {
  it.each([
    // Trailing zeros are left out by the kubelet.
    ['2026-01-01T10:00:00.12Z', '2026-01-01T10:00:00.1Z', true],
    ['2026-01-01T10:00:00.1Z', '2026-01-01T10:00:00.12Z', false],
    ['2026-01-01T10:00:00.1Z', '2026-01-01T10:00:00.100Z', false],
    ['2026-01-01T10:00:00Z', '2026-01-01T09:59:59.999999999Z', true],
    ['2026-01-01T12:00:00.5+02:00', '2026-01-01T10:00:00.4Z', true],
    ['2026-01-01T12:00:00.3+02:00', '2026-01-01T10:00:00.4Z', false],
  ])('%p after %p: %p', (at, than, after) => {
    expect(isAfterStamp(at, than)).toBe(after);
  });

  it('takes whatever has no stamp, and everything when nothing is known', () => {
    expect(isAfterStamp(undefined, '2026-01-01T10:00:00Z')).toBe(true);
    expect(isAfterStamp('2026-01-01T10:00:00Z', undefined)).toBe(true);
  });
});
