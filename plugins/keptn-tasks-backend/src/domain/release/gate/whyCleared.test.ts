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

import {
  aRevision,
  aVersion,
  known,
  LATER,
  LONG_BEFORE,
  SINCE,
} from './__testUtils__/builders';
import type { ClearedRevisions, ObservedRevision } from './ObservedRevision';
import { describeClearance, isTakenAsItIs, whyCleared } from './whyCleared';

const KEY = 'ReplicaSet.cart-1';
const deploying = aVersion({ deploymentStatus: 'Progressing' });
const blocked = aVersion({ deploymentStatus: 'Deprecated', status: 'Failed' });
const waiting = aVersion();
const repeated = aVersion({}, { 'keptn-tasks/attempt': '2' });

it.each<
  [string, Partial<ObservedRevision>, ClearedRevisions, string | undefined]
>([
  ['is cleared by its version', { versions: [deploying] }, known(), 'version'],
  [
    'is held while its version waits',
    { versions: [waiting] },
    known(),
    undefined,
  ],
  [
    'is held when the checks of its version failed (D-02)',
    { versions: [blocked] },
    known(),
    undefined,
  ],
  [
    'is cleared by an earlier version that stands for it (D-38)',
    { versions: [waiting, deploying] },
    known(),
    'version',
  ],
  [
    'is cleared by hand',
    { versions: [aVersion({}, { 'keptn-tasks/release-gate': 'flake' })] },
    known(),
    'hand',
  ],
  [
    'stays cleared while its checks are repeated',
    { versions: [repeated] },
    known(KEY),
    'earlier-attempt',
  ],
  [
    'is held while checks are repeated that never let it go',
    { versions: [repeated] },
    known(),
    undefined,
  ],
  [
    'is not cleared by a key that somebody wrote',
    { versions: [waiting] },
    known(KEY),
    undefined,
  ],
  ['is held without a version', {}, known(), undefined],
  [
    'is taken as it is when it ran before',
    { createdAt: LONG_BEFORE, freePods: 2 },
    known(),
    'age',
  ],
  [
    'is taken as it is when it has no Pods now',
    { createdAt: LONG_BEFORE },
    known(),
    'age',
  ],
  [
    'is taken as it is when it is scaled up later, by a Pod that still runs',
    { createdAt: LONG_BEFORE, freePods: 1, gatedPods: 3 },
    known(),
    'age',
  ],
  [
    'is taken as it is when it is scaled up from 0, by its key',
    { createdAt: LONG_BEFORE, gatedPods: 3 },
    known(KEY),
    'age',
  ],
  [
    'is held when all its Pods were held before',
    { createdAt: LONG_BEFORE, gatedPods: 3 },
    known(),
    undefined,
  ],
  [
    'is held when it came with the namespace',
    { createdAt: new Date(SINCE.getTime() - 59_000) },
    known(),
    undefined,
  ],
  ['is held when it came later', { createdAt: LATER }, known(KEY), undefined],
  [
    'stays free when it runs since before us, although its checks had failed (D-02)',
    {
      createdAt: LONG_BEFORE,
      freePods: 1,
      versions: [
        aVersion({
          deploymentStatus: 'Deprecated',
          status: 'Failed',
          endTime: LONG_BEFORE.toISOString(),
        }),
      ],
    },
    known(),
    'age',
  ],
  [
    'is held when its checks failed before us and it never ran',
    {
      createdAt: LONG_BEFORE,
      gatedPods: 1,
      versions: [
        aVersion({
          deploymentStatus: 'Deprecated',
          status: 'Failed',
          endTime: LONG_BEFORE.toISOString(),
        }),
      ],
    },
    known(),
    undefined,
  ],
])('a revision %s', (_, revision, cleared, by) => {
  expect(whyCleared(aRevision(revision), cleared)?.by).toBe(by);
});

it('a revision that has a version is not taken as it is, however old', () => {
  expect(
    isTakenAsItIs(
      aRevision({ createdAt: LONG_BEFORE, versions: [deploying] }),
      known(),
    ),
  ).toBe(false);
});

it.each([
  [
    aVersion({
      deploymentStatus: 'Succeeded',
      startTime: '2026-03-01T12:00:00Z',
      deploymentStartTime: '2026-03-01T12:01:00Z',
    }),
    'shop-cart-1.0.0, cleared 2026-03-01T12:01:00Z',
  ],
  [aVersion({ deploymentStatus: 'Succeeded' }), 'shop-cart-1.0.0'],
  [
    aVersion(
      {},
      {
        'keptn-tasks/release-gate': 'flake',
        'keptn-tasks/release-gate-at': '2026-03-01T12:02:00Z',
      },
    ),
    'shop-cart-1.0.0, released by hand 2026-03-01T12:02:00Z',
  ],
])('the list says what cleared a revision', (version, text) => {
  const clearance = whyCleared(aRevision({ versions: [version] }), known());
  expect(describeClearance(clearance!)).toBe(text);
});
