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

import type { IncomingMessage } from 'node:http';

/** A body that arrives bit by bit. Remembers what came, and when. */
export class TextStream {
  readonly status: number;
  readonly contentType: string;
  readonly chunks: { afterMs: number; text: string }[] = [];
  /** Resolves when the server has ended the stream, or `stop` was called. */
  readonly closed: Promise<void>;
  private readonly opened = Date.now();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly message: IncomingMessage) {
    this.status = message.statusCode ?? 0;
    this.contentType = message.headers['content-type'] ?? '';
    message.setEncoding('utf8');
    message.on('data', text => {
      this.chunks.push({ afterMs: Date.now() - this.opened, text });
      this.waiting.forEach(check => check());
    });
    this.closed = new Promise(done => {
      message.on('close', done);
      // A stream that breaks off closes as well: what came so far tells the test enough.
      message.on('error', () => done());
    });
  }

  /** All that has come so far. */
  get text(): string {
    return this.chunks.map(chunk => chunk.text).join('');
  }

  /** Resolves when the text so far holds `wanted`. */
  async until(wanted: string, timeoutMs = 30_000): Promise<void> {
    await new Promise<void>((done, failed) => {
      const pending: { timer?: NodeJS.Timeout } = {};
      const check = () => {
        if (this.text.includes(wanted)) {
          clearTimeout(pending.timer);
          this.waiting.delete(check);
          done();
        }
      };
      pending.timer = setTimeout(() => {
        this.waiting.delete(check);
        failed(new Error(`"${wanted}" did not come, but: ${this.text}`));
      }, timeoutMs);
      this.waiting.add(check);
      check();
    });
  }

  stop(): void {
    this.message.destroy();
  }
}
