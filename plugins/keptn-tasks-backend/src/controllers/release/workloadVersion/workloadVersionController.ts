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

import { appClearance } from '../../../domain/release/appClearance';
import { planWorkloadVersion } from '../../../domain/release/planWorkloadVersion';
import { projectWorkloadVersion } from '../../../domain/release/projectRelease';
import { isVersionFinished } from '../../../domain/release/repeat';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseController } from '../ReleaseController';
import { ItemRefusals } from '../version/ItemRefusals';
import { ReleaseRecords } from '../version/ReleaseRecords';
import { createVersionReconciler } from '../version/versionReconciler';
import { wakeOwnChanges } from '../version/wakeOwnChanges';
import { recordVersions } from '../versionRecorder';
import { observeWorkloadVersion } from './observeWorkloadVersion';
import { wakeWorkloadVersions } from './wakeWorkloadVersions';

/** Leads versions of workloads through their phases. Where another operator does, they are recorded only. */
export function createWorkloadVersionController(
  context: ReleaseContext,
): ReleaseController {
  const { config } = context;
  const { workloadVersions } = context.watches;
  const records = new ReleaseRecords(context);
  const refusals = new ItemRefusals();
  const versionKind = {
    kind: 'KeptnWorkloadVersion' as const,
    watch: workloadVersions,
    decide(
      version: Parameters<typeof observeWorkloadVersion>[1],
      hints: Parameters<typeof observeWorkloadVersion>[2],
    ) {
      const observed = observeWorkloadVersion(context, version, hints);
      const plan = planWorkloadVersion(observed);
      const release = projectWorkloadVersion(config.name, observed, plan);
      return { plan, release };
    },
  };

  return {
    name: 'workload version',
    reconcile:
      config.mode === 'reconcile'
        ? createVersionReconciler(context, versionKind, { records, refusals })
        : recordVersions(workloadVersions, records, version => {
            const observed = observeWorkloadVersion(context, version, {
              gone: new Set(),
              seen: new Map(),
              refusals,
              carriers: {},
            });
            const { status } = observed;
            const clearance =
              status.currentPhase || isVersionFinished(version)
                ? undefined
                : appClearance(version, observed.app, observed);
            return projectWorkloadVersion(config.name, observed, {
              status,
              hold: clearance?.state === 'waiting' ? clearance.hold : undefined,
            });
          }),
    *keys() {
      for (const { metadata } of workloadVersions.cache.values()) {
        yield metadata;
      }
    },
    connect(wake) {
      const ends = [
        // It is new, its spec was brought up to date, it was superseded, or somebody opened its gate.
        wakeOwnChanges(
          context,
          workloadVersions,
          records,
          'workload version',
          wake,
        ),
        wakeWorkloadVersions(context, wake),
      ];
      return () => ends.forEach(end => end());
    },
  };
}
