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

import { applyDefaults } from './defaults';
import { duplicateKeys } from './duplicateKeys';
import { deepCopy } from './json';
import { prune } from './prune';
import { Schema } from './Schema';
import { validateUniqueItems } from './uniqueItems';
import { validateSchema } from './validate';

const spec: Schema = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', minimum: 1, maximum: 10 },
    color: { type: 'string', enum: ['red', 'blue'] },
    code: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 4 },
    when: { type: 'string', format: 'date-time' },
    port: { 'x-kubernetes-int-or-string': true },
    maybe: { type: 'string', nullable: true },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    inner: {
      type: 'object',
      default: {},
      properties: { retries: { type: 'integer', default: 3 } },
    },
    tags: {
      type: 'array',
      maxItems: 2,
      'x-kubernetes-list-type': 'set',
      items: { type: 'string' },
    },
    parts: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          count: { type: 'integer', default: 1 },
        },
      },
    },
  },
};
const schema: Schema = { type: 'object', properties: { spec } };

const messages = (value: object) =>
  validateSchema(deepCopy({ spec: { size: 1, ...value } }), schema).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('prune', () => {
  it('drops what is not described and says where it was', () => {
    const object = {
      apiVersion: 'v1',
      metadata: { any: 'thing' },
      bogus: 1,
      spec: {
        x: 1,
        free: { y: { z: 1 } },
        labels: { a: 'b' },
        parts: [{ name: 'a', q: 1 }],
      },
    };
    expect(prune(object, schema, { isRoot: true })).toEqual([
      'bogus',
      'spec.x',
      'spec.parts[0].q',
    ]);
    expect(object).toEqual({
      apiVersion: 'v1',
      metadata: { any: 'thing' },
      spec: {
        free: { y: { z: 1 } },
        labels: { a: 'b' },
        parts: [{ name: 'a' }],
      },
    });
  });
});

describe('applyDefaults', () => {
  it('fills in defaults at every depth', () => {
    const object = { spec: { parts: [{ name: 'a' }] } };
    applyDefaults(object, schema);
    expect(object).toEqual({
      spec: { parts: [{ name: 'a', count: 1 }], inner: { retries: 3 } },
    });
  });

  it('drops a null that is not allowed, so that a default takes its place', () => {
    const object = { spec: { inner: null, code: null, maybe: null } };
    applyDefaults(object, schema);
    expect(object).toEqual({ spec: { inner: { retries: 3 }, maybe: null } });
  });

  it('does not make what has no default', () => {
    const object = {};
    applyDefaults(object, schema);
    expect(object).toEqual({});
  });
});

describe('validateSchema', () => {
  it.each<[string, object, string]>([
    ['a missing field', { size: undefined }, 'spec.size: Required value'],
    [
      'a wrong type',
      { size: 'x' },
      'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
    ],
    [
      'a fraction',
      { size: 1.5 },
      'spec.size: Invalid value: "number": spec.size in body must be of type integer: "number"',
    ],
    [
      'too small',
      { size: 0 },
      'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    ],
    [
      'too large',
      { size: 11 },
      'spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10',
    ],
    [
      'another word',
      { color: 'pink' },
      'spec.color: Unsupported value: "pink": supported values: "red", "blue"',
    ],
    [
      'another pattern',
      { code: 'ABC' },
      'spec.code: Invalid value: "ABC": spec.code in body should match \'^[a-z]+$\'',
    ],
    [
      'too short',
      { code: 'a' },
      'spec.code: Invalid value: "a": spec.code in body should be at least 2 chars long',
    ],
    [
      'too long',
      { code: 'abcde' },
      'spec.code: Too long: may not be more than 4 bytes',
    ],
    [
      'no time',
      { when: 'now' },
      'spec.when: Invalid value: "now": spec.when in body must be of type date-time: "now"',
    ],
    [
      'neither integer nor string',
      { port: true },
      'spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
    ],
    [
      'too many',
      { tags: ['a', 'b', 'c'] },
      'spec.tags: Too many: 3: must have at most 2 items',
    ],
    [
      'a wrong value of a map',
      { labels: { a: 1 } },
      'spec.labels.a: Invalid value: "integer": spec.labels.a in body must be of type string: "integer"',
    ],
    [
      'a wrong item',
      { tags: [1] },
      'spec.tags[0]: Invalid value: "integer": spec.tags[0] in body must be of type string: "integer"',
    ],
  ])('says what is wrong with %s', (_, value, message) => {
    expect(messages(value)).toEqual([message]);
  });

  it('finds nothing wrong with a good one', () => {
    expect(
      messages({
        color: 'red',
        code: 'ab',
        port: 80,
        maybe: null,
        when: '2026-01-01T00:00:00Z',
      }),
    ).toEqual([]);
  });
});

describe('validateUniqueItems', () => {
  it('finds what sets and maps have twice', () => {
    const value = {
      spec: { tags: ['x', 'x'], parts: [{ name: 'a' }, { name: 'a' }] },
    };
    expect(validateUniqueItems(value, schema)).toEqual([
      {
        reason: 'FieldValueDuplicate',
        field: 'spec.tags[1]',
        message: 'Duplicate value: "x"',
      },
      {
        reason: 'FieldValueDuplicate',
        field: 'spec.parts[1]',
        message: 'Duplicate value: {"name":"a"}',
      },
    ]);
  });
});

describe('duplicateKeys', () => {
  it.each([
    ['{"a":1,"b":{"a":1}}', []],
    ['{"spec":{"size":1,"size":2}}', ['spec.size']],
    ['{"l":[{"a":1},{"b":"}","b":"\\"{"}]}', ['l[1].b']],
    ['{"a":{"b":1},"a":{"c":[]}}', ['a']],
  ])('%s', (text, expected) => {
    expect(duplicateKeys(text)).toEqual(expected);
  });
});
