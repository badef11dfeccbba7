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

import type { Release } from 'backstage-plugin-keptn-tasks-common';
import type { EntityScope } from '../entityScope';

/** What people call a cluster, as the configuration has it. */
export function titleOf(
  cluster: string,
  scope: EntityScope,
): { clusterTitle?: string } {
  const title = scope.targets.find(
    target => target.cluster === cluster,
  )?.clusterTitle;
  return title ? { clusterTitle: title } : {};
}

/** A release with the title of its cluster. */
export function titled(release: Release, scope: EntityScope): Release {
  return { ...release, ...titleOf(release.cluster, scope) };
}
