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

import { ConflictError } from '@backstage/errors';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { ATTEMPT_ANNOTATION } from '../../domain/release/annotations';
import { attemptOf } from '../../domain/release/repeat';
import { repeatAnnotations } from '../../domain/release/version/repeatAnnotations';
import type { TaskCluster } from '../TaskCluster';
import { askCluster, gone } from './askCluster';

/** Repeats the checks of a workload's version that has failed; they become a release of their own. */
export async function repeatWorkload(
  cluster: TaskCluster,
  release: Release,
  options: { uid: string; attempt: number; at: Date },
): Promise<void> {
  const { uid, attempt, at } = options;
  if (release.state !== 'Failed') {
    throw new ConflictError(
      `${release.name} has not failed, it is ${release.state}: there is nothing to repeat`,
    );
  }
  const key = { namespace: release.namespace, name: release.name };
  const object = `KeptnWorkloadVersion ${key.namespace}/${key.name}`;
  const version = await askCluster(cluster, object, () =>
    cluster.client.get('KeptnWorkloadVersion', key),
  );
  if (version?.metadata.uid !== uid) throw gone(cluster, object);
  const begun = attemptOf(version);
  if (begun > attempt) {
    throw new ConflictError(
      `The checks of ${release.name} are being repeated already, as attempt ${begun}`,
    );
  }
  await askCluster(cluster, object, () =>
    cluster.client.patch('KeptnWorkloadVersion', key, {
      metadata: {
        uid,
        resourceVersion: version.metadata.resourceVersion,
        annotations: {
          // Not before its end, which another clock has told.
          ...repeatAnnotations(version, at.getTime()),
          // As the history counts.
          [ATTEMPT_ANNOTATION]: String(attempt + 1),
        },
      },
    }),
  );
}
