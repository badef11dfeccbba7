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

import { InputError } from '@backstage/errors';
import type { RunStore, RunTransition } from '../history/RunStore';
import type { TransitionFeed } from '../history/TransitionFeed';

const PAGE = 1000;
/** Whoever missed more is better off to fetch what is shown anew. */
const MAX_REPLAYED = 10 * PAGE;

/**
 * Calls back with the steps of all runs from now on, or with those after a sequence number first, in order and each
 * once, until the returned function is called. Throws InputError when too many were missed to tell them all.
 */
export async function followTransitions(
  after: number | undefined,
  history: { runs: RunStore; feed: TransitionFeed },
  tell: (steps: RunTransition[]) => void,
): Promise<() => void> {
  const { runs, feed } = history;
  if (after === undefined) return feed.subscribe(tell);
  // Steps that come while the missed ones are told wait for their turn.
  const waiting: RunTransition[] = [];
  let replaying = true;
  const off = await feed.subscribe(steps => {
    if (replaying) waiting.push(...steps);
    else tell(steps);
  });
  try {
    const position = await replay(after, runs, tell);
    replaying = false;
    tell(waiting.filter(({ sequence }) => sequence > position));
    return off;
  } catch (error) {
    off();
    throw error;
  }
}

/** Tells what was missed and answers how far that went. */
async function replay(
  after: number,
  runs: RunStore,
  tell: (steps: RunTransition[]) => void,
): Promise<number> {
  if ((await runs.lastSequence()) - after > MAX_REPLAYED) {
    throw new InputError(
      `Last-Event-ID: more than ${MAX_REPLAYED} steps have been missed; connect without it and fetch anew what is shown`,
    );
  }
  let position = after;
  for (;;) {
    const missed = await runs.transitionsAfter(position, PAGE);
    tell(missed);
    position = missed.at(-1)?.sequence ?? position;
    if (missed.length < PAGE) return position;
  }
}
