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

import { readJsonPath } from './jsonPath';

const object = {
  spec: { name: 'n', 'a.b': 'dotted', list: [{ x: 1 }, { x: 2 }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Other', status: 'False' },
    ],
  },
};

describe('readJsonPath', () => {
  it.each<[string, unknown[]]>([
    ['.spec.name', ['n']],
    ['spec.name', ['n']],
    ['.spec.none.deeper', []],
    [".spec['a.b']", ['dotted']],
    ['.spec.a\\.b', ['dotted']],
    ['.spec.list[1].x', [2]],
    ['.spec.list[*].x', [1, 2]],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    ['.status.conditions[?(@.type!="Ready")].type', ['Other']],
  ])('%s', (path, expected) => {
    expect(readJsonPath(object, path)).toEqual(expected);
  });
});
