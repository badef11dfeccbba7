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

import { ClusterError, isClusterError } from '../../../cluster/ClusterError';
import { isControlledBy } from '../../../domain/ownership';
import type {
  KeptnWorkload,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import {
  isVersionAskedFor,
  workloadVersionManifest,
  workloadVersionPatch,
} from '../../../domain/release/workload/workloadVersionManifest';
import { previousVersion } from '../../../domain/release/version/previousVersion';
import { workloadVersionNames } from '../../../domain/release/names';
import type { ReleaseContext } from '../ReleaseContext';
import { tellRefusal } from './tellRefusal';

/** Makes the version that a KeptnWorkload asks for exist and follow it, and returns it. Writes only what differs. */
export async function ensureWorkloadVersion(
  context: ReleaseContext,
  workload: KeptnWorkload,
): Promise<KeptnWorkloadVersion> {
  const { watches, client } = context;
  const existing = await findOrCreate(context, workload);
  const key = {
    namespace: workload.metadata.namespace,
    name: existing.metadata.name,
  };
  if (
    existing.metadata.ownerReferences?.some(({ controller }) => controller) &&
    !isControlledBy(existing, workload)
  ) {
    throw new ClusterError(
      'conflict',
      `KeptnWorkloadVersion ${key.name} belongs to an earlier KeptnWorkload of this name; waiting until Kubernetes has removed it`,
    );
  }
  const patch = workloadVersionPatch(existing, workload);
  if (!patch) {
    return existing;
  }
  const stored = await client.patch('KeptnWorkloadVersion', key, patch);
  watches.workloadVersions.learn(stored);
  return stored;
}

/** The first of its names that is not somebody else's. */
async function findOrCreate(
  context: ReleaseContext,
  workload: KeptnWorkload,
): Promise<KeptnWorkloadVersion> {
  const { namespace, name: workloadName } = workload.metadata;
  const names = workloadVersionNames(workloadName, workload.spec.version);
  for (const name of names) {
    const version =
      context.watches.workloadVersions.cache.get({ namespace, name }) ??
      (await createOrGet(context, workload, name));
    if (isVersionAskedFor(version, workload)) {
      return version;
    }
  }
  throw new ClusterError(
    'conflict',
    `The names ${names.join(' and ')} belong to versions of other workloads`,
  );
}

async function createOrGet(
  context: ReleaseContext,
  workload: KeptnWorkload,
  name: string,
): Promise<KeptnWorkloadVersion> {
  const { watches, client } = context;
  const { namespace } = workload.metadata;
  const others = watches.workloadVersions.cache.find(
    'workload',
    `${namespace}/${workload.metadata.name}`,
  );
  const manifest = workloadVersionManifest(
    workload,
    previousVersion(workload, others),
  );
  const stored = await client
    .create('KeptnWorkloadVersion', {
      ...manifest,
      metadata: { ...manifest.metadata, name },
    })
    .catch(async error => {
      const live = isClusterError(error, 'already-exists')
        ? await client.get('KeptnWorkloadVersion', { namespace, name })
        : undefined;
      if (live) {
        return live;
      }
      await tellRefusal(context, workload, error, {
        reason: 'CreateWorkloadVersionFailed',
        what: `KeptnWorkloadVersion ${name} could not be created`,
      });
      throw error;
    });
  watches.workloadVersions.learn(stored);
  return stored;
}
