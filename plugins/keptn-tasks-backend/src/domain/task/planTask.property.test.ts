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

import * as fc from 'fast-check';
import { happening, ModelWorld } from '../__testUtils__/ModelWorld';

/** Unbiased: bias makes most stories short, and short stories are dull. */
const scenario = fc.noBias(
  fc.record({
    isDefined: fc.integer({ min: 0, max: 9 }).map(n => n > 0),
    story: fc.array(happening, { maxLength: 120, size: 'max' }),
    exitCode: fc.constantFrom(0, 1),
  }),
);

describe('planTask, whatever happens', () => {
  it('runs a task once, keeps its outcome, and comes to an end', () => {
    const seen = { jobs: 0, succeeded: 0, failed: 0, cancelled: 0, lost: 0 };

    fc.assert(
      fc.property(scenario, ({ isDefined, story, exitCode }) => {
        const world = new ModelWorld();
        world.cluster.setDefinition(isDefined);
        world.a.listen();
        story.forEach(what => world.happen(what));
        world.settle(exitCode);

        expect(world.problem).toBeUndefined();

        const { state, reason } = world.history.sight();
        seen.jobs += world.cluster.jobsCreated;
        seen.succeeded += Number(state === 'Succeeded');
        seen.failed += Number(state === 'Failed');
        seen.cancelled += Number(state === 'Cancelled');
        seen.lost += Number(reason === 'JobLost');
      }),
      { numRuns: 2000 },
    );

    // The stories are worth telling only if all of this happens in some of them.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  }, 120_000);
});
