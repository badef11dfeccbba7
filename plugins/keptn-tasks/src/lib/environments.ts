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

import type { Environment, Release } from 'backstage-plugin-keptn-tasks-common';
import { isSamePlace, type Place } from './place';

/** Every version that is asked for now. */
export function currentReleases(
  environments: readonly Environment[],
): Release[] {
  return environments.flatMap(({ app, workloads }) => [
    ...(app ? [app] : []),
    ...workloads,
  ]);
}

/** The version of the same app or workload, in the same place, that is asked for now. */
export function currentOf(
  release: Release,
  environments: readonly Environment[],
): Release | undefined {
  return currentReleases(environments).find(
    one =>
      isSamePlace(one, release) &&
      one.kind === release.kind &&
      one.appName === release.appName &&
      one.workloadName === release.workloadName,
  );
}

/** The release that a run belongs to, as far as it is one of those that are asked for now. */
export function releaseOfRun(
  runId: string,
  environments: readonly Environment[],
): Release | undefined {
  return currentReleases(environments).find(({ phases }) =>
    phases.some(({ items }) => items.some(item => item.runId === runId)),
  );
}

/** The ids of everything that an answer about environments shows. */
export function shownRunIds(environments: readonly Environment[]): Set<string> {
  return new Set(
    currentReleases(environments).flatMap(({ phases }) =>
      phases.flatMap(({ items }) =>
        items.flatMap(({ runId }) => (runId ? [runId] : [])),
      ),
    ),
  );
}

/** Where something is, with the name that people know the cluster by where that says more. */
export function describePlace(place: Place & { clusterTitle?: string }): {
  title?: string;
  address: string;
} {
  const { cluster, clusterTitle, namespace } = place;
  return {
    title:
      clusterTitle?.toLowerCase() === cluster.toLowerCase()
        ? undefined
        : clusterTitle,
    address: `${cluster}/${namespace}`,
  };
}
