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

import { toMs } from '../../time';
import { workloadObjectName } from '../names';
import { repeatRequestedMs } from '../repeat';
import { repeatAnnotations } from '../version/repeatAnnotations';
import type { KeptnAppVersion, KeptnWorkloadVersion } from '../resources';

/** The annotations by which a workload version is asked to begin its checks afresh. */
export interface Repeat {
  version: KeptnWorkloadVersion;
  annotations: Record<string, string>;
}

/**
 * Raising the revision of an app repeats the failed checks of its workloads as well. The workload versions that the
 * app version lists, that had failed when it was made, and that were not asked since.
 */
export function planRepeats(
  current: KeptnAppVersion,
  others: KeptnAppVersion[],
  workloadVersions: KeptnWorkloadVersion[],
): Repeat[] {
  if (!raisesRevision(current, others)) {
    return [];
  }
  const askedAt = toMs(current.metadata.creationTimestamp) ?? 0;
  return workloadVersions
    .filter(version => isListed(current, version))
    .filter(
      version =>
        version.status?.status === 'Failed' &&
        (toMs(version.status.endTime) ?? 0) <= askedAt &&
        (repeatRequestedMs(version) ?? 0) < askedAt,
    )
    .map(version => ({
      version,
      annotations: repeatAnnotations(version, askedAt),
    }));
}

/** Whether an app version lists a workload in this very version. */
export function isListed(
  { spec }: KeptnAppVersion,
  { spec: workload }: Pick<KeptnWorkloadVersion, 'spec'>,
): boolean {
  return (
    workload.app === spec.appName &&
    (spec.workloads ?? []).some(
      ({ name, version }) =>
        version.toLowerCase() === workload.version &&
        workloadObjectName(spec.appName, name) === workload.workloadName,
    )
  );
}

/** An edit that leaves the revision as it is, or goes to another version, repeats nothing of the workloads. */
function raisesRevision(
  { metadata, spec }: KeptnAppVersion,
  others: KeptnAppVersion[],
): boolean {
  const before = others
    .filter(
      other =>
        other.metadata.name !== metadata.name &&
        other.spec.version === spec.version,
    )
    .map(other => other.spec.revision ?? 1);
  return before.length > 0 && Math.max(...before) < (spec.revision ?? 1);
}
