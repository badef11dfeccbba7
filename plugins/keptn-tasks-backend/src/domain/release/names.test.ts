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

import {
  appVersionName,
  generationHash,
  isObjectName,
  listedName,
  objectName,
  phaseTaskName,
  workloadObjectName,
  workloadVersionName,
} from './names';

const long = (length: number, letter = 'x') => letter.repeat(length);

describe('objectName', () => {
  it.each([
    [['shop', 'cart'], 'shop-cart'],
    [['Shop', 'my_cart'], 'shop-my-cart'],
    [['shop-cart', '2.3.0'], 'shop-cart-2.3.0'],
    [['pre', 'smoke-test', '12345'], 'pre-smoke-test-12345'],
  ])('joins %j as Keptn does', (parts, name) => {
    expect(objectName(...parts)).toBe(name);
  });

  it('shortens what comes first, by what is too much', () => {
    expect(objectName(long(200, 'a'), long(100, 'b'))).toBe(
      `${long(152, 'a')}-${long(100, 'b')}`,
    );
    expect(objectName(long(100, 'a'), long(100, 'b'), long(60, 'c'))).toBe(
      `${long(91, 'a')}-${long(100, 'b')}-${long(60, 'c')}`,
    );
  });

  it('shortens no part below the minimum before the next one', () => {
    expect(objectName(long(90, 'a'), long(120, 'b'), long(60, 'c'))).toBe(
      `${long(80, 'a')}-${long(111, 'b')}-${long(60, 'c')}`,
    );
  });

  it.each([
    ['1.0.0+build'],
    ['feature/x'],
    ['two words'],
    ['-1.0'],
    ['1.0-'],
    ['a..b'],
    ['a.-b'],
    ['ä'],
    [''],
    [long(300)],
  ])('D-62 makes a name of version %j that an object can have', version => {
    expect(isObjectName(objectName('shop-cart', version))).toBe(true);
  });

  it('takes no longer for a very long version than for others', () => {
    const version = `${'-'.repeat(200_000)}x`;
    const startedAt = performance.now();
    expect(isObjectName(objectName('shop-cart', version))).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('D-62 makes two names of two originals', () => {
    const names = ['1.0.0+a', '1.0.0/a', '1.0.0 a', '1.0.0-a'].map(version =>
      workloadVersionName('shop-cart', version),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toMatch(/^shop-cart-1\.0\.0-a-[0-9a-f]{8}$/);
    expect(names[3]).toBe('shop-cart-1.0.0-a');
    expect(objectName(long(252), `1${long(260)}`)).not.toBe(
      objectName(long(252), `2${long(260)}`),
    );
  });
});

describe('workloadObjectName', () => {
  it.each([
    ['shop', 'cart'],
    ['shop', 'a cart'],
    [long(120, 'a'), long(200, 'b')],
    ['shop', long(300)],
  ])(
    'begins with the app %#, so that the app can list the rest',
    (app, workload) => {
      const name = workloadObjectName(app, workload);
      expect(isObjectName(name)).toBe(true);
      expect(name.startsWith(`${app}-`)).toBe(true);
      expect(workloadObjectName(app, listedName(app, name))).toBe(name);
    },
  );
});

describe('names of versions', () => {
  it.each([
    [1, '6b86b273'],
    [2, 'd4735e3a'],
    [3, '4e074085'],
    [11, '4fc82b26'],
  ])('have %d as %s, as Keptn has', (generation, hash) => {
    expect(generationHash(generation)).toBe(hash);
  });

  it('are those that Keptn gives', () => {
    expect(workloadVersionName('shop-cart', '3.4.5')).toBe('shop-cart-3.4.5');
    expect(appVersionName('shop', '3.4.5', 1)).toBe('shop-3.4.5-6b86b273');
  });
});

describe('phaseTaskName', () => {
  const item = {
    ownerUid: 'f5868526-09d3-4311-9dc7-3144fce0f1a8',
    attempt: 1,
    checkType: 'pre',
    definition: 'smoke-test',
    probe: 0,
  };

  it('looks as Keptn gives it, with a number of five digits', () => {
    for (let probe = 0; probe < 500; probe++) {
      const name = phaseTaskName({ ...item, probe });
      const number = Number(/^pre-smoke-test-(\d{5})$/.exec(name)?.[1]);
      expect(number).toBeGreaterThanOrEqual(10_000);
      expect(number).toBeLessThanOrEqual(99_998);
    }
  });

  it('is the same for the same item, and another one for each other', () => {
    expect(phaseTaskName({ ...item })).toBe(phaseTaskName(item));
    const others = [
      { ownerUid: 'other' },
      { attempt: 2 },
      { checkType: 'post' },
      { definition: 'load' },
      { probe: 1 },
    ].map(change => phaseTaskName({ ...item, ...change }));
    expect(new Set([phaseTaskName(item), ...others]).size).toBe(6);
  });
});
