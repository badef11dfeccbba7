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

import { isClusterError } from './ClusterError';
import type { KubernetesClusterClient } from './KubernetesClusterClient';
import { apiVersionOf, KINDS } from './resourceKinds';

/** Version of the API server, for example `v1.36.2`. */
export async function getServerVersion(
  client: KubernetesClusterClient,
): Promise<string> {
  const { gitVersion } = await client.raw<{ gitVersion: string }>(
    { method: 'GET', path: '/version' },
    { verb: 'get', resource: 'version' },
  );
  return gitVersion;
}

/** Keptn's resources that the cluster does not serve, as `keptntasks.lifecycle.keptn.sh`. */
export async function findMissingResources(
  client: KubernetesClusterClient,
): Promise<string[]> {
  const served = await listServed(client);
  return (['KeptnTask', 'KeptnTaskDefinition'] as const)
    .map(kind => KINDS[kind])
    .filter(({ resource }) => !served.has(resource))
    .map(({ resource, group }) => `${resource}.${group}`);
}

async function listServed(
  client: KubernetesClusterClient,
): Promise<Set<string>> {
  try {
    const { resources } = await client.raw<{ resources: { name: string }[] }>(
      { method: 'GET', path: `/apis/${apiVersionOf('KeptnTask')}` },
      { verb: 'get', resource: 'discovery' },
    );
    return new Set(resources.map(({ name }) => name));
  } catch (error) {
    if (isClusterError(error, 'not-found')) {
      return new Set();
    }
    throw error;
  }
}
