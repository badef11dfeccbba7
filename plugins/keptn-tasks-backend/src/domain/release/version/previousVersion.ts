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

import type { KeptnApp, KeptnWorkload } from '../resources';
import { newestFirst } from './prunableVersions';

interface Version {
  metadata: { name: string };
  spec: { version: string };
}

/**
 * The version that an app or workload asked for before the one that it asks for now: the one that it reports, else the
 * newest that there is of it.
 */
export function previousVersion(
  { spec, status }: KeptnApp | KeptnWorkload,
  versions: Version[],
): string | undefined {
  const known = [
    status?.currentVersion,
    ...newestFirst(versions).map(version => version.spec.version),
  ];
  return known.find(version => version && version !== spec.version);
}
