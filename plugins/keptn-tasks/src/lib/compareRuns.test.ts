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

import { aRun, aRunDetail, anId, secondsAgo } from '../__testUtils__/builders';
import { compareRuns, shortHash } from './compareRuns';

const parameter = (name: string, value: string) => ({
  name,
  value,
  source: 'run' as const,
});
const earlier = (part = {}) => ({
  id: anId(),
  state: 'Succeeded' as const,
  createdAt: secondsAgo(900),
  version: '2.3.9',
  definition: { name: 'smoke-test', hash: 'aaaa' },
  parameters: [parameter('SAME', '1'), parameter('GONE', 'x')],
  ...part,
});
const now = (part = {}) =>
  aRunDetail(
    aRun({
      version: '2.4.0',
      definition: { name: 'smoke-test', hash: 'bbbb' },
    }),
    { parameters: [parameter('SAME', '1'), parameter('NEW', '')], ...part },
  );

describe('compareRuns', () => {
  it('tells version, definition and parameters that differ', () => {
    expect(compareRuns(earlier(), now())).toEqual([
      { kind: 'version', before: '2.3.9', after: '2.4.0' },
      { kind: 'definition', before: 'aaaa', after: 'bbbb' },
      { kind: 'parameter', name: 'GONE', before: 'x', after: undefined },
      { kind: 'parameter', name: 'NEW', before: undefined, after: '' },
    ]);
  });

  it('does not take an unknown definition for a changed one', () => {
    const unknown = earlier({ definition: { name: 'smoke-test' } });
    expect(compareRuns(unknown, now()).map(({ kind }) => kind)).not.toContain(
      'definition',
    );
  });
});

it('shortens hashes, with or without their algorithm', () => {
  expect(shortHash('sha256:0123456789abcdef')).toBe('01234567');
  expect(shortHash('0123456789abcdef')).toBe('01234567');
});
