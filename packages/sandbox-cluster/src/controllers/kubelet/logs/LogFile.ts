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

import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * The log of one run of a container, in the format of container runtimes: a line for each line of output,
 * `<time> <stdout|stderr> <F|P> <text>`, where P marks a piece of a line that is too long.
 */
export class LogFile {
  private fd?: number;

  private length = 0;

  private over = false;

  private readers = 0;

  private closing = false;

  private readonly listeners = new Set<() => void>();

  constructor(readonly path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.fd = openSync(path, 'w+', 0o600);
  }

  /** Bytes written so far. */
  get size(): number {
    return this.length;
  }

  /** Nothing will be added any more. */
  get ended(): boolean {
    return this.over;
  }

  append(entry: Buffer): void {
    if (this.over || this.fd === undefined) return;
    writeSync(this.fd, entry, 0, entry.length, this.length);
    this.length += entry.length;
    this.notify();
  }

  end(): void {
    this.over = true;
    this.notify();
  }

  /** Ends the log and closes the file, once those who read it now have read it to its end. */
  close(): void {
    this.end();
    this.closing = true;
    this.closeIfUnused();
  }

  /** Somebody begins to read; to be followed by `release`. */
  retain(): void {
    this.readers += 1;
  }

  release(): void {
    this.readers -= 1;
    this.closeIfUnused();
  }

  /** Up to `length` bytes from `offset`. */
  read(offset: number, length: number): Buffer {
    if (this.fd === undefined) return Buffer.alloc(0);
    const available = fstatSync(this.fd).size - offset;
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, available)));
    const count = readSync(this.fd, buffer, 0, buffer.length, offset);
    return buffer.subarray(0, count);
  }

  /** The last `length` bytes as text, with the format's own words. */
  tail(length: number): string {
    const from = Math.max(0, this.length - length);
    return this.read(from, length).toString('utf8');
  }

  /** Resolves when something was added, the log ended, or the signal is aborted. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      this.listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }

  private closeIfUnused(): void {
    if (!this.closing || this.readers > 0 || this.fd === undefined) return;
    closeSync(this.fd);
    this.fd = undefined;
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
