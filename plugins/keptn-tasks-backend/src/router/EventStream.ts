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

import { once } from 'events';
import type { Response } from 'express';

const HEARTBEAT_MS = 15_000;
/** Then the reader has to ask again, so that a permission that was taken away ends what it allowed. */
const MAX_DURATION_MS = 30 * 60 * 1000;

/** One answer as server-sent events. Nothing is sent, and errors can still be answered, until `open`. */
export class EventStream {
  readonly #response: Response;
  readonly #closed = new AbortController();
  #heartbeat?: NodeJS.Timeout;
  #deadline?: NodeJS.Timeout;

  constructor(response: Response) {
    this.#response = response;
    response.once('close', () => this.#release());
  }

  /** Aborted when the reader has gone, or the stream was closed. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  open(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Without no-transform the root router would compress, and hold events back until its buffer is full.
      'cache-control': 'no-cache, no-transform',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    this.#response.write(': open\n\n');
    this.#heartbeat = setInterval(() => {
      // A reader that does not take what was sent needs no sign of life on top.
      if (!this.#response.writableNeedDrain) this.#response.write(': \n\n');
    }, HEARTBEAT_MS);
    this.#deadline = setTimeout(() => this.close(), MAX_DURATION_MS);
  }

  /** Resolves when the reader can take more. */
  async send(event: {
    name: string;
    data: unknown;
    id?: number | string;
  }): Promise<void> {
    if (this.signal.aborted) return;
    const id = event.id === undefined ? '' : `id: ${event.id}\n`;
    const text = `event: ${event.name}\n${id}data: ${JSON.stringify(
      event.data,
    )}\n\n`;
    if (!this.#response.write(text)) {
      await once(this.#response, 'drain', { signal: this.signal }).catch(
        () => {},
      );
    }
  }

  /** Whether the reader has not yet taken what was sent. */
  get isBehind(): boolean {
    return this.#response.writableNeedDrain;
  }

  close(): void {
    this.#release();
    if (this.#response.headersSent) this.#response.end();
  }

  #release(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#deadline);
    this.#closed.abort();
  }
}

/** All streams of this process, so that they can be ended together. */
export class EventStreams {
  readonly #open = new Set<EventStream>();
  #ended = false;

  create(response: Response): EventStream {
    const stream = new EventStream(response);
    this.#open.add(stream);
    stream.signal.addEventListener('abort', () => this.#open.delete(stream), {
      once: true,
    });
    if (this.#ended) stream.close();
    return stream;
  }

  /** Ends all, also those that come later; readers connect to another replica then. */
  closeAll(): void {
    this.#ended = true;
    for (const stream of [...this.#open]) stream.close();
  }
}
