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

import { expand } from '../kubelet/env/expand';
import { WorkQueue } from './WorkQueue';
import { parseQuantity } from './quantity';
import { goDuration, nanoTimestamp } from './time';

describe('parseQuantity', () => {
  it.each([
    ['500m', 0.5],
    ['64Mi', 64 * 2 ** 20],
    ['1.5G', 1.5e9],
    ['1e3', 1_000],
    [2, 2],
    ['lots', 0],
    [undefined, 0],
  ])('%s', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value, 9);
  });
});

describe('goDuration', () => {
  it.each([
    [200, '200ms'],
    [10_000, '10s'],
    [80_000, '1m20s'],
    [300_000, '5m0s'],
  ])('%d', (ms, text) => {
    expect(goDuration(ms)).toBe(text);
  });
});

describe('nanoTimestamp', () => {
  it('is the present, with nine decimals', () => {
    const text = nanoTimestamp();
    expect(text).toMatch(/T\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(Math.abs(Date.parse(text) - Date.now())).toBeLessThan(2_000);
  });
});

describe('expand', () => {
  it.each([
    ['$(A)-$(B)', '1-$(B)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$1'],
    ['cost: 5$', 'cost: 5$'],
    ['$(toString)', '$(toString)'],
    ['$(A', '$(A'],
  ])('%s', (text, expected) => {
    expect(expand(text, { A: '1' })).toBe(expected);
  });
});

describe('WorkQueue', () => {
  /** Without the millisecond that a fake immediate takes. */
  const sinceStart = (start: number) =>
    Math.floor((Date.now() - start) / 10) * 10;

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('works on a key once, at the earliest time it was added for', () => {
    const handled: number[] = [];
    const start = Date.now();
    const queue = new WorkQueue(() => handled.push(sinceStart(start)), {
      firstMs: 1,
      maxMs: 1,
    });
    queue.add('a', 500);
    queue.add('a', 100);
    queue.add('a', 300);
    jest.advanceTimersByTime(1_000);
    expect(handled).toEqual([100]);
  });

  it('waits longer after each failure, and no longer after a success', () => {
    const handled: number[] = [];
    const start = Date.now();
    const queue = new WorkQueue(
      () => {
        handled.push(sinceStart(start));
        if (handled.length < 4) throw new Error('not yet');
      },
      { firstMs: 100, maxMs: 300 },
    );
    queue.add('a');
    jest.advanceTimersByTime(5_000);
    expect(handled).toEqual([0, 100, 300, 600]);
    queue.stop();
    queue.add('a');
    jest.advanceTimersByTime(5_000);
    expect(handled).toHaveLength(4);
  });

  it('lets others have their turn when many keys are due', () => {
    jest.useRealTimers();
    const turns: string[] = [];
    const queue = new WorkQueue(
      key => {
        const end = Date.now() + 6;
        while (Date.now() < end);
        turns.push(key);
      },
      { firstMs: 1, maxMs: 1 },
    );
    return new Promise<void>(resolve => {
      for (const key of ['a', 'b', 'c']) queue.add(key);
      const other = setInterval(() => {
        turns.push('other');
        if (!turns.includes('c')) return;
        clearInterval(other);
        queue.stop();
        expect(turns.indexOf('other')).toBeLessThan(turns.indexOf('c'));
        resolve();
      }, 1);
    });
  });
});
