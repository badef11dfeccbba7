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

import { toIso, toMs } from '../../time';
import type { AppLook } from '../appPhases';
import type { PhaseLook } from '../phase/Phase';
import type { WorkloadVersionObservation } from '../planWorkloadVersion';

/** What is worth knowing about the release of an app: one sentence each. */
export function appNotes(look: AppLook): string[] {
  const createdMs = toMs(look.version.metadata.creationTimestamp) ?? 0;
  const passedBefore = look.workloads
    .filter(
      ({ workloadVersion }) =>
        workloadVersion?.status?.status === 'Succeeded' &&
        (toMs(workloadVersion.status.endTime) ?? Infinity) <= createdMs,
    )
    .map(
      ({ workloadName, version, workloadVersion }) =>
        `Workload ${workloadName} ${version} had passed its checks before (${toIso(
          workloadVersion!.status!.endTime,
        )}), so that they were not repeated.`,
    );
  return [...passedBefore, ...warnings(look)];
}

/** What is worth knowing about the release of a workload: one sentence each. */
export function workloadNotes(look: WorkloadVersionObservation): string[] {
  const { version, status, askedFor, supersededBy } = look;
  const isRolledBackTo =
    status.status === 'Succeeded' &&
    supersededBy !== undefined &&
    askedFor === version.spec.version;
  return [
    ...(isRolledBackTo
      ? [
          `It was asked for again after ${supersededBy}. Its checks had passed before, so that they were not repeated.`,
        ]
      : []),
    ...warnings(look),
  ];
}

function warnings({ status }: PhaseLook): string[] {
  return Object.values(status).includes('Warning')
    ? [
        'A check failed. Failed checks do not block here, so that the release went on.',
      ]
    : [];
}
