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

import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { sleep } from '../../common/sleep';
import { LONGEST_TIMER_MS } from '../../common/time';
import { LogFile } from '../logs/LogFile';
import { LogWriter } from '../logs/LogWriter';
import { endStrays } from './endStrays';
import { groupMemory } from './groupMemory';
import { forgetGroup, killGroup, trackGroup } from './liveGroups';
import { RunningContainer } from './RunningContainer';
import { StartError } from './resolveCommand';

const MEMORY_CHECK_MS = 200;
/** How long output of a container that ended is waited for, should something else hold its pipes. */
const DRAIN_MS = 300;
const OUT_OF_MEMORY_EXIT = 137;

/** How a container ended. */
export interface Exit {
  exitCode: number;
  outOfMemory: boolean;
  finishedAt: number;
}

/** What to start, and where. */
export interface ProcessSpec {
  command: string;
  file: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  /** Directory that is the root of the container. */
  root: string;
  log: LogFile;
  /** Bytes; unlimited when missing. */
  memoryLimit?: number;
}

/**
 * One run of a container: a process in a process group of its own. Unlike PID 1 of a real container it does
 * not ignore SIGTERM by default, so a plain `sleep` ends at once where a real cluster waits for the grace
 * period.
 */
export class ContainerProcess implements RunningContainer {
  readonly startedAt = Date.now();

  readonly ended: Promise<Exit>;

  private running = true;

  private outOfMemory = false;

  private killAt = Infinity;

  private killTimer?: NodeJS.Timeout;

  private constructor(
    private readonly child: ChildProcess,
    private readonly spec: ProcessSpec,
  ) {
    const writers = [
      new LogWriter(spec.log, 'stdout', child.stdout!),
      new LogWriter(spec.log, 'stderr', child.stderr!),
    ];
    const watch = spec.memoryLimit
      ? setInterval(() => this.checkMemory(), MEMORY_CHECK_MS)
      : undefined;
    this.ended = this.waitForEnd(writers).finally(() => {
      clearInterval(watch);
      clearTimeout(this.killTimer);
    });
  }

  /** Throws `StartError` when the system refuses to start the file. */
  static async start(spec: ProcessSpec): Promise<ContainerProcess> {
    const child = spawn(spec.file, spec.args, {
      argv0: spec.command,
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const process = new ContainerProcess(child, spec);
    try {
      await once(child, 'spawn');
      trackGroup(child.pid!);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const why = code === 'EACCES' ? 'permission denied' : 'exec format error';
      throw new StartError(`exec: "${spec.command}": ${why}`);
    }
    return process;
  }

  /** SIGTERM, once, and SIGKILL after the grace period; a later call can only shorten that. */
  terminate(graceMs: number): void {
    const killAt = Date.now() + graceMs;
    if (!this.running || killAt >= this.killAt) return;
    // Only to the first process, as in a real container; SIGKILL then ends them all.
    if (this.killAt === Infinity && graceMs > 0) this.child.kill('SIGTERM');
    this.killAt = killAt;
    clearTimeout(this.killTimer);
    const wait = Math.min(graceMs, LONGEST_TIMER_MS);
    this.killTimer = setTimeout(() => this.killAll(), wait);
  }

  private killAll(): void {
    if (this.child.pid) killGroup(this.child.pid, 'SIGKILL');
  }

  private async waitForEnd(writers: LogWriter[]): Promise<Exit> {
    const [code, signal] = await new Promise<
      [number | null, NodeJS.Signals | null]
    >(resolve => {
      this.child.once('exit', (...result) => resolve(result));
      this.child.once('error', () => resolve([128, null]));
    });
    const finishedAt = Date.now();
    this.running = false;
    // What the process left behind ends with it, as with a PID namespace.
    this.killAll();
    if (this.child.pid) forgetGroup(this.child.pid);
    await this.drain(writers);
    this.spec.log.end();
    const exitCode = code ?? 128 + constants.signals[signal!];
    const outOfMemory = this.outOfMemory || this.heapWasFull(exitCode);
    return {
      exitCode: outOfMemory ? OUT_OF_MEMORY_EXIT : exitCode,
      outOfMemory,
      finishedAt,
    };
  }

  private async drain(writers: LogWriter[]): Promise<void> {
    const written = Promise.all(writers.map(({ done }) => done));
    const patience = new AbortController();
    await Promise.race([written, sleep(DRAIN_MS, patience.signal)]);
    patience.abort();
    if (writers.every(writer => writer.complete)) return;
    // Something left the process group and still writes.
    await endStrays(this.spec.root);
    await Promise.race([written, sleep(DRAIN_MS)]);
    for (const writer of writers) writer.abandon();
  }

  private async checkMemory(): Promise<void> {
    const { pid } = this.child;
    if (!pid || !this.running) return;
    const used = await groupMemory(pid);
    if (this.running && used > this.spec.memoryLimit!) {
      this.outOfMemory = true;
      this.killAll();
    }
  }

  /** Deno was started with the limit as its heap size and ends itself when that is full. */
  private heapWasFull(exitCode: number): boolean {
    return (
      Boolean(this.spec.memoryLimit) &&
      exitCode > 128 &&
      /JavaScript (heap )?out of memory/.test(this.spec.log.tail(8_192))
    );
  }
}
