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

import { appendLines, EMPTY_LOG, findRows, toText } from './logBuffer';

const lines = (...texts: Array<[number, string]>) =>
  texts.map(([n, text]) => ({ n, text }));

describe('appendLines', () => {
  it('leaves out what a replay repeats', () => {
    const once = appendLines(EMPTY_LOG, lines([0, 'a'], [1, 'b']));
    const twice = appendLines(once, lines([0, 'a'], [1, 'b'], [2, 'c']));
    expect(toText(twice)).toBe('a\nb\nc');
    expect(twice.next).toBe(3);
  });

  it('shows where lines were dropped', () => {
    const { rows } = appendLines(EMPTY_LOG, lines([0, 'a'], [500, 'z']));
    expect(rows).toEqual([
      expect.objectContaining({ kind: 'line', n: 0 }),
      { kind: 'gap', n: 1, dropped: 499 },
      expect.objectContaining({ kind: 'line', n: 500 }),
    ]);
  });

  it('keeps colours that go over several lines', () => {
    const { rows } = appendLines(
      EMPTY_LOG,
      lines([0, '\u001b[31mfirst'], [1, 'second\u001b[0m'], [2, 'third']),
    );
    expect(rows.map(row => row.kind === 'line' && row.style)).toEqual([
      {},
      { color: 'red' },
      {},
    ]);
  });

  it('is the same buffer when nothing is new', () => {
    const buffer = appendLines(EMPTY_LOG, lines([0, 'a']));
    expect(appendLines(buffer, lines([0, 'a']))).toBe(buffer);
  });
});

describe('findRows', () => {
  const { rows } = appendLines(
    EMPTY_LOG,
    lines([0, '\u001b[31mErr\u001b[0mor'], [1, 'fine'], [2, 'error']),
  );

  it('finds text across colours, whatever its case', () => {
    expect(findRows(rows, 'ERROR')).toEqual([0, 2]);
  });

  it('finds nothing without a text', () => {
    expect(findRows(rows, '  ')).toEqual([]);
  });
});
