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

import type { VersionObject } from '../controllers/release/ReleaseTelemetry';

/** How long a version took, and how long after its predecessor it was done. */
export interface Interval {
  version: VersionObject;
  durationSeconds: number;
  sincePreviousSeconds?: number;
}

/**
 * Of every version that has begun and ended; of several attempts at it, of the one that ended last. The predecessor is
 * the one of the same app or workload, in the same namespace, with exactly the version that `previousVersion` names;
 * of several attempts the one that began first.
 */
export function intervalsOf(versions: Iterable<VersionObject>): Interval[] {
  const attempts = new Map<string, VersionObject[]>();
  for (const version of versions) {
    if (version.status?.startTime && version.status.endTime) {
      const key = keyOf(version, version.spec.version);
      attempts.set(key, [...(attempts.get(key) ?? []), version]);
    }
  }
  return [...attempts.values()].map(same => {
    const version = least(same, one => -endOf(one));
    const { previousVersion } = version.spec;
    const before =
      previousVersion && attempts.get(keyOf(version, previousVersion));
    return {
      version,
      durationSeconds: (endOf(version) - startOf(version)) / 1000,
      sincePreviousSeconds: before
        ? (endOf(version) - endOf(least(before, startOf))) / 1000
        : undefined,
    };
  });
}

/** Whether its checks have begun and have not ended: not one that was superseded before, nor one that waits. */
export function isUnderWay({ status }: VersionObject): boolean {
  return (
    status?.startTime !== undefined &&
    status.endTime === undefined &&
    !['Succeeded', 'Failed', 'Deprecated'].includes(status.status ?? '')
  );
}

function least<T>(all: T[], value: (one: T) => number): T {
  return all.reduce((a, b) => (value(b) < value(a) ? b : a));
}

function keyOf({ kind, metadata, spec }: VersionObject, version: string) {
  const parent = 'workloadName' in spec ? spec.workloadName : spec.appName;
  return [kind, metadata.namespace, parent, version].join('/');
}

function startOf({ status }: VersionObject): number {
  return Date.parse(status!.startTime!);
}

function endOf({ status }: VersionObject): number {
  return Date.parse(status!.endTime!);
}
