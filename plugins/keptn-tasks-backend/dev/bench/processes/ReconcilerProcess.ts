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

import { setTimeout as wait } from 'node:timers/promises';
import { now } from '../clock';
import { BenchProcess } from './BenchProcess';
import type {
  ReconcilerMessage,
  ReconcilerOptions,
  ReconcilerState,
} from './messages';

const QUIET_MS = 2_000;
/** Longer than the reconciler allows itself. */
const STOP_MS = 15_000;

/** The reconciler that is measured, as its measurements see it. */
export class ReconcilerProcess {
  private constructor(
    private readonly process: BenchProcess<ReconcilerMessage>,
  ) {}

  /** Loads everything and opens the database, but does not start. It ends with the work. */
  static async use<T>(
    options: ReconcilerOptions,
    work: (reconciler: ReconcilerProcess) => Promise<T>,
  ): Promise<T> {
    const child = new BenchProcess<ReconcilerMessage>(
      'reconcilerMain',
      options,
    );
    try {
      await child.next('loaded');
      const result = await work(new ReconcilerProcess(child));
      child.send('stop');
      await child.end(STOP_MS);
      return result;
    } finally {
      await child.end();
    }
  }

  /** Starts without waiting; returns when that was, in milliseconds since 1970. */
  start(): number {
    const at = now();
    this.process.send('start');
    return at;
  }

  /** When the first look at a task could begin, and the processor time used until then. */
  async leading(): Promise<{ at: number; cpuMs: number }> {
    return this.process.next('leading');
  }

  /** When for the first time nothing waited to be looked at. */
  async caughtUp(): Promise<number> {
    return (await this.process.next('caught-up')).at;
  }

  /** Ends the work but not the process: another start begins from nothing, with code that is warm. */
  async rest(): Promise<void> {
    this.process.send('rest');
    await this.process.next('resting');
  }

  async state(): Promise<ReconcilerState> {
    this.process.send('state');
    return (await this.process.next('state')).state;
  }

  /** Waits until it has written nothing for two seconds and nothing waits. */
  async quiet(timeoutMs = 120_000): Promise<ReconcilerState> {
    const deadline = performance.now() + timeoutMs;
    let last = await this.state();
    for (;;) {
      await wait(QUIET_MS);
      const state = await this.state();
      if (state.caughtUp && total(state.writes) === total(last.writes)) {
        return state;
      }
      if (performance.now() > deadline) {
        throw new Error('The reconciler does not come to rest');
      }
      last = state;
    }
  }
}

/** How many requests these are together. */
export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
