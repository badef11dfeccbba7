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

import { isClusterError } from '../../../cluster/ClusterError';
import type { KeptnWorkload } from '../../../domain/release/resources';
import type { DesiredWorkload } from '../../../domain/release/workload/workloadManifest';
import {
  workloadManifest,
  workloadPatch,
} from '../../../domain/release/workload/workloadManifest';
import type { ReleaseContext } from '../ReleaseContext';
import { tellRefusal } from './tellRefusal';

/** Makes the KeptnWorkload what the current revision asks for, and returns it. Writes only what differs. */
export async function ensureWorkload(
  context: ReleaseContext,
  desired: DesiredWorkload,
): Promise<KeptnWorkload> {
  const { watches, client } = context;
  const manifest = workloadManifest(desired);
  const { namespace, name } = manifest.metadata;
  const existing = watches.workloads.cache.get({ namespace, name });
  const patch = existing && workloadPatch(existing, desired);
  if (existing && !patch) {
    return existing;
  }
  try {
    const stored = existing
      ? await client.patch('KeptnWorkload', { namespace, name }, patch!)
      : await client.create('KeptnWorkload', manifest);
    watches.workloads.learn(stored);
    return stored;
  } catch (error) {
    if (isClusterError(error, 'already-exists')) {
      // Somebody was faster; whose it is now is decided at the next look.
      const live = await client.get('KeptnWorkload', { namespace, name });
      if (live) {
        watches.workloads.learn(live);
      }
    }
    await tellRefusal(context, desired.owner, error, {
      reason: existing ? 'UpdateWorkloadFailed' : 'CreateWorkloadFailed',
      what: `KeptnWorkload ${name} could not be ${
        existing ? 'updated' : 'created'
      }`,
    });
    throw error;
  }
}
