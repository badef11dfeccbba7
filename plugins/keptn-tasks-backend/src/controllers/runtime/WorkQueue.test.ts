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

import fc from 'fast-check';
import { WorkQueue } from './WorkQueue';

describe('WorkQueue', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('hands out keys in the order in which they came', async () => {
    const queue = new WorkQueue();
    queue.add('a');
    queue.add('b');
    expect([await queue.next(), await queue.next()]).toEqual(['a', 'b']);
  });

  it('lets a key that is added twice wait once', async () => {
    const queue = new WorkQueue();
    queue.add('a');
    queue.add('a');
    expect(queue.length).toBe(1);
  });

  it('hands out urgent keys first, also those that become urgent', async () => {
    const queue = new WorkQueue();
    queue.add('follow-up');
    queue.add('promoted');
    queue.add('new', 'first');
    queue.add('promoted', 'first');
    expect([
      await queue.next(),
      await queue.next(),
      await queue.next(),
    ]).toEqual(['new', 'promoted', 'follow-up']);
  });

  it('does not make an urgent key wait longer when it is added again', async () => {
    const queue = new WorkQueue();
    queue.add('a', 'first');
    queue.add('a', 'later');
    queue.add('b', 'later');
    expect(await queue.next()).toBe('a');
  });

  it('holds a key back while it is looked at, and hands it out once more afterwards', async () => {
    const queue = new WorkQueue();
    queue.add('a');
    await queue.next();
    queue.add('a');
    queue.add('a');
    expect(queue.length).toBe(0);

    queue.done('a');
    expect(queue.length).toBe(1);
    expect(await queue.next()).toBe('a');
    queue.done('a');
    expect(queue.length).toBe(0);
  });

  it('wakes who waits for a key', async () => {
    const queue = new WorkQueue();
    const first = queue.next();
    const second = queue.next();
    queue.add('a');
    queue.add('b');
    expect([await first, await second]).toEqual(['a', 'b']);
    expect(queue.activeCount).toBe(2);
  });

  it('hands a key out after a time, and keeps the earlier of two appointments', async () => {
    const queue = new WorkQueue();
    queue.addAfter('a', 1_000);
    queue.addAfter('a', 5_000);
    queue.addAfter('b', 5_000);
    queue.addAfter('b', 1_000);
    jest.advanceTimersByTime(999);
    expect(queue.length).toBe(0);
    jest.advanceTimersByTime(1);
    expect(queue.length).toBe(2);
    jest.advanceTimersByTime(10_000);
    expect(queue.length).toBe(2);
  });

  it('drops an appointment when the key is looked at before', async () => {
    const queue = new WorkQueue();
    queue.addAfter('a', 1_000);
    queue.add('a');
    await queue.next();
    queue.done('a');
    jest.advanceTimersByTime(2_000);
    expect(queue.length).toBe(0);
  });

  it('tells how long the oldest key waits', async () => {
    const queue = new WorkQueue();
    expect(queue.lagMs).toBe(0);
    queue.add('a');
    jest.advanceTimersByTime(300);
    queue.add('b', 'first');
    jest.advanceTimersByTime(200);
    expect(queue.lagMs).toBe(500);
    await queue.next();
    await queue.next();
    expect(queue.lagMs).toBe(0);
  });

  it('lets everybody go when it is closed, and takes nothing more', async () => {
    const queue = new WorkQueue();
    const waiting = queue.next();
    queue.addAfter('later', 100);
    queue.close();
    expect(await waiting).toBeUndefined();
    queue.add('a');
    jest.advanceTimersByTime(1_000);
    expect(queue.length).toBe(0);
    expect(await queue.next()).toBeUndefined();
  });

  it('never hands a key out twice at a time, and loses none', async () => {
    jest.useRealTimers();
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      what: fc.constantFrom('add', 'urgent', 'take', 'done'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
        const queue = new WorkQueue();
        const active = new Set<string>();
        /** Keys added since their last look began. */
        const owed = new Set<string>();
        let takenTwice = false;
        for (const { key, what } of steps) {
          if (what === 'add' || what === 'urgent') {
            queue.add(key, what === 'urgent' ? 'first' : 'later');
            owed.add(key);
          } else if (what === 'done' && active.delete(key)) {
            queue.done(key);
          } else if (what === 'take' && queue.length > 0) {
            const taken = (await queue.next())!;
            takenTwice ||= active.has(taken);
            active.add(taken);
            owed.delete(taken);
          }
        }
        for (const key of active) {
          queue.done(key);
        }
        const left = new Set<string>();
        while (queue.length > 0) {
          left.add((await queue.next())!);
        }
        expect({ takenTwice, left }).toEqual({ takenTwice: false, left: owed });
      }),
    );
  });
});
