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

import { tellingLine } from './tellingLine';

const red = (text: string) => `\u001b[0m\u001b[1m\u001b[31m${text}\u001b[0m`;

describe('tellingLine', () => {
  it.each<[string, string[], string]>([
    [
      'an error that nobody caught in Deno',
      [
        'GET http://checkout:8080/healthz → 503',
        `${red(
          'error',
        )}: Uncaught (in promise) Error: checkout answered 503 instead of 200`,
        '  throw new Error(`${data.service} answered ${data.actual}`);',
        red('        ^'),
        '    at file:///var/data/function.ts:9:9',
      ],
      'Error: checkout answered 503 instead of 200',
    ],
    [
      'its cause only where nothing else is said',
      [
        `${red('error')}: Uncaught (in promise) TypeError: outer`,
        '    at file:///a.ts:1:7',
        'Caused by: TypeError: inner',
        '    at file:///a.ts:1:32',
      ],
      'TypeError: outer',
    ],
    [
      'code that Deno cannot read',
      [
        `${red('error')}: SyntaxError: Expected ident`,
        '  |',
        '1 | const x: number = "a"; x..y',
        '  |                          ~',
        '    at file:///tmp/e3.ts:1:26',
        'Stack backtrace:',
        '   0: <unknown>',
      ],
      'SyntaxError: Expected ident',
    ],
    [
      'a Python traceback',
      [
        'Traceback (most recent call last):',
        '  File "/var/data/function.py", line 4, in <module>',
        '    json.loads("x")',
        '    ^^^^^^^^^^^^^^^',
        'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
      ],
      'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    ],
    [
      'a download that failed',
      ['curl: (22) The requested URL returned error: 404'],
      'curl: (22) The requested URL returned error: 404',
    ],
    [
      'a program that says so',
      ['Connecting', 'ERROR: table orders is locked', 'Good bye'],
      'ERROR: table orders is locked',
    ],
    ['git', ['fatal: not a git repository'], 'fatal: not a git repository'],
    [
      'Go',
      [
        'panic: runtime error: index out of range',
        '',
        'goroutine 1 [running]:',
      ],
      'panic: runtime error: index out of range',
    ],
    [
      'the last line where no line names an error',
      ['slowest p95: 219 ms, limit 200 ms', '   ', ''],
      'slowest p95: 219 ms, limit 200 ms',
    ],
    [
      'the last of several errors',
      ['Error: first', 'Error: second'],
      'Error: second',
    ],
  ])('is, of %s, the one that helps', (_name, lines, expected) => {
    expect(tellingLine(lines.join('\n'))).toBe(expected);
    expect(tellingLine(lines.join('\r\n'))).toBe(expected);
  });

  it('does not search for errors long before the end', () => {
    const log = ['Error: tried again', ...Array(50).fill('working'), 'done'];
    expect(tellingLine(log.join('\n'))).toBe('done');
  });

  it('is short', () => {
    expect(tellingLine(`Error: ${'x'.repeat(1000)}`)).toHaveLength(301);
  });

  it.each([undefined, '', '\n \n'])('is nothing for %j', text => {
    expect(tellingLine(text)).toBeUndefined();
  });
});
