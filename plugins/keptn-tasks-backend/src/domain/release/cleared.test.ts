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

import { RELEASE_GATE_ANNOTATION } from './annotations';
import { isCleared } from './cleared';
import type { KeptnWorkloadVersion, ReleaseState } from './resources';

const version = (
  deploymentStatus: ReleaseState | undefined,
  annotations?: Record<string, string>,
): KeptnWorkloadVersion => ({
  apiVersion: 'lifecycle.keptn.sh/v1',
  kind: 'KeptnWorkloadVersion',
  metadata: { name: 'shop-cart-1', namespace: 'shop', uid: 'u', annotations },
  spec: {
    app: 'shop',
    version: '1',
    workloadName: 'shop-cart',
    resourceReference: { uid: 'r', kind: 'ReplicaSet', name: 'cart-1' },
  },
  status: deploymentStatus && { deploymentStatus },
});

it.each<[ReleaseState | undefined, boolean]>([
  [undefined, false],
  ['Pending', false],
  ['Unknown', false],
  // Skipped because a check failed (D-02), or superseded before it began.
  ['Deprecated', false],
  ['Progressing', true],
  ['Succeeded', true],
  ['Warning', true],
  ['Failed', true],
])('a version whose deployment is %s is cleared: %s', (state, cleared) => {
  expect(isCleared(version(state))).toBe(cleared);
});

it('a version whose gate somebody released is cleared whatever its checks said', () => {
  const reason = { [RELEASE_GATE_ANNOTATION]: 'known flake' };
  expect(isCleared(version('Deprecated', reason))).toBe(true);
  expect(isCleared(version(undefined, reason))).toBe(true);
});

it('a release of a gate without a reason is none', () => {
  expect(isCleared(version('Pending', { [RELEASE_GATE_ANNOTATION]: '' }))).toBe(
    false,
  );
});
