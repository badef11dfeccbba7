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

import { mergePatch } from './mergePatch';

describe('mergePatch', () => {
  const cases: {
    name: string;
    before: object | undefined;
    after: object;
    patch: unknown;
  }[] = [
    {
      name: 'is nothing for equal values, whatever the order of their keys',
      before: { a: 1, b: [{ c: 2, d: 3 }] },
      after: { b: [{ d: 3, c: 2 }], a: 1 },
      patch: undefined,
    },
    {
      name: 'takes absent, undefined and empty for the same',
      before: { a: 1 },
      after: { a: 1, b: undefined, c: [], d: {} },
      patch: undefined,
    },
    {
      name: 'names what changes, and no more',
      before: { a: 1, b: { c: 2, d: 3 } },
      after: { a: 1, b: { c: 2, d: 4 } },
      patch: { b: { d: 4 } },
    },
    {
      name: 'takes away what is gone, inside of objects, too',
      before: { a: 1, b: { c: 2 } },
      after: { b: {} },
      patch: { a: null, b: null },
    },
    {
      name: 'replaces lists as a whole',
      before: { a: [{ n: 1 }] },
      after: { a: [{ n: 1 }, { n: 2 }] },
      patch: { a: [{ n: 1 }, { n: 2 }] },
    },
    {
      name: 'is the whole value where there was none',
      before: undefined,
      after: { a: 1 },
      patch: { a: 1 },
    },
  ];

  it.each(cases)('$name', ({ before, after, patch }) => {
    expect(mergePatch(before, after)).toEqual(patch);
  });
});
