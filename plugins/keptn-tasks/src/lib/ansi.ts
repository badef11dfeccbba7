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

/** A colour of the terminal's palette. */
export type AnsiColor =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white';

/** How a piece of a line looks. Colours come from the theme, so `bright` is only a hint. */
export interface AnsiStyle {
  color?: AnsiColor;
  background?: AnsiColor;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
}

/** Some text in one style. */
export interface AnsiChunk {
  text: string;
  style: AnsiStyle;
}

const PALETTE: AnsiColor[] = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
];

// Everything that starts with ESC: operating system commands (titles, hyperlinks) up to BEL or ST, control sequences
// (colours, cursor), and the two-character rest. Source: ECMA-48, and xterm's control sequences for OSC.
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /\u001b(?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|\[([0-9:;<=>?]*)[ -/]*([@-~])|[ -/]*[0-~])|\u001b/g;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;

/**
 * Splits a line into pieces of one style each. Colours are kept; titles, hyperlinks, cursor movements and control
 * characters are taken out; of a line that was written over (`\r`) its last version stays.
 * @param line - one line of a log, without its line break
 * @param initial - the style that the line before ended in
 */
export function parseAnsiLine(
  line: string,
  initial: AnsiStyle = {},
): { chunks: AnsiChunk[]; style: AnsiStyle } {
  const chunks: AnsiChunk[] = [];
  let style = initial;
  let from = 0;
  const push = (raw: string) => {
    const text = raw.replace(CONTROLS, '');
    if (text) chunks.push({ text, style });
  };

  const last = lastVersion(line);
  for (const match of last.matchAll(ESCAPES)) {
    push(last.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === 'm') style = applyCodes(style, match[1]);
  }
  push(last.slice(from));
  return { chunks, style };
}

/** The line as one reads it. */
export function stripAnsi(line: string): string {
  return parseAnsiLine(line)
    .chunks.map(chunk => chunk.text)
    .join('');
}

function lastVersion(line: string): string {
  const trimmed = line.replace(/\r+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}

function applyCodes(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(code => Number(code || '0'));
  let next: AnsiStyle = { ...style };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 38 || code === 48) {
      const isIndexed = codes[i + 1] === 5;
      if (isIndexed && codes[i + 2] < 16) {
        next[code === 38 ? 'color' : 'background'] = PALETTE[codes[i + 2] % 8];
      }
      i += isIndexed ? 2 : 4;
    } else {
      next = applyCode(next, code);
    }
  }
  return next;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: undefined, dim: undefined };
  if (code === 23) return { ...style, italic: undefined };
  if (code === 24) return { ...style, underline: undefined };
  if (code === 39) return { ...style, color: undefined };
  if (code === 49) return { ...style, background: undefined };
  if (code === 90) return { ...style, color: undefined, dim: true };
  const color = PALETTE[code % 10];
  if (code >= 30 && code <= 37) return { ...style, color };
  if (code >= 91 && code <= 97) return { ...style, color };
  if (code >= 40 && code <= 47) return { ...style, background: color };
  if (code >= 100 && code <= 107) return { ...style, background: color };
  return style;
}
