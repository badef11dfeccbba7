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

import { planAppVersion } from '../../../domain/release/planAppVersion';
import { projectAppVersion } from '../../../domain/release/projectRelease';
import type { ReleaseContext } from '../ReleaseContext';
import type { ReleaseController } from '../ReleaseController';
import { ItemRefusals } from '../version/ItemRefusals';
import { ReleaseRecords } from '../version/ReleaseRecords';
import { createVersionReconciler } from '../version/versionReconciler';
import { wakeOwnChanges } from '../version/wakeOwnChanges';
import { recordVersions } from '../versionRecorder';
import { wakeForItems } from '../version/wakeOwners';
import { observeAppVersion } from './observeAppVersion';

/** Leads versions of apps through their phases. Where another operator does, they are recorded only. */
export function createAppVersionController(
  context: ReleaseContext,
): ReleaseController {
  const { config, watches } = context;
  const { appVersions, workloadVersions } = watches;
  const records = new ReleaseRecords(context);
  const refusals = new ItemRefusals();
  const versionKind = {
    kind: 'KeptnAppVersion' as const,
    watch: appVersions,
    decide(
      version: Parameters<typeof observeAppVersion>[1],
      hints: Parameters<typeof observeAppVersion>[2],
    ) {
      const observed = observeAppVersion(context, version, hints);
      const plan = planAppVersion(observed);
      const release = projectAppVersion(config.name, observed, plan);
      return { plan, release };
    },
  };

  return {
    name: 'app version',
    reconcile:
      config.mode === 'reconcile'
        ? createVersionReconciler(context, versionKind, { records, refusals })
        : recordVersions(appVersions, records, version => {
            const observed = observeAppVersion(context, version, {
              gone: new Set(),
              seen: new Map(),
              refusals,
              carriers: {},
            });
            const { status } = observed;
            return projectAppVersion(config.name, observed, { status });
          }),
    *keys() {
      for (const { metadata } of appVersions.cache.values()) {
        yield metadata;
      }
    },
    connect(wake) {
      const ends = [
        // It is new, it was superseded, or somebody else wrote its status.
        wakeOwnChanges(context, appVersions, records, 'app version', wake),
        // Its deployment is that of its workloads.
        workloadVersions.onChange(({ object: { metadata, spec } }) => {
          for (const version of appVersions.cache.find(
            'app',
            `${metadata.namespace}/${spec.app}`,
          )) {
            wake(version.metadata);
          }
        }),
        wakeForItems(
          context,
          'KeptnAppVersion',
          () => appVersions.cache.values(),
          wake,
        ),
      ];
      // What a failed check does is asked when a phase ends: changes of it wake nobody.
      return () => ends.forEach(end => end());
    },
  };
}
