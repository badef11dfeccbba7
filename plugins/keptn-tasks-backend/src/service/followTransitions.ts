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

import type { StepStream } from '../history/FeedChannel';
import type { ReleaseTransition } from '../history/ReleaseStore';
import type { RunTransition } from '../history/RunStore';
import type {
  StreamPosition,
  Subscription,
  TransitionFeed,
} from '../history/TransitionFeed';
import { StreamReplay } from './StreamReplay';

/**
 * Calls back with the steps of all runs and releases from now on, or with those after a position first, in the order of
 * their stream and each once, until stopped. Throws InputError when too many were missed to tell them all.
 */
export async function followTransitions(
  after: Partial<StreamPosition>,
  history: {
    runs: StepStream<RunTransition>;
    releases: StepStream<ReleaseTransition>;
    feed: TransitionFeed;
  },
  tell: {
    runs: (steps: RunTransition[]) => void;
    releases: (steps: ReleaseTransition[]) => void;
  },
): Promise<Subscription> {
  const runs = new StreamReplay(after.runs, history.runs, tell.runs);
  const releases = new StreamReplay(
    after.releases,
    history.releases,
    tell.releases,
  );
  const { stop, from } = await history.feed.subscribe({
    runs: steps => runs.take(steps),
    releases: steps => releases.take(steps),
  });
  try {
    await runs.replay();
    await releases.replay();
    return { stop, from: { ...from, ...defined(after) } };
  } catch (error) {
    stop();
    throw error;
  }
}

function defined(position: Partial<StreamPosition>): Partial<StreamPosition> {
  const { runs, releases } = position;
  return {
    ...(runs === undefined ? {} : { runs }),
    ...(releases === undefined ? {} : { releases }),
  };
}
