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

import type { EnvironmentList } from 'backstage-plugin-keptn-tasks-common';
import type { ReleaseStore } from '../../history/ReleaseStore';
import { type EntityScope, releasePlacesOf } from '../entityScope';
import { byUrgency } from './byUrgency';
import { Environments } from './Environments';

const PREVIOUS = 5;

/** For each app in each place of an entity, what is asked for now and what was before; problems first. */
export async function listEnvironments(
  scope: EntityScope,
  releases: Pick<ReleaseStore, 'current' | 'listProblems'>,
): Promise<EnvironmentList> {
  const places = releasePlacesOf(scope);
  const kind = scope.workloadName ? 'workload' : 'app';
  const [groups, problems] = await Promise.all([
    releases.current(places, { previous: PREVIOUS, previousOf: kind }),
    releases.listProblems(places),
  ]);
  const environments = new Environments(scope);
  for (const { current, previous } of groups) {
    environments.add(current, current.kind === kind ? previous : []);
  }
  for (const problem of problems) environments.addProblem(problem);
  return {
    items: environments.all().sort(byUrgency),
    ...(scope.problem ? { problem: scope.problem } : {}),
  };
}
