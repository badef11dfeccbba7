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
import { attemptOf } from '../../../domain/release/repeat';
import { VersionReplica } from './__testUtils__/VersionReplica';
import { VersionWorld } from './__testUtils__/VersionWorld';

const surprise = fc.constantFrom(
  undefined,
  undefined,
  'request lost' as const,
  'response lost' as const,
  'crash' as const,
  'the other works' as const,
);

/** Everything that can happen, in any order and at any time. */
const happening = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      who: fc.constantFrom('a' as const, 'b' as const),
      surprises: fc.array(surprise, { maxLength: 8, size: 'max' }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'a listens',
      'b listens',
      'a restarts',
      'a task succeeds',
      'a task succeeds',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'a task fails',
      'a task is deleted',
      'a definition is deleted',
      'the definitions are applied',
      'it is rolled out',
      'a second passes',
      'a minute passes',
      'it is to be repeated',
    ),
  },
);

const scenario = fc.noBias(
  fc.record({
    isNameTaken: fc.boolean(),
    story: fc.array(happening, { maxLength: 60, size: 'max' }),
  }),
);

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** One replica names its tasks and is interrupted; another one knows no more than that when it acts, much later. */
const staleReplica: { isNameTaken: boolean; story: Happening[] } = {
  isNameTaken: false,
  story: [
    { who: 'a', surprises: [undefined, undefined, 'request lost'] },
    'b listens',
    { who: 'a', surprises: [] },
    'a task is deleted',
    { who: 'b', surprises: [] },
  ],
};

describe('the phases of a version, whatever happens', () => {
  it('begin each check at most once, keep what has ended, and come to an end', async () => {
    const seen = { created: 0, repeated: 0, succeeded: 0, failed: 0 };

    await fc.assert(
      fc.asyncProperty(scenario, async ({ isNameTaken, story }) => {
        const world = new VersionWorld(isNameTaken);
        const a = new VersionReplica(world);
        const b = new VersionReplica(world);
        a.other = b;
        b.other = a;
        for (const what of story) {
          await happen(world, { a, b }, what);
        }
        await settle(world, a);

        const { status } = world.version;
        expect(status?.endTime).toBeDefined();
        expect(world.sightings.get(attemptOf(world.version))).toMatchObject({
          release: { state: status?.status },
        });
        seen.created += world.created.size;
        seen.repeated += attemptOf(world.version) - 1;
        seen.succeeded += Number(status?.status === 'Succeeded');
        seen.failed += Number(status?.status === 'Failed');
      }),
      { numRuns: 300, examples: [[staleReplica]] },
    );

    // The stories are worth telling only if all of this happens in some of them.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  }, 180_000);
});

async function happen(
  world: VersionWorld,
  replicas: { a: VersionReplica; b: VersionReplica },
  what: Happening,
): Promise<void> {
  if (typeof what === 'object') {
    const replica = replicas[what.who];
    replica.surprises.splice(0, Infinity, ...what.surprises);
    await replica.work();
    replica.surprises.length = 0;
    return;
  }
  switch (what) {
    case 'a listens':
      replicas.a.listen();
      break;
    case 'b listens':
      replicas.b.listen();
      break;
    case 'a restarts':
      replicas.a.restart();
      break;
    case 'a task succeeds':
      world.endTask('Succeeded');
      break;
    case 'a task fails':
      world.endTask('Failed');
      break;
    case 'a task is deleted':
      world.deleteTask();
      break;
    case 'a definition is deleted':
      world.setDefinition('lint', false);
      break;
    case 'the definitions are applied':
      world.setDefinition('lint', true);
      break;
    case 'it is rolled out':
      world.rollOut();
      break;
    case 'a second passes':
      world.nowMs += 1_000;
      break;
    case 'a minute passes':
      world.nowMs += 60_000;
      break;
    case 'it is to be repeated':
      world.repeat();
      break;
    default:
      throw new Error(`unknown: ${what}`);
  }
}

/** Nothing goes wrong any more. */
async function settle(world: VersionWorld, a: VersionReplica): Promise<void> {
  a.restart();
  for (let round = 0; round < 40; round++) {
    a.listen();
    await a.work();
    world.rollOut();
    world.endTask('Succeeded');
    world.nowMs += 10_000;
  }
}
