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

import { intersectPatterns, matchesAny, matchesPattern } from './wildcard';

describe('matchesPattern', () => {
  it.each([
    ['smoke-test', 'smoke-test', true],
    ['smoke-test', 'smoke-tests', false],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['report-*', 'report-', true],
    ['report-*', 'report-daily', true],
    ['report-*', 'my-report-daily', false],
    ['*-test', 'smoke-test', true],
    ['*-test', 'smoke-tests', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a*bc*c', 'abc', false],
    ['*ab*ab*', 'xababx', true],
    ['*ab*ab*', 'xabax', false],
    ['a**b', 'ab', true],
    ['a.c', 'abc', false],
    ['a+(b)', 'a+(b)', true],
    ['a*', 'a\nb', true],
  ])('%j against %j: %s', (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected);
  });

  it('takes no time for a pattern that is meant to take long', () => {
    const pattern = `${'*a'.repeat(100)}*b`;
    expect(matchesPattern(pattern, 'a'.repeat(253))).toBe(false);
    expect(matchesPattern(pattern, `${'a'.repeat(252)}b`)).toBe(true);
  });
});

describe('matchesAny', () => {
  it('needs one that matches', () => {
    expect(matchesAny(['x', 're*'], 'report')).toBe(true);
    expect(matchesAny(['x', 're*'], 'other')).toBe(false);
    expect(matchesAny([], 'other')).toBe(false);
  });
});

describe('intersectPatterns', () => {
  it.each([
    [undefined, undefined, undefined],
    [['a'], undefined, ['a']],
    [undefined, ['b'], ['b']],
    [['report-*'], ['*'], ['report-*']],
    [['report-*', 'x'], ['report-daily'], ['report-daily']],
    [['a*'], ['*b'], []],
    [[], ['a'], []],
  ])('%j and %j: %j', (a, b, expected) => {
    expect(intersectPatterns(a, b)).toEqual(expected);
  });
});
