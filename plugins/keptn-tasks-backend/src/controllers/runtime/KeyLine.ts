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

/**
 * Keys in the order in which they came, each once. A Map alone would do, were it not slow to find its first entry
 * after many were taken from its front.
 */
export class KeyLine {
  private readonly since = new Map<string, number>();
  private order: string[] = [];
  private head = 0;

  get size(): number {
    return this.since.size;
  }

  /** When the first key came; `undefined` when there is none. */
  get oldest(): number | undefined {
    const key = this.peek();
    return key === undefined ? undefined : this.since.get(key);
  }

  has(key: string): boolean {
    return this.since.has(key);
  }

  /** Puts a key at the end. */
  push(key: string, since: number): void {
    this.since.set(key, since);
    this.order.push(key);
  }

  /** Takes the first key. */
  shift(): string | undefined {
    const key = this.peek();
    if (key !== undefined) {
      this.since.delete(key);
      this.head += 1;
    }
    return key;
  }

  /** Takes a key out, wherever it stands; tells since when it was there. */
  remove(key: string): number | undefined {
    const since = this.since.get(key);
    this.since.delete(key);
    return since;
  }

  clear(): void {
    this.since.clear();
    this.order = [];
    this.head = 0;
  }

  /** The first key that is still there; what was taken out before it is forgotten. */
  private peek(): string | undefined {
    while (
      this.head < this.order.length &&
      !this.since.has(this.order[this.head])
    ) {
      this.head += 1;
    }
    if (this.head > 1_000 && this.head * 2 > this.order.length) {
      this.order = this.order.slice(this.head);
      this.head = 0;
    }
    return this.order[this.head];
  }
}
