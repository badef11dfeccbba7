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

import type { LogLine } from 'backstage-plugin-keptn-tasks-common';
import { parseAnsiLine, type AnsiStyle } from './ansi';

/** A row of the log view: a line, or the place where the size cap dropped some. */
export type LogRow =
  | {
      kind: 'line';
      /** Number of the line, from 0. */
      n: number;
      at?: string;
      /** As it was written. */
      raw: string;
      /** As one reads it. */
      plain: string;
      /** The style that the line before ended in. */
      style: AnsiStyle;
    }
  | { kind: 'gap'; n: number; dropped: number };

/** What has been read of a log. `rows` only grows; a new buffer shares it with the one before. */
export interface LogBuffer {
  rows: readonly LogRow[];
  /** Number of the next line, where a lost connection goes on. */
  next: number;
  style: AnsiStyle;
}

export const EMPTY_LOG: LogBuffer = { rows: [], next: 0, style: {} };

/**
 * Adds lines in their order. Lines that are there already are left out, so that a replay after a lost connection does
 * no harm; missing numbers become a gap.
 */
export function appendLines(buffer: LogBuffer, lines: LogLine[]): LogBuffer {
  const added: LogRow[] = [];
  let { next, style } = buffer;
  for (const { n, at, text } of lines) {
    if (n < next) continue;
    if (n > next) added.push({ kind: 'gap', n: next, dropped: n - next });
    const parsed = parseAnsiLine(text, style);
    const plain = parsed.chunks.map(chunk => chunk.text).join('');
    added.push({ kind: 'line', n, at, raw: text, plain, style });
    style = parsed.style;
    next = n + 1;
  }
  if (added.length === 0) return buffer;
  return { rows: buffer.rows.concat(added), next, style };
}

/** The log as text, for the clipboard. */
export function toText(buffer: LogBuffer): string {
  return buffer.rows
    .map(row => (row.kind === 'line' ? row.plain : `… ${row.dropped} …`))
    .join('\n');
}

/** Indexes of the rows that contain a text, whatever its case. */
export function findRows(rows: readonly LogRow[], text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found: number[] = [];
  rows.forEach((row, index) => {
    if (row.kind === 'line' && row.plain.toLowerCase().includes(wanted)) {
      found.push(index);
    }
  });
  return found;
}
