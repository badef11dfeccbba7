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

import type {
  KeptnAppVersion,
  KeptnWorkloadVersion,
} from '../../../domain/release/resources';
import {
  deprecatedAppStatus,
  deprecatedWorkloadStatus,
} from '../../../domain/release/version/deprecatedStatus';
import type { ReleaseContext } from '../ReleaseContext';
import type { VersionObject } from '../ReleaseTelemetry';

/** Ends a version of a workload whose place a newer one has taken. What was recorded of it stays. */
export async function supersedeWorkloadVersion(
  context: ReleaseContext,
  version: KeptnWorkloadVersion,
  by: string,
): Promise<void> {
  const { client, watches, now } = context;
  const stored = await client.patchStatus(
    'KeptnWorkloadVersion',
    version.metadata,
    patchOf(version, deprecatedWorkloadStatus(version.status, now())),
  );
  watches.workloadVersions.learn(stored);
  tellTelemetry(context, version, stored, by);
}

/** The same of an app. */
export async function supersedeAppVersion(
  context: ReleaseContext,
  version: KeptnAppVersion,
  by: string,
): Promise<void> {
  const { client, watches, now } = context;
  const stored = await client.patchStatus(
    'KeptnAppVersion',
    version.metadata,
    patchOf(version, deprecatedAppStatus(version.status, now())),
  );
  watches.appVersions.learn(stored);
  tellTelemetry(context, version, stored, by);
}

/** Why the tasks of a version are stopped whose place another one has taken. */
export function supersededBy(name: string): string {
  return `Superseded by ${name}`;
}

/** Refused when somebody wrote in between: the version may have passed its checks meanwhile. */
function patchOf({ metadata }: VersionObject, status: object) {
  const { resourceVersion } = metadata;
  return { metadata: { resourceVersion }, status };
}

function tellTelemetry(
  { telemetry, now }: ReleaseContext,
  before: VersionObject,
  after: VersionObject,
  by: string,
): void {
  const phase = before.status?.currentPhase;
  if (phase) {
    telemetry.phaseEnded(after, phase, {
      state: 'Deprecated',
      endedAt: after.status?.endTime ?? now().toISOString(),
      message: supersededBy(by),
    });
  }
  telemetry.versionEnded(after);
}
