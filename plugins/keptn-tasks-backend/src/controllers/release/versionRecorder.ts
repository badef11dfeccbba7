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

import type { ResourceWatch } from '../../cluster/ResourceWatch';
import type {
  KeptnAppVersion,
  KeptnWorkloadVersion,
} from '../../domain/release/resources';
import type { ProjectedRelease } from '../../domain/release/projectRelease';
import type { Reconcile } from '../Controller';
import type { ReleaseRecords } from './version/ReleaseRecords';

interface Versions {
  KeptnAppVersion: KeptnAppVersion;
  KeptnWorkloadVersion: KeptnWorkloadVersion;
}

/** Tasks come through another watch than versions: what has ended is looked at again when theirs had time to catch up. */
const CATCH_UP_MS = 2_000;

/** Records versions that another operator leads through their phases. Touches nothing in the cluster. */
export function recordVersions<K extends keyof Versions>(
  watch: ResourceWatch<K>,
  records: ReleaseRecords,
  project: (version: Versions[K]) => ProjectedRelease,
): Reconcile {
  /** When the end of each was first seen, in milliseconds since 1970. */
  const endSeenAt = new Map<string, number>();

  return async key => {
    const version = watch.cache.get(key) as Versions[K] | undefined;
    if (!version) {
      return {};
    }
    if (version.status?.endTime) {
      const { uid } = version.metadata;
      const seenAt = endSeenAt.get(uid) ?? Date.now();
      endSeenAt.set(uid, seenAt);
      const waitMs = seenAt + CATCH_UP_MS - Date.now();
      if (waitMs > 0) {
        return { requeueAfterMs: waitMs };
      }
    }
    await records.save(version, project(version));
    return {};
  };
}
