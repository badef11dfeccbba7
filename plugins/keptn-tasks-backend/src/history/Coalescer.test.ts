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

import { Coalescer } from './Coalescer';

describe('Coalescer', () => {
  it('turns calls of one moment into one, and answers each with its own', async () => {
    const batches: number[][] = [];
    const doubler = new Coalescer<number, number>(async inputs => {
      batches.push(inputs);
      return inputs.map(n => n * 2);
    });
    expect(await Promise.all([1, 2, 3].map(n => doubler.add(n)))).toEqual([
      2, 4, 6,
    ]);
    expect(await doubler.add(4)).toBe(8);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('collects what comes while it is busy, in pieces of a bounded size', async () => {
    let release = () => {};
    const first = new Promise<void>(resolve => {
      release = resolve;
    });
    const sizes: number[] = [];
    const slow = new Coalescer<number, number>(
      async inputs => {
        sizes.push(inputs.length);
        if (sizes.length === 1) await first;
        return inputs;
      },
      { maxItems: 10, waitMs: 0 },
    );
    const early = slow.add(0);
    while (sizes.length === 0) await new Promise(setImmediate);
    const late = Array.from({ length: 15 }, (_, n) => slow.add(n));
    release();
    await Promise.all([early, ...late]);
    expect(sizes).toEqual([1, 10, 5]);
  });

  it('fails only what cannot be done', async () => {
    const picky = new Coalescer<number, number>(async inputs => {
      if (inputs.includes(13)) throw new Error('13 is not stored here');
      return inputs;
    });
    const results = await Promise.allSettled(
      [12, 13, 14].map(n => picky.add(n)),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('does not try each when nothing can be done', async () => {
    let tries = 0;
    const away = new Coalescer<number, number>(async () => {
      tries++;
      throw new Error('The database is away');
    });
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) => away.add(n)),
    );
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(4);
  });
});
