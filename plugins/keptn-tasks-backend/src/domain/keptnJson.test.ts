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

import { aTask } from './__testUtils__/builders';
import { mapToKeptnJson, toKeptnJson } from './keptnJson';
import { keptnContext } from './task/keptnContext';

describe('JSON as Keptn writes it', () => {
  it.each([
    ['<a & b>', '"\\u003ca \\u0026 b\\u003e"'],
    ['a\u2028b\u2029', '"a\\u2028b\\u2029"'],
    ['"\\/\n\t', '"\\"\\\\/\\n\\t"'],
    ['größer', '"größer"'],
  ])('escapes %j', (text, json) => {
    expect(toKeptnJson(text)).toBe(json);
  });

  it.each([
    [{ b: '1', a: '2' }, '{"a":"2","b":"1"}'],
    [{ 10: 'x', 9: 'y', 1: 'z' }, '{"1":"z","10":"x","9":"y"}'],
    [{ '\u{1f600}': '1', '\uff5e': '2' }, '{"～":"2","😀":"1"}'],
    [JSON.parse('{"__proto__":"p","a":"b"}'), '{"__proto__":"p","a":"b"}'],
  ])('puts the keys of %j in the order of their bytes', (map, json) => {
    expect(mapToKeptnJson(map)).toBe(json);
  });
});

describe('KEPTN_CONTEXT', () => {
  const rest =
    '"workloadName":"","appName":"","appVersion":"","workloadVersion":"","taskType":"","objectType":""';

  it('has the first six keys always, and no empty metadata', () => {
    expect(keptnContext(aTask())).toBe(`{${rest}}`);
    expect(keptnContext(aTask({ spec: { context: { metadata: {} } } }))).toBe(
      `{${rest}}`,
    );
  });

  it('D-57 has the trace of the annotation in both places', () => {
    const task = aTask({
      metadata: { annotations: { 'keptn-tasks/traceparent': '00-a-b-01' } },
      spec: { context: { metadata: { z: '1' } } },
    });
    expect(keptnContext(task)).toBe(
      `{${rest},"metadata":{"traceparent":"00-a-b-01","z":"1"},"traceparent":"00-a-b-01"}`,
    );
  });
});
