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

/** A stream of steps in a database. */
export interface StepStream<Step extends { sequence: number }> {
  lastSequence(): Promise<number>;
  transitionsAfter(sequence: number, limit: number): Promise<Step[]>;
}

const PAGE = 500;

/** One of the streams that a feed follows: how far its listeners were told, and what comes next. */
export class FeedChannel<Step extends { sequence: number }> {
  readonly #stream: Pick<StepStream<Step>, 'transitionsAfter'>;
  readonly #tell: (steps: Step[]) => void;
  /** Up to where listeners were told; unknown while nobody listens. */
  #position?: number;

  constructor(
    stream: Pick<StepStream<Step>, 'transitionsAfter'>,
    tell: (steps: Step[]) => void,
  ) {
    this.#stream = stream;
    this.#tell = tell;
  }

  get position(): number | undefined {
    return this.#position;
  }

  /** Begins at a position, unless it has begun already. */
  begin(position: number): void {
    this.#position ??= position;
  }

  rest(): void {
    this.#position = undefined;
  }

  /** Tells what lies before `head`, page by page. */
  async advance(head: number): Promise<void> {
    for (;;) {
      const from = this.#position;
      if (from === undefined || from >= head) return;
      const steps = await this.#stream.transitionsAfter(from, PAGE);
      // Everybody may have gone meanwhile, and others have come.
      if (steps.length === 0 || this.#position !== from) return;
      this.#position = steps[steps.length - 1].sequence;
      this.#tell(steps);
    }
  }
}
