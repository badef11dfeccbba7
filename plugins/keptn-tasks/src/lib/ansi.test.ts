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

import { parseAnsiLine, stripAnsi } from './ansi';

describe('parseAnsiLine', () => {
  it('splits a line where its style changes', () => {
    expect(parseAnsiLine('a \u001b[1;31mred\u001b[0m b').chunks).toEqual([
      { text: 'a ', style: {} },
      { text: 'red', style: { bold: true, color: 'red' } },
      { text: ' b', style: {} },
    ]);
  });

  it('carries a style on to the next line', () => {
    const { style } = parseAnsiLine('\u001b[32mstarted');
    expect(parseAnsiLine('still green', style).chunks).toEqual([
      { text: 'still green', style: { color: 'green' } },
    ]);
  });

  it('knows bright and indexed colours, and skips the rest of a colour that it does not know', () => {
    const colors = (line: string) =>
      parseAnsiLine(line).chunks.map(({ style }) => style.color);
    expect(colors('\u001b[94mx')).toEqual(['blue']);
    expect(colors('\u001b[38;5;9mx')).toEqual(['red']);
    expect(colors('\u001b[38;2;31;32;33mx')).toEqual([undefined]);
    expect(colors('\u001b[38;2;31;32;33;36mx')).toEqual(['cyan']);
  });

  it('ends single properties', () => {
    const { chunks } = parseAnsiLine('\u001b[1;4;33mx\u001b[22;24;39my');
    expect(chunks.map(({ text }) => text)).toEqual(['x', 'y']);
    expect(Object.values(chunks[1].style).filter(Boolean)).toEqual([]);
  });
});

describe('stripAnsi', () => {
  it.each([
    ['window titles', '\u001b]0;title\u0007text', 'text'],
    ['hyperlinks', '\u001b]8;;http://x\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['cursor movements', '\u001b[2K\u001b[1Gtext\u001b[3A', 'text'],
    ['private modes', '\u001b[?25ltext\u001b[?25h', 'text'],
    ['control characters', 'a\u0000b\u0008c\u0007', 'abc'],
    ['two-character sequences', '\u001b(Btext\u001b=', 'text'],
    ['an escape at the very end', 'text\u001b', 'text'],
    ['what was written over', ' 10 %\r 20 %\r100 %', '100 %'],
    ['a carriage return at the end', 'text\r', 'text'],
    ['nothing of an ordinary line', 'a\tb → ü', 'a\tb → ü'],
  ])('takes out %s', (_, line, text) => {
    expect(stripAnsi(line)).toBe(text);
  });
});
