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

import { aDefinition, aRun } from '../__testUtils__/builders';
import {
  aHeldRelease,
  anEnvironment,
  aRelease,
} from '../__testUtils__/releaseBuilders';
import { judgeEntity } from './entityHealth';

const held = anEnvironment({ workloads: [aHeldRelease()] });
const well = anEnvironment({ workloads: [aRelease()] });
const failedRun = aRun({ state: 'Failed' });
const failedOfRelease = aRun({
  state: 'Failed',
  trigger: { source: 'release' },
});
const none = { definitions: [], runs: [] };

describe('what is said first about an entity', () => {
  it('is a release that is held, rather than a task that failed on demand', () => {
    const said = judgeEntity({
      ...none,
      environments: [held],
      runs: [failedRun],
    });
    expect(said).toMatchObject({ about: 'releases', health: { kind: 'held' } });
  });

  it('is a task that failed on demand, rather than that releases are well', () => {
    const said = judgeEntity({
      ...none,
      environments: [well],
      runs: [failedRun],
    });
    expect(said).toMatchObject({ about: 'runs', health: { kind: 'failed' } });
  });

  it('is not what a version failed with that a newer one has replaced', () => {
    const said = judgeEntity({
      environments: [well],
      definitions: [aDefinition({ lastRun: failedOfRelease })],
      runs: [failedOfRelease],
    });
    expect(said).toMatchObject({
      about: 'releases',
      health: { kind: 'passed' },
    });
  });

  it('is the failed task of a release in a place where no release is known', () => {
    const said = judgeEntity({
      ...none,
      environments: [],
      runs: [failedOfRelease],
    });
    expect(said).toMatchObject({ about: 'runs', health: { kind: 'failed' } });
  });

  it('is about the runs when there is no release', () => {
    const run = aRun();
    expect(judgeEntity({ ...none, environments: [], runs: [run] })).toEqual({
      about: 'runs',
      health: { kind: 'passed', last: run },
    });
    expect(judgeEntity({ ...none, environments: [] })).toEqual({
      about: 'runs',
      health: { kind: 'none' },
    });
  });
});
