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

import { AdmissionVariables, compileAdmission } from './admissionExpression';
import { toMapLiterals } from './objectConstructors';

const annotations = { 'keptn.sh/workload': 'cart', other: 'x' };
const variables: AdmissionVariables = {
  object: {
    metadata: { annotations, ownerReferences: [{ name: 'cart-1' }] },
    spec: { replicas: 3n },
  },
  oldObject: null,
  request: { operation: 'CREATE' },
  params: { data: { 'cart-1': '' } },
  variables: { isIn: true },
};

describe('toMapLiterals', () => {
  it.each([
    ['Object{}', '{}'],
    ['Object{spec: Object.spec{n: 1}}', '{"spec": {"n": 1}}'],
    [
      'Object.spec { gates: [Object.spec.gates{name: "Object{a: 1}"}] }',
      ' { "gates": [{"name": "Object{a: 1}"}] }',
    ],
    ['x ? {"a": b} : {k: v}', 'x ? {"a": b} : {k: v}'],
    ['JSONPatch{op: "add", path: "/a"}', '{"op": "add", "path": "/a"}'],
    ['object.spec == oldObject.spec', 'object.spec == oldObject.spec'],
    ['Object{?spec: x.?y}', '{"\\u0001spec": x.?y}'],
  ])('%s', (expression, expected) => {
    expect(toMapLiterals(expression)).toBe(expected);
  });
});

describe('compileAdmission', () => {
  it.each<[string, unknown]>([
    ['object.spec.replicas + 1', 4],
    ["object.metadata.?annotations[?'keptn.sh/workload'].hasValue()", true],
    ["object.metadata.?labels[?'x'].orValue('none')", 'none'],
    [
      'params != null && object.metadata.?ownerReferences.orValue([]).exists(r, r.name in params.?data.orValue({}))',
      true,
    ],
    [
      '!variables.isIn ? Object{} : Object{spec: Object.spec{n: 1}}',
      {
        spec: { n: 1 },
      },
    ],
    [
      "object.metadata.annotations.transformMap(k, v, k.startsWith('keptn.sh/'), v)",
      { 'keptn.sh/workload': 'cart' },
    ],
    [
      "object.metadata.annotations.transformMap(k, v, k + '=' + v)",
      { 'keptn.sh/workload': 'keptn.sh/workload=cart', other: 'other=x' },
    ],
    [
      "{?'a': object.metadata.annotations[?'other'], ?'b': object.metadata.annotations[?'none']}",
      { a: 'x' },
    ],
    ['oldObject == null', true],
  ])('%s', (expression, expected) => {
    expect(compileAdmission(expression)(variables)).toEqual(expected);
  });

  it.each(['object.spec ==', 'nothing.spec', 'object.spec.exists(r)'])(
    'refuses %s',
    expression => {
      expect(() => compileAdmission(expression)).toThrow();
    },
  );

  it('refuses what the place does not know', () => {
    expect(() => compileAdmission('variables.x', ['object'])).toThrow(
      "undeclared reference to 'variables'",
    );
  });

  it('fails in the evaluation where a key is missing', () => {
    const expression = compileAdmission('namespaceObject.metadata.name');
    expect(() => expression({ ...variables, namespaceObject: {} })).toThrow(
      /no such key: metadata/i,
    );
  });
});
