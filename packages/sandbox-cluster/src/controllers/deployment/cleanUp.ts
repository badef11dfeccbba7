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

import { DeploymentTools } from './DeploymentController';
import { revisionOf } from './annotations';
import { Rollout, wantedBy } from './Rollout';

/** Deletes the oldest ReplicaSets without Pods beyond the history limit. */
export function cleanUp(
  { replicaSets }: DeploymentTools,
  { deployment, oldSets }: Rollout,
): void {
  const limit = deployment.spec.revisionHistoryLimit;
  if (typeof limit !== 'number') return;
  const alive = oldSets.filter(({ metadata }) => !metadata.deletionTimestamp);
  const surplus = alive.length - limit;
  if (surplus <= 0) return;
  const byRevision = [...alive].sort((a, b) => revisionOf(a) - revisionOf(b));
  for (const set of byRevision.slice(0, surplus)) {
    const { metadata, status } = set;
    const busy =
      wantedBy(set) + (status?.replicas ?? 0) > 0 ||
      (metadata.generation ?? 0) > (status?.observedGeneration ?? 0);
    if (busy) continue;
    replicaSets.client.delete(metadata.namespace, metadata.name, {
      preconditions: { uid: metadata.uid },
    });
  }
}
