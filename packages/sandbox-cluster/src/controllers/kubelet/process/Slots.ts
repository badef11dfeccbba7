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

interface Waiting {
  take(): void;
  /** Nobody waits any more. */
  left: boolean;
}

/** Limits how many containers run at once; first come, first served. */
export class Slots {
  private free: number;

  private readonly waiting: Waiting[] = [];

  constructor(size: number) {
    this.free = size;
  }

  /** Resolves to what gives the slot back, or to `undefined` when the signal is aborted first. */
  async acquire(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.free > 0) {
      this.free -= 1;
      return this.releaseOnce();
    }
    return new Promise(resolve => {
      const entry: Waiting = {
        take: () => resolve(this.releaseOnce()),
        left: false,
      };
      this.waiting.push(entry);
      signal.addEventListener(
        'abort',
        () => {
          entry.left = true;
          resolve(undefined);
        },
        { once: true },
      );
    });
  }

  private releaseOnce(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      let next = this.waiting.shift();
      while (next?.left) next = this.waiting.shift();
      if (next) next.take();
      else this.free += 1;
    };
  }
}
