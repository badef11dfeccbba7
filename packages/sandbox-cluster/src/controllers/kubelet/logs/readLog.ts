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

import { PodLogOptions } from '../../../ClusterApi';
import { parseTime } from '../../common/time';
import { LogFile } from './LogFile';

const CHUNK = 64 * 1024;
const NEWLINE = 0x0a;
const SPACE = 0x20;

type ReadOptions = Pick<
  PodLogOptions,
  | 'follow'
  | 'timestamps'
  | 'tailLines'
  | 'limitBytes'
  | 'sinceSeconds'
  | 'sinceTime'
>;

/** The text of a log as a client wants it; with `follow` until the container has ended. */
export async function* readLog(
  log: LogFile,
  options: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  log.retain();
  try {
    yield* chunksOf(log, options, signal);
  } finally {
    log.release();
  }
}

async function* chunksOf(
  log: LogFile,
  options: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let offset =
    options.tailLines === undefined ? 0 : tailOffset(log, options.tailLines);
  let left = options.limitBytes ?? Infinity;
  const render = renderer(options);
  let rest: Buffer = Buffer.alloc(0);
  while (!signal.aborted && left > 0) {
    // Before reading: what is written in between is read in the next round.
    const { ended } = log;
    const chunk = log.read(offset, CHUNK);
    offset += chunk.length;
    const data = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const complete = data.lastIndexOf(NEWLINE) + 1;
    rest = data.subarray(complete);
    const text = render(data.subarray(0, complete)).subarray(0, left);
    left -= text.length;
    if (text.length > 0) yield text;
    if (chunk.length > 0) continue;
    if (ended || !options.follow) return;
    if (offset >= log.size && !log.ended) await log.changed(signal);
  }
}

function renderer({ timestamps, sinceSeconds, sinceTime }: ReadOptions) {
  const since =
    sinceSeconds === undefined
      ? parseTime(sinceTime) ?? 0
      : Date.now() - sinceSeconds * 1_000;
  let lineOpen: Record<string, boolean> = {};
  return (entries: Buffer): Buffer => {
    const pieces: Buffer[] = [];
    for (let at = 0; at < entries.length; ) {
      const end = entries.indexOf(NEWLINE, at);
      const { time, stream, partial, text } = parse(entries.subarray(at, end));
      at = end + 1;
      if ((parseTime(time) ?? 0) < since) continue;
      if (timestamps && !lineOpen[stream]) pieces.push(Buffer.from(`${time} `));
      pieces.push(text);
      if (!partial) pieces.push(Buffer.from('\n'));
      lineOpen = { ...lineOpen, [stream]: partial };
    }
    return Buffer.concat(pieces);
  };
}

function parse(entry: Buffer) {
  const first = entry.indexOf(SPACE);
  const second = entry.indexOf(SPACE, first + 1);
  return {
    time: entry.toString('latin1', 0, first),
    stream: entry.toString('latin1', first + 1, second),
    partial: entry[second + 1] === 'P'.charCodeAt(0),
    text: entry.subarray(second + 3),
  };
}

/** Where the last `lines` stored lines begin. */
function tailOffset(log: LogFile, lines: number): number {
  let end = log.size;
  if (lines === 0) return end;
  // The last newline ends the last line; one more than `lines` of them lies before the wanted part.
  let wanted = lines + 1;
  while (end > 0) {
    const start = Math.max(0, end - CHUNK);
    const block = log.read(start, end - start);
    for (let at = block.length - 1; at >= 0; at -= 1) {
      if (block[at] !== NEWLINE) continue;
      wanted -= 1;
      if (wanted === 0) return start + at + 1;
    }
    end = start;
  }
  return 0;
}
