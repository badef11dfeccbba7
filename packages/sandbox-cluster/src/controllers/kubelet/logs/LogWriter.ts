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

import { Readable } from 'node:stream';
import { nanoTimestamp } from '../../common/time';
import { LogFile } from './LogFile';

/** Longer lines are stored in pieces, as container runtimes do. */
export const LONGEST_LINE = 16 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts the output of a container into log lines. It works on bytes, so characters that arrive in two halves
 * stay whole and binary output stays as it is.
 */
export class LogWriter {
  /** Resolves when everything is written. */
  readonly done: Promise<void>;

  /** Whether that is so. */
  complete = false;

  private rest = Buffer.alloc(0);

  private resolve!: () => void;

  constructor(
    private readonly log: LogFile,
    private readonly name: 'stdout' | 'stderr',
    private readonly stream: Readable,
  ) {
    this.done = new Promise(resolve => {
      this.resolve = resolve;
    });
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.once('close', () => this.finish());
    stream.once('error', () => this.finish());
  }

  /** Stops waiting for more output. */
  abandon(): void {
    this.stream.destroy();
    this.finish();
  }

  private take(chunk: Buffer): void {
    let rest = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    const entries: Buffer[] = [];
    for (;;) {
      const newline = rest.subarray(0, LONGEST_LINE).indexOf(NEWLINE);
      if (newline >= 0) {
        entries.push(this.entry('F', rest.subarray(0, newline)));
        rest = rest.subarray(newline + 1);
      } else if (rest.length > LONGEST_LINE) {
        entries.push(this.entry('P', rest.subarray(0, LONGEST_LINE)));
        rest = rest.subarray(LONGEST_LINE);
      } else {
        break;
      }
    }
    this.rest = Buffer.from(rest);
    if (entries.length > 0) this.log.append(Buffer.concat(entries));
  }

  private finish(): void {
    // The tag tells the reader that no newline followed.
    if (this.rest.length > 0) this.log.append(this.entry('P', this.rest));
    this.rest = Buffer.alloc(0);
    this.complete = true;
    this.resolve();
  }

  private entry(tag: 'F' | 'P', text: Buffer): Buffer {
    return Buffer.concat([
      Buffer.from(`${nanoTimestamp()} ${this.name} ${tag} `),
      text,
      Buffer.from('\n'),
    ]);
  }
}
