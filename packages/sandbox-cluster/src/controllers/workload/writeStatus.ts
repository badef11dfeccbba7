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

import { KubeObject, ResourceClient } from '../../ClusterApi';
import { deepEqual } from '../../schema/json';

/** Stores the status of a workload, unless that is what stands there already. The workload may be gone. */
export function writeStatus(
  client: ResourceClient,
  { metadata }: KubeObject,
  status: Record<string, unknown>,
): void {
  const current = client.get(metadata.namespace, metadata.name);
  if (current?.metadata.uid !== metadata.uid) return;
  const wanted = withoutUndefined(status);
  if (deepEqual(wanted, current.status ?? {})) return;
  client.updateStatus({ ...current, status: wanted });
}

function withoutUndefined(status: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(status).filter(([, value]) => value !== undefined),
  );
}
