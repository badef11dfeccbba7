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

import { parseLabelSelector } from './labelSelector';
import { refusalOf } from '../__testUtils__/machinery';

const objects: Record<string, Record<string, string>> = {
  a: { tier: 'front', env: 'test' },
  b: { tier: 'back' },
  c: { tier: 'back', env: '' },
  d: {},
};

const select = (text: string) =>
  Object.keys(objects)
    .filter(name => parseLabelSelector(text).matches(objects[name]))
    .join('');

describe('parseLabelSelector', () => {
  it.each([
    ['', 'abcd'],
    ['tier=back', 'bc'],
    ['tier==back', 'bc'],
    ['tier!=back', 'ad'],
    ['tier', 'abc'],
    ['!tier', 'd'],
    ['tier in (front, back)', 'abc'],
    ['tier notin (back)', 'ad'],
    ['tier=back,env', 'c'],
    ['env=', 'c'],
    ['env in (,test)', 'ac'],
    [' tier = back , !env ', 'b'],
  ])('%j selects %j', (text, expected) => {
    expect(select(text)).toBe(expected);
  });

  it.each([
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    ['a=bad value!', "found 'value', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ])('refuses %j', (text, message) => {
    expect(refusalOf(() => parseLabelSelector(text))).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message,
    });
  });
});
