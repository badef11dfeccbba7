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

import { mockServices } from '@backstage/backend-test-utils';
import type { ReleaseTransition } from '../history/ReleaseStore';
import type { RunTransition } from '../history/RunStore';
import { TransitionFeed } from '../history/TransitionFeed';
import { followTransitions } from './followTransitions';

/** A stream of steps that grows on demand. */
class Steps {
  last: number;
  failing = false;

  constructor(last: number) {
    this.last = last;
  }

  lastSequence = async () => this.last;

  transitionsAfter = async (
    after: number,
    limit: number,
  ): Promise<RunTransition[]> => {
    if (this.failing) throw new Error('The database is away');
    const count = Math.max(0, Math.min(limit, this.last - after));
    return Array.from({ length: count }, (_, i) => ({
      sequence: after + i + 1,
      runId: `run-${after + i + 1}`,
      cluster: 'eu-1',
      namespace: 'shop',
    }));
  };
}

describe('followTransitions', () => {
  let steps: Steps;
  let feed: TransitionFeed;
  let told: number[];
  let toldReleases: ReleaseTransition[];
  const follow = (after?: number) =>
    followTransitions(
      after === undefined ? {} : { runs: after },
      { runs: steps, releases: steps as any, feed },
      {
        runs: some => told.push(...some.map(({ sequence }) => sequence)),
        releases: some => toldReleases.push(...some),
      },
    );
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const settle = () => new Promise(resolve => setTimeout(resolve, 20));

  beforeEach(() => {
    steps = new Steps(3500);
    told = [];
    toldReleases = [];
    feed = new TransitionFeed({
      runs: steps,
      releases: { transitionsAfter: async () => [] },
      heads: async () => ({ runs: await steps.lastSequence(), releases: 7 }),
      logger: mockServices.logger.mock(),
      pollMs: 100_000,
    });
  });
  afterEach(() => feed.stop());

  it('tells what comes from now on', async () => {
    const { stop, from } = await follow();
    expect(from).toEqual({ runs: 3500, releases: 7 });
    steps.last = 3502;
    feed.notify();
    await settle();
    expect(told).toEqual([3501, 3502]);
    stop();
    steps.last = 3503;
    feed.notify();
    await settle();
    expect(told).toEqual([3501, 3502]);
  });

  it('tells all that was missed first, however much, and nothing twice', async () => {
    const original = steps.transitionsAfter;
    steps.transitionsAfter = async (after, limit) => {
      // Something happens while the missed steps are told.
      if (after === 2001) {
        steps.last = 3510;
        feed.notify();
      }
      return original(after, limit);
    };
    const { from } = await follow(1);
    expect(from).toEqual({ runs: 1, releases: 7 });
    expect(toldReleases).toEqual([]);
    await settle();
    steps.last = 3512;
    feed.notify();
    await settle();
    expect(told).toEqual(range(2, 3512));
  });

  it('refuses to tell more than it should', async () => {
    steps.last = 10_002;
    await expect(follow(1)).rejects.toThrow(
      'Last-Event-ID: more than 10000 steps have been missed',
    );
    await expect(follow(2)).resolves.toBeDefined();
  });

  it('leaves no listener behind when the database is away', async () => {
    steps.failing = true;
    await expect(follow(1)).rejects.toThrow('The database is away');
    // A feed without listeners asks for nothing.
    const asked = jest.spyOn(steps, 'lastSequence');
    feed.notify();
    await settle();
    expect(asked).not.toHaveBeenCalled();
  });
});
