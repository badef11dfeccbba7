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

interface Waiting<Input, Output> {
  input: Input;
  resolve: (output: Output) => void;
  reject: (error: unknown) => void;
}

/** After so many failures, and no success, the rest of a batch fails likewise. */
const MAX_FAILURES = 3;

/** So many calls at once are a burst: more will follow. */
const BURST = 8;
/** Then fewer and larger statements are worth a wait: each commit costs the disk as much as a hundred rows. */
const BURST_WAIT_MS = 40;

/**
 * Turns calls that come at the same time into one. A burst of a thousand tasks becomes a few statements instead of
 * thousands; a single call waits no longer than it takes to see whether others follow.
 */
export class Coalescer<Input, Output> {
  readonly #run: (inputs: Input[]) => Promise<Output[]>;
  readonly #maxItems: number;
  readonly #waitMs: number;
  readonly #burstWaitMs: number;
  #waiting: Waiting<Input, Output>[] = [];
  #busy = false;

  /** `run` answers with one output per input, in order. */
  constructor(
    run: (inputs: Input[]) => Promise<Output[]>,
    options: { maxItems?: number; waitMs?: number; burstWaitMs?: number } = {},
  ) {
    this.#run = run;
    this.#maxItems = options.maxItems ?? 200;
    this.#waitMs = options.waitMs ?? 2;
    this.#burstWaitMs = options.burstWaitMs ?? BURST_WAIT_MS;
  }

  /** Resolves with the output for this input. */
  add(input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      if (!this.#busy) {
        this.#busy = true;
        setTimeout(() => this.#drain(), this.#waitMs);
      }
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#maxItems);
      await this.#flush(batch);
      if (batch.length >= BURST && this.#waiting.length < this.#maxItems) {
        await new Promise(resolve => setTimeout(resolve, this.#burstWaitMs));
      }
    }
    this.#busy = false;
  }

  async #flush(batch: Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await this.#run(batch.map(({ input }) => input));
      batch.forEach(({ resolve }, i) => resolve(outputs[i]));
    } catch (error) {
      if (batch.length === 1) {
        batch[0].reject(error);
        return;
      }
      // One that cannot be stored must not take the others with it; but when nothing can be, there is no point in
      // finding that out for each.
      let failures = 0;
      for (const one of batch) {
        if (failures === MAX_FAILURES) one.reject(error);
        else if (await this.#flushOne(one)) failures = -Infinity;
        else failures++;
      }
    }
  }

  async #flushOne(one: Waiting<Input, Output>): Promise<boolean> {
    try {
      one.resolve((await this.#run([one.input]))[0]);
      return true;
    } catch (error) {
      one.reject(error);
      return false;
    }
  }
}
