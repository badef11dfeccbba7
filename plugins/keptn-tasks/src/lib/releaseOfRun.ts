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

import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseFilters } from './releaseFilters';

/** Where to find the release that a run belongs to in the list of releases; undefined when it belongs to none. */
export function filtersOfRun(run: Run): ReleaseFilters | undefined {
  const { trigger, context = {}, cluster, namespace } = run;
  if (trigger.source !== 'release') return undefined;
  const { objectType, appName, appVersion } = context;
  const { workloadName, workloadVersion } = context;
  const place = { states: [], cluster, namespace };
  if (objectType === 'Workload' && workloadName && workloadVersion) {
    return {
      ...place,
      kind: 'workload',
      workload: workloadName,
      version: workloadVersion,
    };
  }
  return appName && appVersion
    ? { ...place, kind: 'app', app: appName, version: appVersion }
    : undefined;
}
