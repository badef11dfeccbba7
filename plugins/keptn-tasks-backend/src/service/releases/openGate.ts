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
import { RELEASE_GATE_ANNOTATION } from '../../domain/release/annotations';
import { isCleared } from '../../domain/release/cleared';
import {
  type GateRelease,
  releaseGatePatch,
} from '../../domain/release/gate/releaseGatePatch';
import type { TaskCluster } from '../TaskCluster';
import { askCluster, gone } from './askCluster';

/**
 * Lets the Pods of a workload's version go; who reconciles the cluster takes their gates away. `record` keeps who
 * decided it, once it is known that there is something to decide.
 */
export async function openGate(
  cluster: TaskCluster,
  release: Release,
  decision: GateRelease & { uid: string },
  record: () => Promise<void>,
): Promise<void> {
  if (release.kind !== 'workload') {
    throw new ConflictError(
      `${release.name} is a version of an app, and only Pods of workloads wait at a gate; release that of a workload of it`,
    );
  }
  const key = { namespace: release.namespace, name: release.name };
  const object = `KeptnWorkloadVersion ${key.namespace}/${key.name}`;
  const version = await askCluster(cluster, object, () =>
    cluster.client.get('KeptnWorkloadVersion', key),
  );
  if (version?.metadata.uid !== decision.uid) throw gone(cluster, object);
  if (isCleared(version)) {
    throw new ConflictError(
      version.metadata.annotations?.[RELEASE_GATE_ANNOTATION]
        ? `The gate of ${release.name} was released already`
        : `No Pod of ${release.name} waits for its checks: its deployment has begun`,
    );
  }
  await record();
  await askCluster(cluster, object, () =>
    cluster.client.patch(
      'KeptnWorkloadVersion',
      key,
      releaseGatePatch(version, decision),
    ),
  );
}
