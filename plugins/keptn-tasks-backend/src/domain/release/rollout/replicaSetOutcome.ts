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

import type { V1ReplicaSet } from '@kubernetes/client-node';
import type { RolloutOutcome } from './RolloutOutcome';
import {
  isObserved,
  notObserved,
  progressing,
  succeeded,
} from './RolloutOutcome';

/** One that stands alone: it has one version, so that no Pod of another can be there. */
export function replicaSetOutcome(replicaSet: V1ReplicaSet): RolloutOutcome {
  const what = { kind: 'ReplicaSet', name: replicaSet.metadata!.name! };
  if (!isObserved(replicaSet)) {
    return notObserved(what);
  }
  const { status } = replicaSet;
  const counts = {
    desired: replicaSet.spec?.replicas ?? 1,
    updated: status?.replicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
  const refused = status?.conditions?.find(
    ({ type, status: value }) => type === 'ReplicaFailure' && value === 'True',
  );
  return counts.updated === counts.desired &&
    counts.available === counts.desired
    ? succeeded(what, counts)
    : progressing(
        what,
        counts,
        refused && `ReplicaSet ${what.name}: ${refused.message}`,
      );
}
