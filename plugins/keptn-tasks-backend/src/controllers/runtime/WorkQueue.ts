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

import { KeyLine } from './KeyLine';

/** `first` goes before everything that is `later`. */
export type Priority = 'first' | 'later';

/**
 * Keys that somebody should look at. A key that is added twice waits once; a key that is added while it is looked at
 * waits until that look is over, so that no key is looked at twice at a time.
 */
export class WorkQueue {
  private readonly waiting: Record<Priority, KeyLine> = {
    first: new KeyLine(),
    later: new KeyLine(),
  };
  private readonly active = new Set<string>();
  /** Keys that were added while they were looked at. */
  private readonly again = new Map<string, Priority>();
  private readonly timers = new Map<
    string,
    { timer: NodeJS.Timeout; at: number }
  >();
  private readonly idle: ((key: string | undefined) => void)[] = [];
  private closed = false;

  constructor(private readonly now: () => number = Date.now) {}

  /** Keys that wait, without those that wait for a time. */
  get length(): number {
    return this.waiting.first.size + this.waiting.later.size;
  }

  /** Keys that are looked at now. */
  get activeCount(): number {
    return this.active.size;
  }

  /** Age of the key that waits longest, in milliseconds. */
  get lagMs(): number {
    const now = this.now();
    const { first, later } = this.waiting;
    return now - Math.min(first.oldest ?? now, later.oldest ?? now);
  }

  /** Puts a key into the queue. A key that waits already keeps its place unless it becomes more urgent. */
  add(key: string, priority: Priority = 'later'): void {
    if (this.closed) {
      return;
    }
    this.cancelTimer(key);
    if (this.active.has(key)) {
      const urgent = priority === 'first' || this.again.get(key) === 'first';
      this.again.set(key, urgent ? 'first' : 'later');
      return;
    }
    const { first, later } = this.waiting;
    if (first.has(key) || (later.has(key) && priority === 'later')) {
      return;
    }
    const since = later.remove(key) ?? this.now();
    this.waiting[priority].push(key, since);
    this.wakeOne();
  }

  /** The same in a while. An earlier appointment stands. */
  addAfter(key: string, delayMs: number, priority: Priority = 'later'): void {
    const at = this.now() + delayMs;
    const known = this.timers.get(key);
    if (this.closed || (known && known.at <= at)) {
      return;
    }
    this.cancelTimer(key);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.add(key, priority);
    }, delayMs);
    this.timers.set(key, { timer, at });
  }

  /** The next key, once there is one; `undefined` when the queue is closed. Call `done` after looking at it. */
  async next(): Promise<string | undefined> {
    if (this.closed) {
      return undefined;
    }
    const key = this.take();
    return key ?? new Promise(resolve => this.idle.push(resolve));
  }

  /** The look at a key is over. */
  done(key: string): void {
    this.active.delete(key);
    const priority = this.again.get(key);
    if (priority) {
      this.again.delete(key);
      this.add(key, priority);
    }
  }

  /** Nobody needs to look at this key any more, now or later. */
  forget(key: string): void {
    this.cancelTimer(key);
    this.waiting.first.remove(key);
    this.waiting.later.remove(key);
    this.again.delete(key);
  }

  /** Forgets all that waits, and lets everybody who waits for a key go. */
  close(): void {
    this.closed = true;
    for (const key of [...this.timers.keys()]) {
      this.cancelTimer(key);
    }
    this.waiting.first.clear();
    this.waiting.later.clear();
    this.again.clear();
    this.idle.splice(0).forEach(resolve => resolve(undefined));
  }

  private take(): string | undefined {
    const key = this.waiting.first.shift() ?? this.waiting.later.shift();
    if (key !== undefined) {
      this.active.add(key);
    }
    return key;
  }

  private wakeOne(): void {
    const resolve = this.idle.shift();
    if (resolve) {
      resolve(this.take());
    }
  }

  private cancelTimer(key: string): void {
    clearTimeout(this.timers.get(key)?.timer);
    this.timers.delete(key);
  }
}
