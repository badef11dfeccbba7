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

/** One line of a watch, with the time since the watch was opened. */
export interface WatchEvent {
  afterMs: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: any;
}

/** An open watch. Keeps every event, so that tests can look back. */
export class Watch {
  readonly events: WatchEvent[] = [];
  /** Resolves with the milliseconds that the watch lasted. */
  readonly closed: Promise<number>;
  private readonly opened = Date.now();
  private readonly waiting = new Set<() => void>();
  private rest = '';

  constructor(private readonly message: IncomingMessage) {
    message.setEncoding('utf8');
    message.on('data', text => this.receive(text));
    this.closed = new Promise(done => {
      const finish = () => done(Date.now() - this.opened);
      message.on('close', finish);
      message.on('error', finish);
    });
  }

  /** The first event that fits, also one that has come before; rejects when none comes in time. */
  async until(
    fits: (event: WatchEvent) => boolean,
    what: string,
    timeoutMs = 60_000,
  ): Promise<WatchEvent> {
    return new Promise((done, failed) => {
      let next = 0;
      const pending: { timer?: NodeJS.Timeout } = {};
      const check = () => {
        for (; next < this.events.length; next++) {
          if (fits(this.events[next])) {
            clearTimeout(pending.timer);
            this.waiting.delete(check);
            done(this.events[next]);
            return;
          }
        }
      };
      pending.timer = setTimeout(() => {
        this.waiting.delete(check);
        failed(new Error(`${what} did not come; came: ${this.summary()}`));
      }, timeoutMs);
      this.waiting.add(check);
      check();
    });
  }

  /** Resolves with the first `count` events. */
  async take(count: number, timeoutMs?: number): Promise<WatchEvent[]> {
    await this.until(
      () => this.events.length >= count,
      `event number ${count}`,
      timeoutMs,
    );
    return this.events.slice(0, count);
  }

  /** All events about the object of this name, in order. */
  about(name: string): WatchEvent[] {
    return this.events.filter(event => event.object.metadata?.name === name);
  }

  stop(): void {
    this.message.destroy();
  }

  private receive(text: string) {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim()) {
        const { type, object } = JSON.parse(line);
        const afterMs = Date.now() - this.opened;
        this.events.push({ afterMs, type, object });
      }
    }
    this.waiting.forEach(check => check());
  }

  /** What came, in short, with the last state of each object. */
  private summary(): string {
    const last = new Map<string, string>();
    for (const { type, object } of this.events) {
      const name = object.metadata?.name ?? '';
      const seen = last.get(name)?.replace(/ \{.*/, '') ?? '';
      const status = JSON.stringify(object.status ?? {}).slice(0, 1_000);
      last.set(name, `${seen} ${type} ${status}`);
    }
    return [...last].map(([name, text]) => `\n${name}:${text}`).join('');
  }
}
