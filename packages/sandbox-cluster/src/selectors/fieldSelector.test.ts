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

import { KubeObject } from '../ClusterApi';
import { refusalOf } from '../__testUtils__/machinery';
import {
  labelledFields,
  parseFieldSelector,
  plainFields,
} from './fieldSelector';

const pod = {
  metadata: { name: 'p', namespace: 'n' },
  status: { phase: 'Running' },
} as unknown as KubeObject;

const fields = labelledFields({ 'status.phase': o => o.status.phase });

describe('parseFieldSelector', () => {
  it.each([
    ['metadata.name=p', true],
    ['metadata.name!=p', false],
    ['status.phase==Running,metadata.namespace=n', true],
    ['status.phase=Running,metadata.namespace=other', false],
    ['metadata.name=p\\,q', false],
  ])('%j: %s', (text, expected) => {
    expect(parseFieldSelector(text, fields).matches(pod)).toBe(expected);
  });

  it('knows the one name that is asked for', () => {
    expect(parseFieldSelector('metadata.name=p', fields).name).toBe('p');
    expect(parseFieldSelector('metadata.name!=p', fields).name).toBeUndefined();
  });

  it.each([
    ['spec.priority=0', fields, 'field label not supported: spec.priority'],
    [
      'data.n=1',
      plainFields,
      '"data.n" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['abc', plainFields, "invalid selector: 'abc'; can't understand 'abc'"],
  ])('refuses %j', (text, known, message) => {
    const refused = refusalOf(() => parseFieldSelector(text, known));
    expect([refused.code, refused.message]).toEqual([400, message]);
  });
});
