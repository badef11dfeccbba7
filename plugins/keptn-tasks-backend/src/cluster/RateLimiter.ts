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

import { setTimeout as delay } from 'node:timers/promises';

/**
 * A token bucket: on average `qps` permits per second, up to `burst` at once after a quiet time. Who asks first is
 * served first.
 */
export class RateLimiter {
  private tokens: number;
  private refilledAt: number;
  private readonly now: () => number;

  constructor(
    private readonly options: {
      qps: number;
      burst: number;
      now?: () => number;
    },
  ) {
    this.now = options.now ?? Date.now;
    this.tokens = options.burst;
    this.refilledAt = this.now();
  }

  /** Resolves when the caller may go on; rejects with the signal's reason when it is aborted before. */
  async acquire(signal?: AbortSignal): Promise<void> {
    const waitMs = this.reserve();
    if (waitMs > 0) {
      await sleep(waitMs, signal);
    }
  }

  /** Takes a permit, from the future if need be, and tells how far that is away. */
  reserve(): number {
    const { qps, burst } = this.options;
    const now = this.now();
    const refill = ((now - this.refilledAt) / 1000) * qps;
    this.tokens = Math.min(burst, this.tokens + Math.max(0, refill));
    this.refilledAt = now;
    this.tokens -= 1;
    return this.tokens >= 0 ? 0 : (-this.tokens / qps) * 1000;
  }
}

/** Waits; rejects with the signal's reason when it is aborted before. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(error => {
    throw signal?.reason ?? error;
  });
}
