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

import {
  type Environment,
  isReleaseFinished,
  type Release,
} from 'backstage-plugin-keptn-tasks-common';

/**
 * The order in which people look for environments: what is held, has failed or has a problem, then what is under way,
 * then the rest; within these what was asked for last comes first.
 */
export function byUrgency(a: Environment, b: Environment): number {
  return (
    rankOf(a) - rankOf(b) ||
    latestOf(b) - latestOf(a) ||
    nameOf(a).localeCompare(nameOf(b), 'en')
  );
}

function rankOf(environment: Environment): number {
  const releases = releasesOf(environment);
  if (
    environment.problems.length > 0 ||
    releases.some(({ hold, state }) => hold || state === 'Failed')
  ) {
    return 0;
  }
  return releases.some(({ state }) => !isReleaseFinished(state)) ? 1 : 2;
}

function latestOf(environment: Environment): number {
  return Math.max(
    0,
    ...releasesOf(environment).map(({ activatedAt, createdAt }) =>
      Date.parse(activatedAt ?? createdAt),
    ),
  );
}

function releasesOf({ app, workloads }: Environment): Release[] {
  return app ? [app, ...workloads] : workloads;
}

function nameOf({ cluster, namespace, appName }: Environment): string {
  return `${cluster}/${namespace}/${appName}`;
}
