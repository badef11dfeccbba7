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

import type { V1ObjectMeta } from '@kubernetes/client-node';
import { toMs } from '../../time';

interface Version {
  metadata: V1ObjectMeta;
}

/** The same things, the newest first; the same order on every machine. */
export function newestFirst<T extends Version>(versions: T[]): T[] {
  return [...versions].sort(
    (a, b) =>
      (toMs(b.metadata.creationTimestamp) ?? 0) -
        (toMs(a.metadata.creationTimestamp) ?? 0) ||
      ((b.metadata.name ?? '') < (a.metadata.name ?? '') ? -1 : 1),
  );
}

/**
 * The versions of one app or workload that may go: the oldest of those that nobody uses, until no more than `keep` of
 * these are left.
 */
export function prunableVersions<T extends Version>(
  versions: T[],
  options: { keep: number; isInUse: (version: T) => boolean },
): T[] {
  const unused = versions.filter(version => !options.isInUse(version));
  return newestFirst(unused).slice(options.keep);
}
