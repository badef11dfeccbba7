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
import { isClusterError } from '../../cluster/ClusterError';
import { keyText, parseKey } from '../../cluster/ResourceCache';
import type { Reconcile, Wake } from '../Controller';
import { backoffMs } from './backoff';
import { WorkQueue } from './WorkQueue';

const RETRY = { firstMs: 200, maxMs: 30_000 };
/** Somebody has to grant a right or change a policy; asking more often helps nobody. */
const RETRY_FORBIDDEN = { firstMs: 5_000, maxMs: 60_000 };

export interface ControllerRunnerOptions {
  /** What is looked at, for the log. */
  name: string;
  reconcile: Reconcile;
  /** Keys looked at side by side. */
  workers: number;
  logger: LoggerService;
}

/** Looks at the keys of a queue with some workers, and again later at those where something went wrong. */
export class ControllerRunner {
  readonly queue = new WorkQueue();
  private readonly failures = new Map<string, number>();
  private readonly said = new Map<string, string>();
  private workers: Promise<void>[] = [];
  private errors = 0;

  constructor(private readonly options: ControllerRunnerOptions) {}

  /** Looks that failed since the start. */
  get errorCount(): number {
    return this.errors;
  }

  readonly wake: Wake = (key, priority) => {
    this.queue.add(keyText(key), priority);
  };

  start(): void {
    this.workers = Array.from({ length: this.options.workers }, () =>
      this.work(),
    );
  }

  /** Takes no more keys and waits for the looks under way, but not longer than the bound. */
  async stop(boundMs: number): Promise<void> {
    this.queue.close();
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>(resolve => {
      timer = setTimeout(resolve, boundMs);
    });
    await Promise.race([Promise.all(this.workers), bound]);
    clearTimeout(timer);
  }

  private async work(): Promise<void> {
    for (;;) {
      const key = await this.queue.next();
      if (key === undefined) {
        return;
      }
      try {
        const { requeueAfterMs } = await this.options.reconcile(parseKey(key));
        this.failures.delete(key);
        this.said.delete(key);
        if (requeueAfterMs !== undefined) {
          this.queue.addAfter(key, requeueAfterMs);
        }
      } catch (error) {
        this.retry(key, toError(error));
      } finally {
        this.queue.done(key);
      }
    }
  }

  private retry(key: string, error: Error): void {
    if (isClusterError(error, 'not-leader')) {
      // Whoever leads now looks at everything.
      this.failures.delete(key);
      return;
    }
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    if (isClusterError(error, 'conflict') && failures < 5) {
      this.queue.add(key);
      return;
    }
    this.errors += 1;
    this.report(key, error);
    const patience = isClusterError(error, 'forbidden')
      ? RETRY_FORBIDDEN
      : RETRY;
    const retryAfterMs = isClusterError(error) ? error.retryAfterMs : undefined;
    this.queue.addAfter(key, retryAfterMs ?? backoffMs(failures, patience));
  }

  /** Says what went wrong once, not at each try. */
  private report(key: string, error: Error): void {
    const { logger, name } = this.options;
    if (this.said.get(key) === error.message) {
      return;
    }
    this.said.set(key, error.message);
    if (isClusterError(error)) {
      logger.warn(`${name} ${key} is looked at again later: ${error.message}`);
    } else {
      logger.error(`Looking at ${name} ${key} failed`, error);
    }
  }
}
