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

import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { KubeObject } from '../../ClusterApi';
import { sleep } from '../common/sleep';
import { LONGEST_TIMER_MS, parseTime, toSeconds } from '../common/time';
import { ContainerRunner } from './ContainerRunner';
import { KubeletTools, PodScope } from './KubeletTools';
import { mountVolumes } from './mountVolumes';
import { runContainers } from './runContainers';
import { ContainerRecord } from './status/ContainerRecord';
import { finalPhase } from './status/podPhase';
import { PodRecord, podStatus } from './status/podStatus';
import { PodDirectory } from './volumes/PodDirectory';

const DEADLINE_MESSAGE =
  'Pod was active on the node longer than the specified deadline';

/** Runs one Pod from the moment it is on the node until it is deleted. */
export class PodWorker {
  /** Resolves when no process of the Pod is left and its last status is written. */
  readonly done: Promise<void>;

  private readonly record: PodRecord;

  private readonly scope: PodScope;

  /** Aborted when the Pod is to end: nothing of it is started any more. */
  private readonly ending = new AbortController();

  private readonly runners: ContainerRunner[] = [];

  private silent = false;

  private deleting = false;

  private finished = false;

  private deadline?: NodeJS.Timeout;

  constructor(private readonly tools: KubeletTools, private pod: KubeObject) {
    const init: any[] = pod.spec.initContainers ?? [];
    const reason = init.length ? 'PodInitializing' : 'ContainerCreating';
    const record = (spec: any) => new ContainerRecord(spec, reason);
    this.record = {
      startTime: pod.status?.startTime ?? toSeconds(),
      readyToStart: false,
      init: init.map(record),
      containers: (pod.spec.containers ?? []).map(record),
    };
    this.scope = {
      tools,
      pod,
      directory: new PodDirectory(join(tools.podsRoot, pod.metadata.uid)),
      changed: () => this.write(),
    };
    this.done = this.run()
      .catch(error => this.fail(error))
      .catch(error => tools.onError(error));
    if (pod.metadata.deletionTimestamp) this.update(pod);
  }

  /** The Pod was changed; matters when it is being deleted. */
  update(pod: KubeObject): void {
    this.pod = pod;
    if (!pod.metadata.deletionTimestamp) return;
    const seconds = pod.metadata.deletionGracePeriodSeconds ?? 30;
    this.deleting = true;
    if (this.finished) this.deleteObject();
    else this.end(seconds * 1_000);
  }

  /** The Pod is gone, or the sandbox stops: ends its processes without writing anything more. */
  async remove(graceMs: number): Promise<void> {
    this.silent = true;
    this.end(graceMs);
    await this.done;
    await this.scope.directory.remove();
    await this.tools.logs.remove(this.pod);
  }

  private end(graceMs: number): void {
    this.ending.abort();
    for (const runner of this.runners) runner.terminate(graceMs);
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    // Not in the constructor's tick: the status write would run into the watch that started us.
    await Promise.resolve();
    this.write();
    this.watchDeadline();
    if (await mountVolumes(this.scope, signal)) {
      this.record.readyToStart = true;
      this.write();
      const make = (container: ContainerRecord, policy: string) =>
        this.runner(container, policy);
      await runContainers(this.pod, this.record, make, signal);
    }
    clearTimeout(this.deadline);
    await this.finish();
  }

  private runner(
    record: ContainerRecord,
    restartPolicy: string,
  ): ContainerRunner {
    const runner = new ContainerRunner(this.scope, record, restartPolicy);
    this.runners.push(runner);
    return runner;
  }

  private async finish(): Promise<void> {
    const { init, containers } = this.record;
    const ended = this.ending.signal.aborted;
    if (!ended)
      await sleep(this.tools.timings.phaseDelayMs, this.ending.signal);
    if (this.silent) return;
    for (const record of [...init, ...containers]) record.settle();
    const initialized = init.every(record => record.initialized);
    if (ended && initialized) containers.forEach(markLost);
    this.record.final = this.record.reason
      ? 'Failed'
      : finalPhase(init, containers);
    this.record.readyToStart = false;
    this.write();
    this.finished = true;
    if (!this.deleting) return;
    await sleep(this.tools.timings.phaseDelayMs / 2);
    this.deleteObject();
  }

  /** Something that should not happen (disk full, …) ends the Pod and is named in its status. */
  private async fail(error: unknown): Promise<void> {
    this.tools.onError(error);
    this.record.reason = 'SandboxError';
    this.record.message = (error as Error).message;
    this.end(0);
    await this.finish();
  }

  private watchDeadline(): void {
    const seconds = this.pod.spec.activeDeadlineSeconds;
    if (typeof seconds !== 'number') return;
    const left =
      parseTime(this.record.startTime)! + seconds * 1_000 - Date.now();
    // No sandbox lives that long.
    if (left > LONGEST_TIMER_MS) return;
    this.deadline = setTimeout(() => {
      this.tools.events.record(this.pod, {
        type: 'Normal',
        reason: 'DeadlineExceeded',
        message: DEADLINE_MESSAGE,
      });
      this.record.reason = 'DeadlineExceeded';
      this.record.message = DEADLINE_MESSAGE;
      this.end((this.pod.spec.terminationGracePeriodSeconds ?? 30) * 1_000);
    }, left);
  }

  private deleteObject(): void {
    const { namespace, name, uid } = this.pod.metadata;
    if (this.silent) return;
    this.tools.pods.delete(namespace, name, {
      gracePeriodSeconds: 0,
      preconditions: { uid },
    });
  }

  private write(): void {
    if (this.silent) return;
    const { namespace, name, uid } = this.pod.metadata;
    const current = this.tools.pods.get(namespace, name);
    if (current?.metadata.uid !== uid) return;
    const status = structuredClone(podStatus(current, this.record));
    if (isDeepStrictEqual(status, current.status)) return;
    try {
      this.tools.pods.updateStatus({ ...current, status });
    } catch (error) {
      this.tools.onError(error);
    }
  }
}

/** A container that was not running when its Pod was ended. */
function markLost(record: ContainerRecord): void {
  if (record.terminated) return;
  record.end({
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    startedAt: toSeconds(0),
    finishedAt: toSeconds(0),
  });
}
