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

import type { ReleaseContext } from '../ReleaseContext';

/** Those of some finished versions whose end the history knows: they may go from the cluster. */
export async function recordedOnly<T extends { metadata: { uid: string } }>(
  { config, releases }: Pick<ReleaseContext, 'config' | 'releases'>,
  versions: T[],
): Promise<T[]> {
  if (versions.length === 0) {
    return [];
  }
  const unfinished = new Set(
    (await releases.listUnfinished(config.name)).map(({ uid }) => uid),
  );
  return versions.filter(({ metadata }) => !unfinished.has(metadata.uid));
}
