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

import { Schema, ValidationRule } from '../schema/Schema';
import { compileProblem, RuleSet } from './RuleSet';

const schemaWith = (...rules: ValidationRule[]): Schema => ({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      'x-kubernetes-validations': rules,
      properties: {
        size: { type: 'integer' },
        ratio: { type: 'number' },
        name: { type: 'string' },
        when: { type: 'string', format: 'date-time' },
        items: { type: 'array', items: { type: 'string' } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  },
});

const check = (rule: ValidationRule, spec: object, old?: object) =>
  new RuleSet(schemaWith(rule)).check({ spec }, old && { spec: old });

describe('RuleSet', () => {
  it.each<[string, object, boolean]>([
    ['self.size > 2', { size: 3 }, true],
    ['self.size > 2', { size: 2 }, false],
    ['self.size == 3 && self.ratio < 0.5', { size: 3, ratio: 0.25 }, true],
    ['!has(self.name) || self.name.matches("^[a-z]+$")', {}, true],
    ['!has(self.name) || self.name.matches("^[a-z]+$")', { name: 'A' }, false],
    ['size(self.items) == self.items.size()', { items: ['a'] }, true],
    ['self.items.all(i, i.startsWith("a"))', { items: ['ab', 'b'] }, false],
    ['self.items.exists_one(i, i == "a")', { items: ['a', 'b'] }, true],
    ['self.items.exists_one(i, i == "a")', { items: ['a', 'a'] }, false],
    ['self.items.isSorted()', { items: ['b', 'a'] }, false],
    [
      '"x" in self.labels && self.labels["x"] == "y"',
      { labels: { x: 'y' } },
      true,
    ],
    ['self.name.find("[0-9]+") == "42"', { name: 'a42b7' }, true],
    [
      'self.when < timestamp("2026-01-02T00:00:00Z")',
      { when: '2026-01-01T00:00:00Z' },
      true,
    ],
  ])('%s of %j: %s', (rule, spec, isFine) => {
    expect(check({ rule }, spec)).toEqual(
      isFine
        ? []
        : [
            {
              reason: 'FieldValueInvalid',
              field: 'spec',
              message: `Invalid value: failed rule: ${rule}`,
            },
          ],
    );
  });

  it('says what the rule says', () => {
    const rule = 'self.size < 5';
    const spec = { size: 7 };
    expect(check({ rule, message: 'too big' }, spec)[0].message).toBe(
      'Invalid value: too big',
    );
    const messageExpression = '"not " + string(self.size)';
    expect(check({ rule, messageExpression }, spec)[0].message).toBe(
      'Invalid value: not 7',
    );
    expect(
      check(
        {
          rule,
          message: 'too big',
          reason: 'FieldValueForbidden',
          fieldPath: '.size',
        },
        spec,
      ),
    ).toEqual([
      {
        reason: 'FieldValueForbidden',
        field: 'spec.size',
        message: 'Forbidden: too big',
      },
    ]);
  });

  it('compares with the past only where there is one', () => {
    const rule = { rule: 'self.size >= oldSelf.size', message: 'shrinks' };
    expect(check(rule, { size: 1 })).toEqual([]);
    expect(check(rule, { size: 1 }, { size: 1 })).toEqual([]);
    expect(check(rule, { size: 1 }, { size: 2 })).toHaveLength(1);
  });

  it('counts a rule that cannot be evaluated as broken', () => {
    const [{ message }] = check({ rule: 'self.size > 2' }, {});
    expect(message).toMatch(/^Invalid value: rule evaluation error: /);
  });
});

describe('compileProblem', () => {
  it('knows what is no expression', () => {
    expect(compileProblem('self.size > 2')).toBeUndefined();
    expect(compileProblem('self.size >')).toEqual(expect.any(String));
    expect(compileProblem('nothing.size > 2')).toMatch(/nothing/);
  });
});
