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
import {
  APP_TYPE_ANNOTATION,
  SINGLE_SERVICE,
} from '../../../domain/release/annotations';
import { lacksWorkload } from '../../../domain/release/app/discoveredApp';
import type { WorkloadIdentity } from '../../../domain/release/identity/identify';
import type { KeptnWorkload } from '../../../domain/release/resources';
import type { WorkloadOwner } from '../../../domain/release/workload/workloadManifest';
import type { ReleaseContext } from '../ReleaseContext';
import { tellRefusal } from './tellRefusal';

/** Asks for the app of a workload, unless it knows the workload in this version, belongs to somebody, or was asked for. */
export async function ensureCreationRequest(
  context: ReleaseContext,
  owner: WorkloadOwner,
  { appName, isSingleService }: WorkloadIdentity,
  workload: KeptnWorkload,
): Promise<void> {
  const { watches, client } = context;
  const key = { namespace: workload.metadata.namespace, name: appName };
  if (
    // Apps are not made of it any more; when it is gone it is made again.
    workload.metadata.deletionTimestamp ||
    watches.creationRequests.cache.get(key) ||
    !lacksWorkload(watches.apps.cache.get(key), workload)
  ) {
    return;
  }
  try {
    const request = await client.create('KeptnAppCreationRequest', {
      metadata: {
        ...key,
        ...(isSingleService && {
          annotations: { [APP_TYPE_ANNOTATION]: SINGLE_SERVICE },
        }),
      },
      spec: { appName },
    });
    watches.creationRequests.learn(request);
  } catch (error) {
    if (isClusterError(error, 'already-exists')) {
      return;
    }
    await tellRefusal(context, owner, error, {
      reason: 'CreateAppCreationRequestFailed',
      what: `KeptnAppCreationRequest ${appName} could not be created`,
    });
    throw error;
  }
}
