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

import { expectStatus } from './support/expectStatus';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { useWidgets } from './support/widgets';

/** Follows errors that keep the CEL rules from being looked at. */
const UNCHECKED = {
  reason: 'FieldValueInvalid',
  field: '<nil>',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

const wrongType = (path: string, wanted: string, got: string) => ({
  reason: 'FieldValueTypeInvalid',
  field: path,
  message: `Invalid value: "${got}": ${path} in body must be of type ${wanted}: "${got}"`,
});

describe('CustomResourceDefinition: validation of objects', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const widgets = useWidgets(cluster);
  const post = (name: string, spec: Record<string, any>) =>
    api.post(widgets.path(namespace), widgets.make(name, spec));

  it.each([
    [
      'a required field is missing',
      { size: undefined },
      { reason: 'FieldValueRequired', field: 'spec.size' },
    ],
    [
      'a string stands for an integer',
      { size: 'two' },
      wrongType('spec.size', 'integer', 'string'),
    ],
    [
      'an integer stands for a string',
      { mode: 5 },
      wrongType('spec.mode', 'string', 'integer'),
    ],
    [
      'a string stands for a boolean',
      { enabled: 'yes' },
      wrongType('spec.enabled', 'boolean', 'string'),
    ],
    [
      'a string stands for an object',
      { inner: 'x' },
      wrongType('spec.inner', 'object', 'string'),
    ],
    [
      'an item has the wrong type',
      { rows: [['a', 1]] },
      wrongType('spec.rows[0][1]', 'string', 'integer'),
    ],
    [
      'an additional property has the wrong type',
      { labels: { a: 1 } },
      wrongType('spec.labels.a', 'string', 'integer'),
    ],
    [
      'a boolean stands for an int-or-string',
      { portOrName: true },
      wrongType('spec.portOrName', 'integer,string', 'boolean'),
    ],
    [
      'the value is not in the enum',
      { color: 'pink' },
      {
        reason: 'FieldValueNotSupported',
        field: 'spec.color',
        message:
          'Unsupported value: "pink": supported values: "red", "green", "blue"',
      },
    ],
    [
      'a string is too long',
      { note: 'toolong' },
      {
        reason: 'FieldValueTooLong',
        field: 'spec.note',
        message: /^Too long: may not be (more|longer) than 5/,
      },
    ],
    [
      'a list is too long',
      { rows: [[], [], [], []] },
      {
        reason: 'FieldValueTooMany',
        field: 'spec.rows',
        message: 'Too many: 4: must have at most 3 items',
      },
    ],
    [
      'a list in a list is too long',
      { rows: [['a'], ['a', 'b', 'c']] },
      {
        reason: 'FieldValueTooMany',
        field: 'spec.rows[1]',
        message: 'Too many: 3: must have at most 2 items',
      },
    ],
    [
      'an entry of a list map has no key',
      { parts: [{ count: 2 }] },
      { reason: 'FieldValueRequired', field: 'spec.parts[0].name' },
    ],
    [
      'a duration is none',
      { timeout: '5 parsecs' },
      wrongType('spec.timeout', 'duration', '5 parsecs'),
    ],
    [
      'a time is none',
      { when: 'yesterday' },
      wrongType('spec.when', 'date-time', 'yesterday'),
    ],
  ])(
    'refuses when %s, and does not look at CEL rules',
    async (_, spec, cause) => {
      expectStatus(await post('bad', spec), {
        code: 422,
        reason: 'Invalid',
        message: new RegExp(`^${widgets.groupKind} "bad" is invalid: \\[`),
        details: {
          name: 'bad',
          group: widgets.group,
          kind: widgets.kind,
        },
        causes: [cause, UNCHECKED],
      });
    },
  );

  it.each([
    [
      'the pattern does not match',
      { code: 'ABC' },
      {
        reason: 'FieldValueInvalid',
        field: 'spec.code',
        message: `Invalid value: "ABC": spec.code in body should match '^[a-z]{3}-[0-9]+$'`,
      },
    ],
    [
      'a number is too small',
      { size: 0 },
      {
        reason: 'FieldValueInvalid',
        field: 'spec.size',
        message:
          'Invalid value: 0: spec.size in body should be greater than or equal to 1',
      },
    ],
    [
      'a number is too big',
      { size: 11 },
      {
        reason: 'FieldValueInvalid',
        field: 'spec.size',
        message:
          'Invalid value: 11: spec.size in body should be less than or equal to 10',
      },
    ],
    [
      'a string is too short',
      { note: '' },
      {
        reason: 'FieldValueInvalid',
        field: 'spec.note',
        message:
          'Invalid value: "": spec.note in body should be at least 1 chars long',
      },
    ],
    [
      'a list map has a key twice',
      { parts: [{ name: 'a' }, { name: 'a' }] },
      {
        reason: 'FieldValueDuplicate',
        field: 'spec.parts[1]',
        message: 'Duplicate value: {"name":"a"}',
      },
    ],
    [
      'a set has a value twice',
      { tags: ['x', 'x'] },
      {
        reason: 'FieldValueDuplicate',
        field: 'spec.tags[1]',
        message: 'Duplicate value: "x"',
      },
    ],
    [
      'a CEL rule fails',
      { min: 5, max: 1 },
      {
        reason: 'FieldValueInvalid',
        field: 'spec',
        message: /^Invalid value: .*min must not exceed max$/,
      },
    ],
    [
      'a CEL rule with messageExpression, reason and fieldPath fails',
      { color: 'red', size: 7 },
      {
        reason: 'FieldValueForbidden',
        field: 'spec.size',
        message: 'Forbidden: red ones must be smaller than 5',
      },
    ],
  ])('refuses when %s', async (_, spec, cause) => {
    const refused = await post('bad', spec);
    expectStatus(refused, { code: 422, reason: 'Invalid', causes: [cause] });
    expect(refused.body.message).toBe(
      `${widgets.groupKind} "bad" is invalid: ${cause.field}: ${refused.body.details.causes[0].message}`,
    );
  });

  it('tells every schema error at once and leaves CEL rules out', async () => {
    const refused = await post('bad', {
      size: 0,
      color: 'pink',
      min: 5,
      max: 1,
      code: 'X',
    });
    expectStatus(refused, { code: 422, reason: 'Invalid' });
    const fields = refused.body.details.causes.map((cause: any) => cause.field);
    expect(fields.sort()).toEqual([
      '<nil>',
      'spec.code',
      'spec.color',
      'spec.size',
    ]);
  });

  it('runs a transition rule when a value changes, not when it comes or goes', async () => {
    expect((await post('fixed', { fixed: 'a' })).status).toBe(201);
    const path = widgets.path(namespace, 'fixed');
    expectStatus(await api.patch(path, { spec: { fixed: 'b' } }), {
      code: 422,
      reason: 'Invalid',
      message: /spec\.fixed: Invalid value: .*fixed is immutable$/,
      causes: [{ reason: 'FieldValueInvalid', field: 'spec.fixed' }],
    });
    expect((await api.patch(path, { spec: { fixed: null } })).status).toBe(200);
    expect((await api.patch(path, { spec: { fixed: 'c' } })).status).toBe(200);
  });

  it('validates what a patch makes', async () => {
    expect((await post('patched', {})).status).toBe(201);
    expectStatus(
      await api.patch(widgets.path(namespace, 'patched'), {
        spec: { size: 99 },
      }),
      {
        code: 422,
        reason: 'Invalid',
        causes: [{ reason: 'FieldValueInvalid', field: 'spec.size' }],
      },
    );
  });
});
