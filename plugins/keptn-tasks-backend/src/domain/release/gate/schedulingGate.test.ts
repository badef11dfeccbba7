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

import { aGatedPod } from './__testUtils__/builders';
import { gateRemovalPatch, isGated } from './schedulingGate';

it('only our gate makes a Pod ours to release', () => {
  expect(isGated(aGatedPod())).toBe(true);
  expect(
    isGated({
      spec: {
        containers: [],
        schedulingGates: [{ name: 'example.com/quota' }],
      },
    }),
  ).toBe(false);
  expect(isGated({})).toBe(false);
});

it('the last gate leaves no list behind', () => {
  expect(gateRemovalPatch(aGatedPod())).toEqual({
    metadata: {
      resourceVersion: '7',
      annotations: { 'keptn.sh/scheduling-gate-removed': 'true' },
    },
    spec: { schedulingGates: null },
  });
});

it('gates of other systems stay (D-43)', () => {
  const pod = aGatedPod();
  pod.spec!.schedulingGates!.unshift({ name: 'example.com/quota' });
  pod.spec!.schedulingGates!.push({ name: 'example.com/network' });
  expect(gateRemovalPatch(pod)).toMatchObject({
    spec: {
      schedulingGates: [
        { name: 'example.com/quota' },
        { name: 'example.com/network' },
      ],
    },
  });
});
