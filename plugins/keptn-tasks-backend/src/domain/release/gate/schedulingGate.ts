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

import type { V1Pod } from '@kubernetes/client-node';
import { GATE_REMOVED_ANNOTATION, SCHEDULING_GATE } from '../annotations';

/** Whether our gate keeps a Pod from being scheduled. */
export function isGated(pod: V1Pod): boolean {
  return (
    pod.spec?.schedulingGates?.some(({ name }) => name === SCHEDULING_GATE) ??
    false
  );
}

/**
 * The merge patch that takes our gate off a Pod, and no other gate. A merge patch replaces the list, so that it must
 * not meet a Pod that has changed since.
 */
export function gateRemovalPatch({ metadata, spec }: V1Pod): object {
  const others = (spec?.schedulingGates ?? []).filter(
    ({ name }) => name !== SCHEDULING_GATE,
  );
  return {
    metadata: {
      resourceVersion: metadata!.resourceVersion,
      annotations: { [GATE_REMOVED_ANNOTATION]: 'true' },
    },
    spec: { schedulingGates: others.length > 0 ? others : null },
  };
}
