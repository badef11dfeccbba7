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
import { isClusterError } from '../../cluster/ClusterError';
import type { TaskCluster } from '../TaskCluster';

/** Reads or writes an object of a release; what goes wrong becomes a sentence that names the object. */
export async function askCluster<T>(
  cluster: TaskCluster,
  object: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isClusterError(error, 'not-found', 'invalid', 'conflict')) {
      throw new ConflictError(
        `${object} in cluster ${cluster.name} has changed or was deleted meanwhile. Look at it again, and try again.`,
      );
    }
    throw new ServiceUnavailableError(
      `Cluster ${cluster.name} did not take the request for ${object}. (${
        (error as Error).message
      })`,
    );
  }
}

/** That there is nothing to ask for: the object is gone, or another one has its name. */
export function gone(cluster: TaskCluster, object: string): ConflictError {
  return new ConflictError(
    `There is no ${object} in cluster ${cluster.name} any more, so nothing can be done about it`,
  );
}
