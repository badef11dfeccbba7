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

import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isClusterError } from '../cluster/ClusterError';
import { RUN_ID_ANNOTATION } from '../domain/annotations';
import type { RunReservation, RunStore } from '../history/RunStore';
import type { TaskCluster } from './TaskCluster';
import { taskOfRun } from './taskOfRun';

/**
 * Creates the KeptnTask of a run. Doing it again is harmless: the name is the run's own. A refusal ends the run with
 * the cluster's words; when the answer is lost the run stays open, because the task may exist.
 */
export async function createTask(
  cluster: TaskCluster,
  run: RunReservation,
  options: { runs: RunStore; now: () => Date },
): Promise<void> {
  const { runs, now } = options;
  try {
    await cluster.client.create('KeptnTask', taskOfRun(run));
  } catch (error) {
    if (isClusterError(error, 'already-exists')) {
      await requireOurs(cluster, run);
      return;
    }
    if (
      !isClusterError(
        error,
        'invalid',
        'forbidden',
        'not-found',
        'unauthorized',
      )
    ) {
      throw new ServiceUnavailableError(
        `Cluster ${
          cluster.name
        } did not answer, so it is not known whether the task was created. The run tells as soon as it is known. (${
          (error as Error).message
        })`,
      );
    }
    const message = describeRefusal(cluster, run, error);
    await runs.failReservation(
      run.id,
      'CreateRefused',
      message,
      now().toISOString(),
    );
    if (error.kind === 'invalid') throw new InputError(message);
    if (error.kind === 'forbidden' && !error.missingRight) {
      throw new ConflictError(message);
    }
    throw new ServiceUnavailableError(message);
  }
}

function describeRefusal(
  cluster: TaskCluster,
  run: RunReservation,
  error: { kind: string; message: string; missingRight: boolean },
): string {
  const what = `Cluster ${cluster.name} refused to create task ${run.namespace}/${run.taskName}`;
  if (error.missingRight) {
    return `${what}: the portal lacks the right to create keptntasks in ${run.namespace}. A platform engineer can grant it. (${error.message})`;
  }
  if (error.kind === 'not-found') {
    return `${what}: the namespace, or the resource keptntasks.lifecycle.keptn.sh, does not exist there. (${error.message})`;
  }
  return `${what}. (${error.message})`;
}

/** A task of this name that is not the run's would be a collision of ids: never take it for ours. */
async function requireOurs(
  cluster: TaskCluster,
  run: RunReservation,
): Promise<void> {
  const task = await cluster.client.get('KeptnTask', {
    namespace: run.namespace,
    name: run.taskName,
  });
  if (task && task.metadata.annotations?.[RUN_ID_ANNOTATION] !== run.id) {
    throw new ConflictError(
      `There is a task ${run.namespace}/${run.taskName} in cluster ${cluster.name} already, and it is not this run's. Start the run again.`,
    );
  }
}
