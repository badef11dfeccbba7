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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { Attempt } from 'backstage-plugin-keptn-tasks-common';
import { isClusterError } from '../../cluster/ClusterError';
import type { PodLogs } from '../../cluster/PodLogs';
import { sleep } from '../../cluster/RateLimiter';
import type { ResourceCache } from '../../cluster/ResourceCache';
import { isPodFinished } from '../../domain/task/attempts';
import {
  taskContainerName,
  taskContainerStatus,
} from '../../domain/task/taskContainer';
import type { RunLogStore } from '../../history/RunLogStore';
import { backoffMs } from '../runtime/backoff';

const RETRY = { firstMs: 250, maxMs: 10_000 };
/** A Pod whose log cannot be read this often is given up: its node is gone. */
const MAX_FAILURES_AFTER_END = 8;

export interface LogFollowerOptions {
  podLogs: PodLogs;
  /** Tells how far a Pod has come. */
  pods: ResourceCache<V1Pod>;
  logs: RunLogStore;
  logger: LoggerService;
  /** The log of one of the run's attempts has ended, or turned out to be out of reach. */
  onEnd: (runId: string) => void;
}

/** The run whose logs are wanted, and what a look at it has found. */
export interface FollowedRun {
  id: string;
  attempts: Attempt[];
  pods: V1Pod[];
  job?: V1Job;
}

/** Stores the logs of Pods while these run: afterwards may be too late. */
export class LogFollower {
  private readonly aborter = new AbortController();
  /** By run and attempt. `done` keeps an attempt from being followed again until the run is forgotten. */
  private readonly followed = new Map<
    string,
    Map<number, 'following' | 'done'>
  >();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: LogFollowerOptions) {}

  /** Logs that are read now. */
  get count(): number {
    return this.running.size;
  }

  /** Starts to follow each attempt whose container has started and that is not followed yet. */
  follow(run: FollowedRun): void {
    if (this.aborter.signal.aborted) {
      return;
    }
    const followed = this.followed.get(run.id) ?? new Map();
    this.followed.set(run.id, followed);
    for (const attempt of run.attempts) {
      const pod = run.pods.find(
        ({ metadata }) => metadata?.name === attempt.podName,
      );
      if (pod && !followed.has(attempt.number) && hasStarted(pod, run.job)) {
        followed.set(attempt.number, 'following');
        const work = this.run(run, attempt.number, pod).finally(() => {
          this.running.delete(work);
          followed.set(attempt.number, 'done');
          if (!this.aborter.signal.aborted) {
            this.options.onEnd(run.id);
          }
        });
        this.running.add(work);
      }
    }
  }

  /** Whether all that there is of the logs of a finished run is stored. */
  isComplete(run: FollowedRun): boolean {
    const followed = this.followed.get(run.id);
    return ![...(followed?.values() ?? [])].includes('following');
  }

  /** The run is settled. */
  forget(runId: string): void {
    this.followed.delete(runId);
  }

  /** Stores what has been read and ends, but not later than the bound. */
  async stop(boundMs: number): Promise<void> {
    this.aborter.abort(new Error('Following logs was stopped'));
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>(resolve => {
      timer = setTimeout(resolve, boundMs);
    });
    await Promise.race([Promise.all(this.running), bound]);
    clearTimeout(timer);
  }

  private async run(
    run: FollowedRun,
    attempt: number,
    pod: V1Pod,
  ): Promise<void> {
    const { logs, logger } = this.options;
    const { signal } = this.aborter;
    let said: string | undefined;
    for (let failures = 1; ; failures += 1) {
      try {
        const writer = await logs.open(run.id, attempt);
        if (!writer.complete) {
          await writer.close({ complete: await this.copy(run, pod, writer) });
        }
        return;
      } catch (error) {
        const { message } = toError(error);
        if (message !== said) {
          said = message;
          logger.warn(
            `The log of attempt ${attempt} of run ${run.id} could not be stored: ${message}`,
          );
        }
        if (signal.aborted || isFinal(error)) {
          return;
        }
        // What the history does not take now it takes later: the Pod still has it.
        await sleep(backoffMs(failures, RETRY), signal).catch(() => undefined);
      }
    }
  }

  /**
   * Copies until the container has ended; tells whether that was the end rather than a shutdown. Rejects when the
   * history does not take the lines.
   */
  private async copy(
    run: FollowedRun,
    pod: V1Pod,
    writer: Awaited<ReturnType<RunLogStore['open']>>,
  ): Promise<boolean> {
    const { signal } = this.aborter;
    let after = writer.lastAt;
    for (let failures = 0; !signal.aborted; ) {
      // Judged before reading: what is written until the end of the container is read then.
      const ended = this.hasEnded(pod, run.job);
      try {
        for await (const lines of this.options.podLogs.follow({
          namespace: pod.metadata!.namespace!,
          pod: pod.metadata!.name!,
          container: taskContainerName(pod, run.job)!,
          after,
          signal,
        })) {
          await writer.append(lines);
          after = lines.findLast(line => line.at)?.at ?? after;
          failures = 0;
        }
        if (ended) {
          return true;
        }
        failures += 1;
      } catch (error) {
        if (signal.aborted) {
          return false;
        }
        if (!isClusterError(error)) {
          throw error;
        }
        if (error.kind === 'not-found') {
          return true;
        }
        failures += 1;
        if (ended && failures > MAX_FAILURES_AFTER_END) {
          this.options.logger.warn(
            `The log of Pod ${pod.metadata!.namespace}/${
              pod.metadata!.name
            } could not be followed to its end: ${error.message}`,
          );
          return true;
        }
      }
      await sleep(backoffMs(failures, RETRY), signal).catch(() => undefined);
    }
    return false;
  }

  private hasEnded(pod: V1Pod, job?: V1Job): boolean {
    const { namespace, name, uid } = pod.metadata!;
    const current = this.options.pods.get({
      namespace: namespace!,
      name: name!,
    });
    return current?.metadata?.uid !== uid || isPodFinished(current!, job);
  }
}

/** The run was deleted, or somebody else writes its log now. */
function isFinal(error: unknown): boolean {
  const { name } = toError(error);
  return name === 'NotFoundError' || name === 'ConflictError';
}

/** A container that could not even be started has no log. */
function hasStarted(pod: V1Pod, job?: V1Job): boolean {
  const status = taskContainerStatus(pod, job);
  const { running, terminated } = status?.state ?? {};
  const startedAt = running?.startedAt ?? terminated?.startedAt;
  return Boolean(
    status?.restartCount || (startedAt && startedAt.getTime() > 0),
  );
}
