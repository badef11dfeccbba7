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

import type { V1StatefulSet } from '@kubernetes/client-node';
import { revisionKey } from '../revision';
import type { RolloutOutcome } from './RolloutOutcome';
import {
  isObserved,
  nameOf,
  notObserved,
  progressing,
  succeeded,
} from './RolloutOutcome';

/**
 * Complete when no Pod too many is there, all are available, and those that the update strategy lets go have this
 * version. `revisions` are the keys that the version stands for, when they are known.
 */
export function statefulSetOutcome(
  statefulSet: V1StatefulSet,
  revisions?: string[],
): RolloutOutcome {
  const what = { kind: 'StatefulSet', name: statefulSet.metadata!.name! };
  if (!isObserved(statefulSet)) {
    return notObserved(what);
  }
  const { spec, status } = statefulSet;
  const desired = spec?.replicas ?? 1;
  const counts = {
    desired,
    updated: updatedOf(statefulSet),
    available: status?.availableReplicas ?? status?.readyReplicas ?? 0,
  };
  const latest =
    status?.updateRevision &&
    revisionKey({ ...what, hash: status.updateRevision });
  if (latest && revisions?.length && !revisions.includes(latest)) {
    return progressing(
      what,
      { ...counts, updated: 0 },
      `${nameOf(
        what,
      )} went on to another version before all Pods of this one were available`,
    );
  }
  // Pods below the partition keep their version on purpose.
  const kept = Math.min(
    desired,
    spec?.updateStrategy?.rollingUpdate?.partition ?? 0,
  );
  if (kept > 0 && kept === desired) {
    return progressing(
      what,
      counts,
      `${nameOf(
        what,
      )} updates none of its Pods: its partition is ${kept}, and it has ${desired}`,
    );
  }
  const isComplete =
    counts.updated >= desired - kept &&
    (status?.replicas ?? 0) === desired &&
    counts.available === desired;
  return isComplete
    ? succeeded(what, counts)
    : progressing(what, counts, complaintOf(statefulSet, counts));
}

function updatedOf({ status }: V1StatefulSet): number {
  const updated = status?.updatedReplicas ?? 0;
  // Some versions of Kubernetes count them here alone when there has been but one revision.
  return status?.currentRevision &&
    status.currentRevision === status.updateRevision
    ? Math.max(updated, status.currentReplicas ?? 0)
    : updated;
}

function complaintOf(
  { metadata, spec }: V1StatefulSet,
  { updated, desired }: { updated: number; desired: number },
): string | undefined {
  return spec?.updateStrategy?.type === 'OnDelete' && updated < desired
    ? `StatefulSet ${
        metadata!.name
      } updates a Pod only when somebody deletes it (OnDelete): ${updated} of ${desired} have this version`
    : undefined;
}
