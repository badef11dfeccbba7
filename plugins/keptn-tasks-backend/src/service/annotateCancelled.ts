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

import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { isClusterError } from '../cluster/ClusterError';
import { CANCEL_ANNOTATION } from '../domain/annotations';
import type { TaskCluster } from './TaskCluster';

/** Asks for an end of the run's task; who reconciles the cluster does the rest. */
export async function annotateCancelled(
  cluster: TaskCluster,
  { run, taskUid }: Pick<RunDetail, 'run' | 'taskUid'>,
  reason: string,
): Promise<void> {
  try {
    await cluster.client.patch(
      'KeptnTask',
      { namespace: run.namespace, name: run.taskName },
      {
        metadata: {
          // Not another task that was given this name since.
          ...(taskUid && { uid: taskUid }),
          annotations: { [CANCEL_ANNOTATION]: reason },
        },
      },
    );
  } catch (error) {
    if (isClusterError(error, 'not-found', 'invalid', 'conflict')) {
      throw new ConflictError(
        `There is no task ${run.namespace}/${run.taskName} in cluster ${cluster.name}: it is being created, or it was deleted. Try again in a moment.`,
      );
    }
    throw new ServiceUnavailableError(
      `Cluster ${cluster.name} did not take the request to cancel. (${
        (error as Error).message
      })`,
    );
  }
}
