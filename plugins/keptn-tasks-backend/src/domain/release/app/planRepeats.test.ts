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

import { at, START } from '../../__testUtils__/builders';
import { anAppVersion, aWorkloadVersion } from '../__testUtils__/appBuilders';
import type { KeptnWorkloadVersion } from '../resources';
import { planRepeats } from './planRepeats';

const workloads = [{ name: 'cart', version: '1.0.0' }];
const first = anAppVersion('shop', '1.0.0', 1, {
  spec: { workloads, revision: 1 },
});
const raised = anAppVersion('shop', '1.0.0', 2, {
  createdAt: at(60),
  spec: { workloads, revision: 2 },
});
const failed = (
  seconds: number,
  annotations?: Record<string, string>,
): KeptnWorkloadVersion =>
  aWorkloadVersion('shop', 'cart', '1.0.0', {
    metadata: { annotations },
    status: {
      status: 'Failed',
      startTime: START,
      endTime: at(seconds).toISOString(),
    },
  });
const asked = {
  'keptn-tasks/repeat-requested-at': '2026-01-01T12:01:00Z',
  'keptn-tasks/attempt': '2',
};

describe('planRepeats', () => {
  it('D-36 repeats failed checks of workloads when the revision is raised', () => {
    expect(planRepeats(raised, [first, raised], [failed(30)])).toEqual([
      { version: failed(30), annotations: asked },
    ]);
  });

  it('D-36 counts the attempts', () => {
    const earlier = {
      'keptn-tasks/repeat-requested-at': START,
      'keptn-tasks/attempt': '4',
    };
    const [repeat] = planRepeats(raised, [first], [failed(30, earlier)]);
    expect(repeat.annotations['keptn-tasks/attempt']).toBe('5');
  });

  it.each<[string, Parameters<typeof planRepeats>]>([
    ['the same request twice', [raised, [first], [failed(30, asked)]]],
    [
      'what failed again after the request',
      [raised, [first], [failed(90, asked)]],
    ],
    [
      'what failed only after the revision was raised',
      [raised, [first], [failed(90)]],
    ],
    [
      'anything after an edit that leaves the revision',
      [
        { ...raised, spec: { ...raised.spec, revision: 1 } },
        [first],
        [failed(30)],
      ],
    ],
    [
      'anything for another version of the app',
      [
        raised,
        [
          anAppVersion('shop', '0.9.0', 1, {
            spec: { workloads, revision: 1 },
          }),
        ],
        [failed(30)],
      ],
    ],
    [
      'what has passed',
      [
        raised,
        [first],
        [
          aWorkloadVersion('shop', 'cart', '1.0.0', {
            status: { status: 'Succeeded', endTime: START },
          }),
        ],
      ],
    ],
    [
      'versions that the app does not list',
      [
        raised,
        [first],
        [
          aWorkloadVersion('shop', 'cart', '0.9.0', {
            status: { status: 'Failed', endTime: START },
          }),
          aWorkloadVersion('shop', 'ui', '1.0.0', {
            status: { status: 'Failed', endTime: START },
          }),
        ],
      ],
    ],
  ])('does not repeat %s', (_name, input) => {
    expect(planRepeats(...input)).toEqual([]);
  });
});
