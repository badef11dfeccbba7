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

import fc from 'fast-check';
import { readLines } from './readLines';

async function* chunks(...parts: (string | Buffer)[]) {
  for (const part of parts) {
    yield Buffer.from(part as string);
  }
}

async function read(
  body: AsyncIterable<Uint8Array>,
  options?: { tail?: boolean },
) {
  const lines: string[] = [];
  for await (const some of readLines(body, options)) {
    lines.push(...some);
  }
  return lines;
}

describe('readLines', () => {
  it('joins what came in pieces', async () => {
    expect(await read(chunks('{"a"', ':1}\n{"b":', '2}', '\n'))).toEqual([
      '{"a":1}',
      '{"b":2}',
    ]);
  });

  it('leaves out an event that was cut off, and keeps the last line of a log', async () => {
    expect(await read(chunks('one\ntw'))).toEqual(['one']);
    expect(await read(chunks('one\ntw'), { tail: true })).toEqual([
      'one',
      'tw',
    ]);
  });

  it('takes the next chunk only after the last lines were taken', async () => {
    const sent: number[] = [];
    async function* body() {
      for (let number = 1; number <= 3; number++) {
        sent.push(number);
        yield Buffer.from(`${number}\n`);
      }
    }
    const lines = readLines(body());
    await lines.next();
    expect(sent).toEqual([1]);
    await lines.next();
    expect(sent).toEqual([1, 2]);
  });

  it('gives the same lines wherever the bytes are split, also inside a character', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('', 'a', 'grüße', '→ 😀', 'x'.repeat(300))),
        fc.array(fc.nat(400), { maxLength: 10 }),
        async (lines, cuts) => {
          const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
          const at = [...cuts, 0, bytes.length]
            .filter(cut => cut <= bytes.length)
            .sort((a, b) => a - b);
          const parts = at
            .slice(1)
            .map((cut, index) => bytes.subarray(at[index], cut));
          expect(await read(chunks(...parts))).toEqual(lines);
        },
      ),
    );
  });
});
