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

import type { V1ConfigMap, V1Job } from '@kubernetes/client-node';
import type { ClusterClient } from '../cluster/ClusterClient';
import { isClusterError } from '../cluster/ClusterError';
import type { Action } from '../domain/plan';

/** What came of an action, for those who keep what they have seen. */
export interface ActionOutcome {
  /** The Job or ConfigMap under the name, as it is now, whoever made it. */
  job?: V1Job;
  configMap?: V1ConfigMap;
}

/** Carries out one change. What exists already is read instead: the next look decides what it means. */
export async function executeAction(
  client: ClusterClient,
  action: Action,
): Promise<ActionOutcome> {
  switch (action.type) {
    case 'create-config-map': {
      const configMap = action.configMap as typeof action.configMap & {
        metadata: object;
      };
      return { configMap: await createOrGet(client, 'ConfigMap', configMap) };
    }
    case 'create-job': {
      const job = action.job as typeof action.job & { metadata: object };
      return { job: await createOrGet(client, 'Job', job) };
    }
    case 'update-config-map':
      return { configMap: await client.replace('ConfigMap', action.configMap) };
    case 'delete-config-map': {
      const { namespace, name, uid } = action;
      await client.delete('ConfigMap', { namespace, name }, { uid });
      return {};
    }
    case 'delete-job': {
      const { namespace, name, uid, propagation } = action;
      await client.delete('Job', { namespace, name }, { uid, propagation });
      return {};
    }
    case 'set-job-ttl':
      return setJobTtl(client, action);
    default:
      return action satisfies never;
  }
}

async function createOrGet<K extends 'Job' | 'ConfigMap'>(
  client: ClusterClient,
  kind: K,
  object: Parameters<typeof client.create<K>>[1],
) {
  try {
    return await client.create(kind, object);
  } catch (error) {
    if (!isClusterError(error, 'already-exists')) {
      throw error;
    }
    const { namespace, name } = object.metadata;
    return client.get(kind, { namespace: namespace!, name: name! });
  }
}

async function setJobTtl(
  client: ClusterClient,
  action: Extract<Action, { type: 'set-job-ttl' }>,
): Promise<ActionOutcome> {
  const { namespace, name, uid, ttlSecondsAfterFinished } = action;
  try {
    // The uid keeps the patch from a Job that took the name later.
    const job = await client.patch(
      'Job',
      { namespace, name },
      { metadata: { uid }, spec: { ttlSecondsAfterFinished } },
    );
    return { job };
  } catch (error) {
    if (isClusterError(error, 'not-found')) {
      return {};
    }
    throw error;
  }
}
