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
import type { StepStream } from '../history/FeedChannel';

const PAGE = 1000;
/** Whoever missed more is better off to fetch what is shown anew. */
const MAX_REPLAYED = 10 * PAGE;

/** Tells what was missed of a stream before what comes meanwhile. */
export class StreamReplay<Step extends { sequence: number }> {
  readonly #after?: number;
  readonly #stream: StepStream<Step>;
  readonly #tell: (steps: Step[]) => void;
  readonly #waiting: Step[] = [];
  #replaying: boolean;

  constructor(
    after: number | undefined,
    stream: StepStream<Step>,
    tell: (steps: Step[]) => void,
  ) {
    this.#after = after;
    this.#stream = stream;
    this.#tell = tell;
    this.#replaying = after !== undefined;
  }

  take(steps: Step[]): void {
    if (this.#replaying) this.#waiting.push(...steps);
    else this.#tell(steps);
  }

  /** Throws InputError when too many steps were missed to tell them all. */
  async replay(): Promise<void> {
    if (this.#after === undefined) return;
    let position = this.#after;
    if ((await this.#stream.lastSequence()) - position > MAX_REPLAYED) {
      throw new InputError(
        `Last-Event-ID: more than ${MAX_REPLAYED} steps have been missed; connect without it and fetch anew what is shown`,
      );
    }
    let missed: Step[];
    do {
      missed = await this.#stream.transitionsAfter(position, PAGE);
      this.#tell(missed);
      position = missed.at(-1)?.sequence ?? position;
    } while (missed.length === PAGE);
    this.#replaying = false;
    this.#tell(this.#waiting.filter(({ sequence }) => sequence > position));
  }
}
