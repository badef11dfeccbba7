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

import type { Environment, Release } from 'backstage-plugin-keptn-tasks-common';
import { aRelease } from '../../__testUtils__/releaseBuilders';
import { byUrgency } from './byUrgency';

const hold = {
  reason: 'X',
  message: 'Waits.',
  since: '2026-03-01T10:00:00.000Z',
  gateReleasable: false,
};

function anEnvironment(
  appName: string,
  release: Partial<Release>,
  overrides: Partial<Environment> = {},
): Environment {
  return {
    cluster: 'eu-1',
    namespace: 'shop',
    appName,
    workloads: [
      { ...aRelease({ cluster: 'eu-1' }).release, id: 'x', ...release },
    ],
    previous: [],
    problems: [],
    ...overrides,
  };
}

describe('byUrgency', () => {
  it('puts what is held, failed or has a problem first, then what is under way, then the newest', () => {
    const done = { state: 'Succeeded' as const };
    const environments = [
      anEnvironment('old', { ...done, activatedAt: '2026-03-01T09:00:00Z' }),
      anEnvironment('new', { ...done, activatedAt: '2026-03-01T12:00:00Z' }),
      anEnvironment('under-way', { state: 'Progressing' }),
      anEnvironment('empty', {}, { workloads: [] }),
      anEnvironment(
        'with-problem',
        { ...done, activatedAt: '2026-03-01T08:00:00Z' },
        { problems: [{ kind: 'Deployment', name: 'x', messages: ['y'] }] },
      ),
      anEnvironment('held', { state: 'Progressing', hold }),
      anEnvironment('failed', {
        state: 'Failed',
        activatedAt: '2026-03-01T11:00:00Z',
      }),
    ];
    expect(environments.sort(byUrgency).map(one => one.appName)).toEqual([
      'failed',
      'held',
      'with-problem',
      'under-way',
      'new',
      'old',
      'empty',
    ]);
  });
});
