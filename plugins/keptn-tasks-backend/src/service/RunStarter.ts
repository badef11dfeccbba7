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

import { randomUUID } from 'crypto';
import { isDeepStrictEqual } from 'util';
import { ConflictError } from '@backstage/errors';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTaskSpec } from '../domain/resources';
import type { RunReservation, RunStore } from '../history/RunStore';
import { createTask } from './createTask';
import type { EntityScope } from './entityScope';
import type { RunReader } from './RunReader';
import type { StartedRun } from './RunService';
import type { TaskCluster } from './TaskCluster';
import { taskNameOf } from './taskOfRun';

/** Starts runs, each once, however often it is asked for under one key. */
export class RunStarter {
  readonly #options;

  constructor(options: { reader: RunReader; runs: RunStore; now: () => Date }) {
    this.#options = options;
  }

  /** What is new about each run, whatever it is of. */
  newRun(definition: string) {
    const id = randomUUID();
    return {
      id,
      taskName: taskNameOf(definition, id),
      createdAt: this.#options.now().toISOString(),
    };
  }

  /** Stores the run first and creates its task then, so that no task is without its record. */
  async start(
    cluster: TaskCluster,
    scope: EntityScope,
    run: RunReservation,
    options: { idempotencyKey?: string },
  ): Promise<StartedRun> {
    const { reader, runs, now } = this.#options;
    const context = (run.taskSpec as KeptnTaskSpec).context;
    const reservation: RunReservation = {
      ...run,
      context,
      idempotencyKey: options.idempotencyKey
        ? `${run.trigger.by}\n${options.idempotencyKey}`
        : undefined,
    };
    const { runId, created } = await runs.reserve(reservation);
    if (created) {
      await createTask(cluster, reservation, { runs, now });
      return { detail: await reader.detail(runId, scope), created };
    }
    const detail = await this.#requireSame(runId, scope, reservation);
    if (detail.run.state === 'Pending' && !detail.taskUid) {
      // Whoever came first may have been interrupted before the task was created; creating it twice is harmless.
      await createTask(
        cluster,
        {
          ...reservation,
          id: runId,
          taskName: detail.run.taskName,
        },
        { runs, now },
      );
    }
    return { detail, created };
  }

  /** A key stands for one request, not for whatever comes with it. */
  async #requireSame(
    runId: string,
    scope: EntityScope,
    reservation: RunReservation,
  ): Promise<RunDetail> {
    const { reader, runs } = this.#options;
    const detail = await reader.detail(runId, scope);
    const spec = await runs.getTaskSpec(runId);
    const { run } = detail;
    const same =
      run.cluster === reservation.cluster &&
      run.namespace === reservation.namespace &&
      run.entityRef === reservation.entityRef &&
      run.rerunOf === reservation.rerunOf &&
      isDeepStrictEqual(spec, reservation.taskSpec);
    if (!same) {
      throw new ConflictError(
        'Idempotency-Key: this key was used for a different request',
      );
    }
    return detail;
  }
}
