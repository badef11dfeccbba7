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

import { randomBytes } from 'node:crypto';
import type { ApiClient } from '../client/ApiClient';
import { RUN_LABEL, target } from '../target';
import { eventually, untilGone } from './eventually';
import { namespaces, serviceAccounts } from './paths';
import type { ClusterHandle } from './useCluster';

/** A name that no other run of the suite uses at the same time. */
export function randomName(): string {
  return `conformance-${randomBytes(4).toString('hex')}`;
}

/**
 * Makes a namespace in which Pods can run.
 *
 * @param labels - added to the namespace; the Pod security level `privileged` stands unless another is given
 */
export async function createNamespace(
  api: ApiClient,
  name: string,
  labels: Record<string, string> = {},
): Promise<void> {
  const created = await api.post(namespaces(), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        [RUN_LABEL]: target.run,
        'pod-security.kubernetes.io/enforce': 'privileged',
        ...labels,
      },
    },
  });
  if (created.status !== 201) {
    throw new Error(`Cannot make namespace ${name}: ${created.text}`);
  }
  await eventually(`service account default in ${name}`, async () => {
    const { status } = await api.get(serviceAccounts(name, 'default'));
    return status === 200 ? true : undefined;
  });
}

/** A namespace for the tests of a file: made before them, removed after them. Returns its name. */
export function useNamespace(
  cluster: ClusterHandle,
  labels?: Record<string, string>,
): string {
  const name = randomName();
  beforeAll(() => createNamespace(cluster.api, name, labels));
  cluster.cleanUp(async () => {
    // A sandbox that stops takes everything with it.
    if (!cluster.get().isSandbox) {
      await cluster.api.delete(namespaces(name));
      await untilGone(cluster.api, namespaces(name), 170_000);
    }
  });
  return name;
}
