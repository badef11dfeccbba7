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

import { PathMap } from './PathMap';

describe('PathMap', () => {
  const map = new PathMap('/root/box', [
    '/var/data/function.ts',
    '/v',
    '/v/inner/',
    '/dev/termination-log',
  ]);

  it.each([
    ['/var/data/function.ts', '/root/box/var/data/function.ts'],
    ['cat /v/x /v', 'cat /root/box/v/x /root/box/v'],
    ['"/v/inner/y"', '"/root/box/v/inner/y"'],
    ['--file=/v:ro', '--file=/root/box/v:ro'],
    ['echo x > /dev/termination-log', 'echo x > /root/box/dev/termination-log'],
    ['file:///v/x', 'file:///root/box/v/x'],
    ['done < /v.', 'done < /root/box/v.'],
  ])('replaces mentions in %s', (text, expected) => {
    expect(map.rewrite(text)).toBe(expected);
  });

  it.each([
    'http://host/v/x',
    'https://host:8080/v',
    '/value',
    '/v-2',
    '/v.txt',
    '/other/v',
    './v/x',
    '~/v',
  ])('leaves %s alone', text => {
    expect(map.rewrite(text)).toBe(text);
  });

  it('does not replace its own replacements', () => {
    const nested = new PathMap('/v/box', ['/v']);
    expect(nested.rewrite('/v/a:/v/b')).toBe('/v/box/v/a:/v/box/v/b');
  });
});
