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

import { refusalOf } from '../__testUtils__/machinery';
import { jsonPatch } from './jsonPatch';

const document = () => ({ data: { a: '1', 'b/c': '2' }, list: ['x', 'y'] });

describe('jsonPatch', () => {
  it('does what each operation says, in order', () => {
    expect(
      jsonPatch(document(), [
        { op: 'test', path: '/data/a', value: '1' },
        { op: 'remove', path: '/data/b~1c' },
        { op: 'add', path: '/list/-', value: 'z' },
        { op: 'move', from: '/data/a', path: '/data/d' },
        { op: 'copy', from: '/list/0', path: '/list/1' },
      ]),
    ).toEqual({ data: { d: '1' }, list: ['x', 'x', 'y', 'z'] });
  });

  it('adds what a replace does not find', () => {
    expect(
      jsonPatch(document(), [{ op: 'replace', path: '/data/n', value: 'x' }])
        .data,
    ).toEqual({ a: '1', 'b/c': '2', n: 'x' });
  });

  it.each([
    [{ op: 'test', path: '/data/a', value: 'no' }],
    [{ op: 'remove', path: '/data/none' }],
    [{ op: 'add', path: '/none/x', value: 'y' }],
    [{ op: 'frob', path: '/data/a' }],
    [{ op: 'remove', path: '/list/7' }],
  ])('refuses %j', operation => {
    expect(refusalOf(() => jsonPatch(document(), [operation]))).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    });
  });

  it('refuses what is no list', () => {
    expect(refusalOf(() => jsonPatch(document(), { op: 'add' }))).toMatchObject(
      {
        code: 400,
        message:
          'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      },
    );
  });
});
