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

import type { V1DaemonSet } from '@kubernetes/client-node';
import type { RolloutOutcome } from './RolloutOutcome';
import {
  isObserved,
  nameOf,
  notObserved,
  progressing,
  succeeded,
} from './RolloutOutcome';

/**
 * Complete when each node that should have a Pod has one of this version that is available. A DaemonSet does not say
 * which revision is its latest: `latest` is the key of the youngest ControllerRevision, `revisions` are those that the
 * version stands for, when they are known.
 */
export function daemonSetOutcome(
  daemonSet: V1DaemonSet,
  revisions?: string[],
  latest?: string,
): RolloutOutcome {
  const what = { kind: 'DaemonSet', name: daemonSet.metadata!.name! };
  if (!isObserved(daemonSet)) {
    return notObserved(what);
  }
  const { spec, status } = daemonSet;
  const counts = {
    desired: status?.desiredNumberScheduled ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
    available: status?.numberAvailable ?? 0,
  };
  const { desired, updated, available } = counts;
  if (latest && revisions?.length && !revisions.includes(latest)) {
    return progressing(
      what,
      { ...counts, updated: 0 },
      `${nameOf(
        what,
      )} went on to another version before all Pods of this one were available`,
    );
  }
  if (updated >= desired && available >= desired) {
    return succeeded(what, counts);
  }
  return progressing(
    what,
    counts,
    spec?.updateStrategy?.type === 'OnDelete' && updated < desired
      ? `DaemonSet ${what.name} updates a Pod only when somebody deletes it (OnDelete): ${updated} of ${desired} have this version`
      : undefined,
  );
}
