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
import type { TaskCluster } from '../TaskCluster';
import { askCluster, gone } from './askCluster';

/** Repeats the checks of an app's version, and of its workloads that have failed, by raising the app's revision. */
export async function repeatApp(
  cluster: TaskCluster,
  release: Release,
): Promise<void> {
  const key = { namespace: release.namespace, name: release.appName };
  const object = `KeptnApp ${key.namespace}/${key.name}`;
  const app = await askCluster(cluster, object, () =>
    cluster.client.get('KeptnApp', key),
  );
  if (!app) throw gone(cluster, object);
  const revision = app.spec.revision ?? 1;
  if (app.spec.version !== release.version) {
    throw new ConflictError(
      `${object} asks for version ${app.spec.version} now, so the checks of ${release.version} cannot be repeated`,
    );
  }
  if (revision > (release.revision ?? 1)) {
    throw new ConflictError(
      `The checks of ${release.appName} ${release.version} are being repeated already, as revision ${revision}`,
    );
  }
  await askCluster(cluster, object, () =>
    cluster.client.patch('KeptnApp', key, {
      metadata: { resourceVersion: app.metadata.resourceVersion },
      spec: { revision: revision + 1 },
    }),
  );
}
