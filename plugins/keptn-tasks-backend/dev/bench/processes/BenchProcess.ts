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

import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** A process of this benchmark that answers messages. */
export class BenchProcess<Message extends { type: string }> {
  private readonly child: ChildProcess;
  private readonly received: Message[] = [];
  private readonly waiting = new Set<() => void>();
  private ended = false;

  /** `script` is the name of a file beside this one; what it is to do reaches it as its argument. */
  constructor(script: string, argument: unknown) {
    this.child = fork(
      path.join(__dirname, script),
      [JSON.stringify(argument)],
      { execArgv: [...process.execArgv, '--expose-gc'] },
    );
    this.child.on('message', message => {
      this.received.push(message as Message);
      this.tellWaiting();
    });
    this.child.once('exit', () => {
      this.ended = true;
      this.tellWaiting();
    });
  }

  send(command: string): void {
    this.child.send(command);
  }

  /** The next message of a type; each is delivered once. Rejects when the process ends before. */
  async next<T extends Message['type']>(
    type: T,
    timeoutMs = 120_000,
  ): Promise<Extract<Message, { type: T }>> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const at = this.received.findIndex(message => message.type === type);
      if (at >= 0) {
        return this.received.splice(at, 1)[0] as Extract<Message, { type: T }>;
      }
      if (this.ended) throw new Error(`The process ended before '${type}'`);
      if (performance.now() > deadline) {
        throw new Error(`The process has not said '${type}' in time`);
      }
      await this.news(deadline - performance.now());
    }
  }

  /** Waits until it has ended; after the grace it is ended by force. */
  async end(graceMs = 0): Promise<void> {
    if (this.ended) return;
    const gone = new Promise(resolve => this.child.once('exit', resolve));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(timer);
  }

  private async news(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let tell = () => {};
    await new Promise<void>(resolve => {
      tell = resolve;
      this.waiting.add(tell);
      timer = setTimeout(tell, timeoutMs);
    });
    clearTimeout(timer);
    this.waiting.delete(tell);
  }

  private tellWaiting(): void {
    for (const done of [...this.waiting]) done();
  }
}
