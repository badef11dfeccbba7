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

/** Name of a workload as people know it: without the app's name, which a KeptnWorkload has in front of its own. */
export function workloadLabel(workloadName: string, appName: string): string {
  const prefix = `${appName}-`;
  return workloadName.startsWith(prefix) && workloadName !== prefix
    ? workloadName.slice(prefix.length)
    : workloadName;
}

/** Name of the app or workload that a release is a version of. */
export function releaseLabel(
  release: Pick<Release, 'appName' | 'workloadName'>,
): string {
  const { appName, workloadName } = release;
  return workloadName ? workloadLabel(workloadName, appName) : appName;
}

/**
 * What an environment is about: the app, or the only workload that is shown, unless what came before is the app's.
 * Undefined while nothing of it has a version.
 */
export function subjectOf(environment: Environment): Release | undefined {
  const { app, workloads, previous } = environment;
  const [workload] = workloads;
  const ofWorkload = workloads.length === 1 && previous[0]?.kind !== 'app';
  return ofWorkload ? workload : app ?? workload;
}
