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

import { randomBytes } from 'node:crypto';
import { sleep } from '../common/sleep';
import { goDuration, toSeconds } from '../common/time';
import { Backoff } from './Backoff';
import { ContainerSetup, Setup } from './ContainerSetup';
import { PodScope, containerEvent } from './KubeletTools';
import { LogFile } from './logs/LogFile';
import { checkContainer } from './probes/checks';
import { supervise } from './probes/supervise';
import { RunningContainer } from './process/RunningContainer';
import { Launch, launch } from './process/launch';
import { StartError } from './process/resolveCommand';
import { ContainerRecord } from './status/ContainerRecord';
import { terminationMessage } from './terminationMessage';
import { PathMap } from './volumes/PathMap';
import { messagePath } from './volumes/PodDirectory';

const START_ERROR_EXIT = 128;

/** Runs one container of a Pod, again and again as its restart policy says. */
export class ContainerRunner {
  private readonly setup: ContainerSetup;

  private readonly restartBackoff: Backoff;

  private process?: RunningContainer;

  /** Aborted when the probes of the present run are not to be asked any more. */
  private probing = new AbortController();

  /** Resolves when the container has started for the first time, or never will. */
  readonly started: Promise<void>;

  private markStarted!: () => void;

  /** Set once the container is told to end: milliseconds it is given. */
  private grace?: number;

  private runs = 0;

  private finishedAt = 0;

  constructor(
    private readonly scope: PodScope,
    private readonly record: ContainerRecord,
    private readonly restartPolicy: string,
  ) {
    this.setup = new ContainerSetup(scope, record.spec);
    this.restartBackoff = new Backoff(scope.tools.timings.restartBackoffMs);
    this.started = new Promise(resolve => {
      this.markStarted = resolve;
    });
  }

  /** Resolves when the container has ended for good, or was not started because of the signal. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.runAgain(signal);
    } finally {
      this.markStarted();
    }
  }

  private async runAgain(signal: AbortSignal): Promise<void> {
    for (;;) {
      const setup = await this.prepare(signal);
      if (!setup) return;
      const release = await this.place(setup, signal);
      if (!release) return;
      let exitCode: number;
      try {
        exitCode = await this.runOnce(setup);
      } finally {
        release();
      }
      if (signal.aborted || !this.restarts(exitCode)) return;
      await this.waitForRestart(signal);
      if (signal.aborted) return;
    }
  }

  /** Tells the container to end; a later call can shorten the time it has. */
  terminate(graceMs: number): void {
    if (this.process && this.grace === undefined) {
      this.event('Normal', 'Killing', `Stopping container ${this.record.name}`);
    }
    this.grace = graceMs;
    this.probing.abort();
    this.process?.terminate(graceMs);
  }

  private restarts(exitCode: number): boolean {
    if (this.restartPolicy === 'Always') return true;
    return this.restartPolicy === 'OnFailure' && exitCode !== 0;
  }

  /** Tries until image and environment are there. As in the kubelet a reason shows one look later. */
  private async prepare(signal: AbortSignal): Promise<Setup | undefined> {
    const { podResyncMs, podSyncMs } = this.scope.tools.timings;
    for (let looks = 0; !signal.aborted; looks += 1) {
      const result = this.setup.attempt();
      if ('image' in result) return result;
      await sleep(looks === 0 ? podResyncMs : podSyncMs, signal);
      if (signal.aborted) return undefined;
      this.record.wait(result.reason, result.message);
      this.scope.changed();
    }
    return undefined;
  }

  private async runOnce(setup: Setup): Promise<number> {
    const { tools, pod, directory } = this.scope;
    const { record } = this;
    const { spec } = record;
    const run = this.runs;
    this.runs += 1;
    const containerId = `process://${randomBytes(32).toString('hex')}`;
    const { full, id } = setup.image;
    record.image = { full, id };
    this.event('Normal', 'Created', 'Container created');
    const log = tools.logs.create(pod, record.name, containerId);
    const paths = await directory.container(spec, run, setup.env);
    const { executables } = tools;
    const once = this.isInit && !record.sidecar;
    const options = { pod, spec, setup, paths, log, executables, once };
    try {
      this.process = await launch(options);
    } catch (error) {
      log.end();
      return this.failedToStart(containerId, asStartError(error));
    }
    record.begin(containerId);
    record.run(this.process.startedAt);
    this.event('Normal', 'Started', 'Container started');
    this.scope.changed();
    this.supervise(options);
    // Told to end while it was being started.
    if (this.grace !== undefined) this.process.terminate(this.grace);
    const exitCode = await this.waitForExit(this.process, paths, log);
    await directory.removeRun(spec, run);
    return exitCode;
  }

  /** Processes are limited in number; what is only simulated takes no place. */
  private async place(
    { image }: Setup,
    signal: AbortSignal,
  ): Promise<(() => void) | undefined> {
    if (image.rule.simulate) return signal.aborted ? undefined : () => {};
    return this.scope.tools.slots.acquire(signal);
  }

  private get isInit(): boolean {
    const { initContainers = [] } = this.scope.pod.spec;
    return initContainers.some(({ name }: any) => name === this.record.name);
  }

  private supervise(container: Launch): void {
    const { scope, record } = this;
    this.probing = new AbortController();
    if (this.grace !== undefined) this.probing.abort();
    const { signal } = this.probing;
    const { simulate } = container.setup.image.rule;
    supervise(
      {
        scope,
        record,
        check: async probe =>
          simulate ? undefined : checkContainer(container, probe, signal),
        kill: graceMs => this.process?.terminate(graceMs),
        onStarted: this.markStarted,
      },
      signal,
    ).catch(error => scope.tools.onError(error));
  }

  private async waitForExit(
    process: RunningContainer,
    paths: PathMap,
    log: LogFile,
  ): Promise<number> {
    const { spec } = this.record;
    const { exitCode, outOfMemory, finishedAt } = await process.ended;
    this.probing.abort();
    this.process = undefined;
    this.finishedAt = finishedAt;
    const message = await terminationMessage(paths.locate(messagePath(spec)), {
      policy: spec.terminationMessagePolicy,
      exitCode,
      log,
    });
    const failure = outOfMemory ? 'OOMKilled' : 'Error';
    this.record.end({
      exitCode,
      reason: exitCode === 0 ? 'Completed' : failure,
      ...(message && { message }),
      startedAt: toSeconds(process.startedAt),
      finishedAt: toSeconds(finishedAt),
      containerID: this.record.containerId,
    });
    this.scope.changed();
    return exitCode;
  }

  private failedToStart(containerId: string, error: StartError): number {
    this.event('Warning', 'Failed', `Error: ${error.message}`);
    this.finishedAt = Date.now();
    this.record.begin(containerId);
    this.record.end({
      exitCode: START_ERROR_EXIT,
      reason: 'StartError',
      message: error.message,
      startedAt: toSeconds(0),
      finishedAt: toSeconds(this.finishedAt),
      containerID: containerId,
    });
    this.scope.changed();
    return START_ERROR_EXIT;
  }

  /** The first restart follows at once, later ones after a growing back-off. */
  private async waitForRestart(signal: AbortSignal): Promise<void> {
    const { timings } = this.scope.tools;
    const { name, namespace, uid } = this.scope.pod.metadata;
    const where = `${name}_${namespace}(${uid})`;
    await sleep(timings.podResyncMs, signal);
    while (this.restartBackoff.pending(this.finishedAt) && !signal.aborted) {
      this.event(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${this.record.name} in pod ${where}`,
      );
      await sleep(timings.podSyncMs, signal);
      if (signal.aborted) return;
      const delay = goDuration(this.restartBackoff.delayMs);
      this.record.wait(
        'CrashLoopBackOff',
        `back-off ${delay} restarting failed container=${this.record.name} pod=${where}`,
      );
      this.scope.changed();
    }
    this.restartBackoff.grow();
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string) {
    containerEvent(this.scope, this.record.name, type, reason, message);
  }
}

/** Whatever keeps a process from starting ends its container and says so; nothing may stay stuck. */
function asStartError(error: unknown): StartError {
  return error instanceof StartError
    ? error
    : new StartError((error as Error).message);
}
