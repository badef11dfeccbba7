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

import { appVersion, at, workloadVersion } from './__testUtils__/builders';
import { intervalsOf, isUnderWay } from './intervals';

function app(
  version: string,
  [startTime, endTime]: [string, string],
  {
    previousVersion,
    ...rest
  }: { previousVersion?: string; namespace?: string; uid?: string } = {},
) {
  return appVersion({
    name: `shop-${version}`,
    spec: { version, previousVersion },
    status: { startTime: at(startTime), endTime: at(endTime) },
    ...rest,
  });
}

const seconds = (versions: Parameters<typeof intervalsOf>[0]) =>
  intervalsOf(versions).map(one => [
    one.version.metadata.name,
    one.durationSeconds,
    one.sincePreviousSeconds,
  ]);

describe('intervalsOf', () => {
  it('tells how long a version took, and how long after the previous one it ended', () => {
    expect(
      seconds([
        app('1', ['10:00:00', '10:01:00']),
        app('2', ['11:00:00', '11:00:30'], { previousVersion: '1' }),
      ]),
    ).toEqual([
      ['shop-1', 60, undefined],
      ['shop-2', 30, 3570],
    ]);
  });

  it('D-56 takes no other version whose name begins the same, and none of another namespace or kind', () => {
    const others = [
      app('1.10', ['10:00:00', '10:00:01']),
      app('1.1', ['10:00:00', '10:00:02'], { namespace: 'elsewhere' }),
      workloadVersion({
        spec: { workloadName: 'shop', version: '1.1' },
        status: { startTime: at('10:00:00'), endTime: at('10:00:03') },
      }),
    ];
    const version = app('1.2', ['11:00:00', '11:00:30'], {
      previousVersion: '1.1',
    });
    expect(
      intervalsOf([...others, version]).find(one => one.version === version)!
        .sincePreviousSeconds,
    ).toBeUndefined();
  });

  it('takes of several attempts the last for a version, and the first for its predecessor', () => {
    expect(
      seconds([
        app('1', ['10:05:00', '10:06:00'], { uid: 'second' }),
        app('1', ['10:00:00', '10:01:00'], { uid: 'first' }),
        app('2', ['11:00:00', '11:00:10'], { previousVersion: '1', uid: 'a' }),
        app('2', ['11:01:00', '11:01:00'], { previousVersion: '1', uid: 'b' }),
      ]),
    ).toEqual([
      ['shop-1', 60, undefined],
      ['shop-2', 0, 3600],
    ]);
  });
});

describe('isUnderWay', () => {
  it.each([
    [undefined, false],
    [{ status: 'Pending' as const }, false],
    [{ status: 'Deprecated' as const }, false],
    [{ startTime: at('10:00:00'), status: 'Progressing' as const }, true],
    [{ startTime: at('10:00:00'), status: 'Deprecated' as const }, false],
    [{ startTime: at('10:00:00'), endTime: at('10:00:01') }, false],
  ])('D-56 of %j is %s', (status, expected) => {
    expect(isUnderWay(appVersion({ status }))).toBe(expected);
  });
});
