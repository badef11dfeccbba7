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

import { promisify } from 'util';
import { gunzip, gzip } from 'zlib';
import type { LogLine } from 'backstage-plugin-keptn-tasks-common';
import { defined } from './rows';
import type { IncomingLine } from './RunLogStore';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Bytes of a line before compression. */
export function sizeOfLine(line: IncomingLine): number {
  return Buffer.byteLength(line.text) + (line.at?.length ?? 0) + 2;
}

/** Lines as they are stored: one `time TAB text` each, compressed. */
export async function packLines(lines: IncomingLine[]): Promise<Buffer> {
  return compress(
    lines
      .map(({ at = '', text }) => `${at}\t${text.replaceAll('\n', ' ')}`)
      .join('\n'),
  );
}

/** Lines as people read them, numbered from `firstLine`. */
export async function unpackLines(
  body: Buffer,
  firstLine: number,
): Promise<LogLine[]> {
  const text = (await decompress(body)).toString('utf8');
  return text.split('\n').map((line, i) => {
    const tab = line.indexOf('\t');
    return defined<LogLine>({
      n: firstLine + i,
      at: line.slice(0, tab) || undefined,
      text: line.slice(tab + 1),
    });
  });
}
