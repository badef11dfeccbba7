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

import { StringDecoder } from 'node:string_decoder';

/**
 * Splits a stream of bytes into lines, those of one chunk at a time. The next chunk is read only after the last
 * lines were taken, so that a slow reader slows the sender down instead of filling the memory.
 *
 * What follows the last line break is delivered when `tail` is set; a watch leaves it out, because an event that was
 * cut off is no event.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  options: { tail?: boolean } = {},
): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  // A long line comes in many chunks; they are joined once.
  let unfinished: string[] = [];
  for await (const chunk of body) {
    const pieces = decoder.write(Buffer.from(chunk)).split('\n');
    const last = pieces.pop()!;
    if (pieces.length > 0) {
      pieces[0] = unfinished.join('') + pieces[0];
      unfinished = [];
      yield pieces;
    }
    if (last) {
      unfinished.push(last);
    }
  }
  const rest = unfinished.join('') + decoder.end();
  if (options.tail && rest) {
    yield [rest];
  }
}
