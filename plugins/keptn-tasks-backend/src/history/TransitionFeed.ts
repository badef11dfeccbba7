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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunStore, RunTransition } from './RunStore';

const PAGE = 500;

/** Tells listeners in this process about every step of every run, whichever replica made it. */
export class TransitionFeed {
  readonly #runs: Pick<RunStore, 'lastSequence' | 'transitionsAfter'>;
  readonly #logger: LoggerService;
  readonly #pollMs: number;
  readonly #listeners = new Set<(steps: RunTransition[]) => void>();
  /** Up to where listeners were told; unknown while nobody listens. */
  #position?: number;
  #timer?: NodeJS.Timeout;
  #reading = false;
  #again = false;
  /** Told once, not at every try. */
  #failing = false;

  constructor(options: {
    runs: Pick<RunStore, 'lastSequence' | 'transitionsAfter'>;
    logger: LoggerService;
    /** How often to ask for steps of other replicas, while somebody listens. */
    pollMs?: number;
  }) {
    this.#runs = options.runs;
    this.#logger = options.logger;
    this.#pollMs = options.pollMs ?? 500;
  }

  /** Calls back with steps made from now on, in order, until the returned function is called. */
  async subscribe(
    listener: (steps: RunTransition[]) => void,
  ): Promise<() => void> {
    if (this.#position === undefined) {
      const last = await this.#runs.lastSequence();
      // Whoever came meanwhile has begun earlier, and must not miss what lies between.
      this.#position ??= last;
    }
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.notify(), this.#pollMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  /** There may be something new: this process has added to the stream, or it is time to ask. */
  notify(): void {
    if (this.#listeners.size === 0) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    this.#read()
      .then(() => {
        this.#failing = false;
      })
      .catch(error => {
        if (this.#failing) return;
        this.#failing = true;
        this.#logger.warn(
          'Could not read the transitions of runs, trying again',
          error,
        );
      })
      .finally(() => {
        this.#reading = false;
        if (this.#again) {
          this.#again = false;
          this.notify();
        }
      });
  }

  /** Lets go of all listeners. */
  stop(): void {
    this.#listeners.clear();
    this.#rest();
  }

  async #read(): Promise<void> {
    while (this.#position !== undefined) {
      if ((await this.#runs.lastSequence()) <= this.#position) return;
      const steps = await this.#runs.transitionsAfter(this.#position, PAGE);
      if (steps.length === 0 || this.#position === undefined) return;
      this.#position = steps[steps.length - 1].sequence;
      for (const listener of this.#listeners) listener(steps);
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#position = undefined;
  }
}
