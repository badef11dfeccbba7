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

import { isCleared } from '../cleared';
import { aVersion } from './__testUtils__/builders';
import { releaseGatePatch } from './releaseGatePatch';

it('a decision to release a gate is stored with who, when and why, on the very version that was meant', () => {
  const patch = releaseGatePatch(aVersion(), {
    reason: 'Known flake, see OPS-7',
    by: 'user:default/ada',
    at: new Date('2026-03-01T12:34:56.000Z'),
  });
  expect(patch).toEqual({
    metadata: {
      uid: 'uid-version',
      annotations: {
        'keptn-tasks/release-gate': 'Known flake, see OPS-7',
        'keptn-tasks/release-gate-by': 'user:default/ada',
        'keptn-tasks/release-gate-at': '2026-03-01T12:34:56.000Z',
      },
    },
  });
  const { annotations } = (
    patch as { metadata: { annotations: Record<string, string> } }
  ).metadata;
  expect(isCleared(aVersion({}, annotations))).toBe(true);
});
