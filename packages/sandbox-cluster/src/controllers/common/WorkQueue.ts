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

import { WebhooksPending } from '../../ClusterApi';
import { LONGEST_TIMER_MS } from './time';

/** How a queue waits between tries of a key that failed. */
export interface Retry {
  firstMs: number;
  maxMs: number;
}

const LONGEST_TURN_MS = 5;

/**
 * Keys to work on, each at a given time. A key is in the queue once: the earliest time wins. A key whose
 * handler throws comes again after a growing wait.
 */
export class WorkQueue {
  private readonly waiting = new Map<
    string,
    { at: number; timer: NodeJS.Timeout }
  >();

  private readonly ready = new Set<string>();

  private readonly failures = new Map<string, number>();

  private stopped = false;

  constructor(
    private readonly handle: (key: string) => void,
    private readonly retry: Retry,
  ) {}

  /** Works on the key in `delayMs`, or earlier when it is already due earlier. */
  add(key: string, delayMs = 0): void {
    if (this.stopped || this.ready.has(key)) return;
    const at = Date.now() + Math.max(0, delayMs);
    const queued = this.waiting.get(key);
    if (queued && queued.at <= at) return;
    if (queued) clearTimeout(queued.timer);
    this.schedule(key, at);
  }

  /** Ends every timer; nothing is worked on afterwards. */
  stop(): void {
    this.stopped = true;
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
    this.ready.clear();
  }

  private schedule(key: string, at: number): void {
    // Deadlines may be years away.
    const wait = Math.min(Math.max(0, at - Date.now()), LONGEST_TIMER_MS);
    const timer = setTimeout(() => {
      if (Date.now() < at - 1) this.schedule(key, at);
      else this.makeReady(key);
    }, wait);
    this.waiting.set(key, { at, timer });
  }

  private makeReady(key: string): void {
    this.waiting.delete(key);
    this.ready.add(key);
    if (this.ready.size === 1) setImmediate(() => this.drain());
  }

  /** Many keys may be due at once: others in this process get their turn in between. */
  private drain(): void {
    const end = Date.now() + LONGEST_TURN_MS;
    for (const key of this.ready) {
      this.ready.delete(key);
      if (this.stopped) return;
      this.work(key);
      if (Date.now() >= end) break;
    }
    if (this.ready.size > 0) setImmediate(() => this.drain());
  }

  private work(key: string): void {
    try {
      this.handle(key);
      this.failures.delete(key);
    } catch (error) {
      if (error instanceof WebhooksPending) {
        // Nothing has failed: the same goes on with the answer.
        void error.settled.finally(() => this.add(key));
        return;
      }
      // The handler has reported what is worth knowing; here it only means: again, later.
      const failures = this.failures.get(key) ?? 0;
      this.failures.set(key, failures + 1);
      const { firstMs, maxMs } = this.retry;
      this.add(key, Math.min(firstMs * 2 ** failures, maxMs));
    }
  }
}
