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
import { FeedChannel, type StepStream } from './FeedChannel';
import type { ReleaseTransition } from './ReleaseStore';
import type { RunTransition } from './RunStore';

/** How far somebody has followed the streams of runs and of releases. */
export interface StreamPosition {
  runs: number;
  releases: number;
}

/** Takes the steps of both streams as they come. */
export interface TransitionListener {
  runs?: (steps: RunTransition[]) => void;
  releases?: (steps: ReleaseTransition[]) => void;
}

/** What ends a subscription, and where it has begun. */
export interface Subscription {
  stop: () => void;
  from: StreamPosition;
}

/** Tells listeners in this process about every step of every run and release, whichever replica made it. */
export class TransitionFeed {
  readonly #heads: () => Promise<StreamPosition>;
  readonly #logger: LoggerService;
  readonly #pollMs: number;
  readonly #listeners = new Set<TransitionListener>();
  readonly #runs: FeedChannel<RunTransition>;
  readonly #releases: FeedChannel<ReleaseTransition>;
  #timer?: NodeJS.Timeout;
  #reading = false;
  #again = false;
  /** Told once, not at every try. */
  #failing = false;

  constructor(options: {
    runs: Pick<StepStream<RunTransition>, 'transitionsAfter'>;
    releases: Pick<StepStream<ReleaseTransition>, 'transitionsAfter'>;
    /** Where both streams end now. Asked at every poll, so it should cost one query. */
    heads: () => Promise<StreamPosition>;
    logger: LoggerService;
    /** How often to ask for steps of other replicas, while somebody listens. */
    pollMs?: number;
  }) {
    this.#heads = options.heads;
    this.#logger = options.logger;
    this.#pollMs = options.pollMs ?? 500;
    this.#runs = new FeedChannel(options.runs, steps => {
      for (const listener of this.#listeners) listener.runs?.(steps);
    });
    this.#releases = new FeedChannel(options.releases, steps => {
      for (const listener of this.#listeners) listener.releases?.(steps);
    });
  }

  /** Calls back with steps made from now on, in the order of their stream, until stopped. */
  async subscribe(listener: TransitionListener): Promise<Subscription> {
    if (!this.#position()) {
      const heads = await this.#heads();
      // Whoever came meanwhile has begun earlier, and must not miss what lies between.
      this.#runs.begin(heads.runs);
      this.#releases.begin(heads.releases);
    }
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.notify(), this.#pollMs);
    const stop = () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
    return { stop, from: this.#position()! };
  }

  /** There may be something new: this process has added to a stream, or it is time to ask. */
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
          'Could not read the transitions of runs and releases, trying again',
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
    const heads = await this.#heads();
    await this.#runs.advance(heads.runs);
    await this.#releases.advance(heads.releases);
  }

  #position(): StreamPosition | undefined {
    const runs = this.#runs.position;
    const releases = this.#releases.position;
    return runs === undefined || releases === undefined
      ? undefined
      : { runs, releases };
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#runs.rest();
    this.#releases.rest();
  }
}
