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

import type { ReleaseHold } from 'backstage-plugin-keptn-tasks-common';
import type { Cancellation } from './phase/leftovers';
import type { VersionStatus } from './phase/Phase';
import type { PhasesPlan } from './phase/planPhases';
import type { TraceCarrier } from './resources';

/** Everything a look at a version wants done. */
export interface VersionPlan extends PhasesPlan {
  cancellations: Cancellation[];
  /** What it waits for that is outside of its phases. */
  hold?: Omit<ReleaseHold, 'gateReleasable'>;
  /** Why it was superseded. */
  message?: string;
  /** To be written to the version itself, before its status. */
  change?: { traceId: TraceCarrier };
}

/** A plan that changes nothing but the status. */
export function report(
  status: VersionStatus,
  more: Partial<VersionPlan> = {},
): VersionPlan {
  return {
    status,
    creations: [],
    notices: [],
    steps: [],
    unseen: [],
    cancellations: [],
    ...more,
  };
}
