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

const LONGEST_FACTOR = 30;

/** A wait that doubles each time, up to 30 times the first; forgotten when nothing happened for long. */
export class Backoff {
  private delay = 0;

  private since = 0;

  constructor(private readonly firstMs: number) {}

  /** The present wait in milliseconds; 0 before the first `grow`. */
  get delayMs(): number {
    return this.delay;
  }

  /** Whether the wait that began at `from` is still on. */
  pending(from: number): boolean {
    const longest = this.firstMs * LONGEST_FACTOR;
    if (Date.now() - this.since > 2 * longest) this.delay = 0;
    return Date.now() < from + this.delay;
  }

  grow(): void {
    const longest = this.firstMs * LONGEST_FACTOR;
    this.delay = Math.min(Math.max(this.firstMs, this.delay * 2), longest);
    this.since = Date.now();
  }
}
