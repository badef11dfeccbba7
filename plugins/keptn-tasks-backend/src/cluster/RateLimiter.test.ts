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

import { RateLimiter, sleep } from './RateLimiter';

describe('RateLimiter', () => {
  it('lets a burst through at once and then one after the other', () => {
    const limiter = new RateLimiter({ qps: 10, burst: 3, now: () => 0 });
    const waits = Array.from({ length: 6 }, () => limiter.reserve());
    expect(waits).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('fills up again, but not beyond the burst', () => {
    let now = 0;
    const limiter = new RateLimiter({ qps: 10, burst: 2, now: () => now });
    limiter.reserve();
    limiter.reserve();
    now = 100;
    expect([limiter.reserve(), limiter.reserve()]).toEqual([0, 100]);
    now = 60_000;
    expect([1, 2, 3].map(() => limiter.reserve())).toEqual([0, 0, 100]);
  });

  it('lets who waits go when nobody wants the answer any more', async () => {
    const aborter = new AbortController();
    const limiter = new RateLimiter({ qps: 0.001, burst: 0 });
    const waiting = limiter.acquire(aborter.signal);
    aborter.abort(new Error('not needed'));
    await expect(waiting).rejects.toThrow('not needed');
  });
});

it('sleep ends at once when it was aborted before', async () => {
  await expect(
    sleep(60_000, AbortSignal.abort(new Error('over'))),
  ).rejects.toThrow('over');
});
