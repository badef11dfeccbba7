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
import type { ReleaseStore } from '../../history/ReleaseStore';
import type { EntityScope } from '../entityScope';
import { titled, titleOf } from './titled';

type Problem = Awaited<ReturnType<ReleaseStore['listProblems']>>[number];

/** Environments as they are put together. */
export class Environments {
  readonly #scope: EntityScope;
  readonly #byKey = new Map<string, Environment>();

  constructor(scope: EntityScope) {
    this.#scope = scope;
  }

  add(release: Release, previous: Release[]): void {
    const environment = this.#of(release);
    const shown = titled(release, this.#scope);
    if (release.kind === 'app') environment.app = shown;
    else environment.workloads.push(shown);
    environment.previous.push(...previous.map(one => titled(one, this.#scope)));
  }

  addProblem({ cluster, namespace, appName, ...problem }: Problem): void {
    // What nobody could tell the app of has at least a name.
    const name = appName ?? problem.workloadName ?? problem.name;
    this.#of({ cluster, namespace, appName: name }).problems.push(problem);
  }

  all(): Environment[] {
    const environments = [...this.#byKey.values()];
    for (const { workloads } of environments) {
      workloads.sort((a, b) => (a.workloadName! < b.workloadName! ? -1 : 1));
    }
    return environments;
  }

  #of(place: Pick<Release, 'cluster' | 'namespace' | 'appName'>): Environment {
    const { cluster, namespace, appName } = place;
    const key = `${cluster}/${namespace}/${appName}`;
    const environment: Environment = this.#byKey.get(key) ?? {
      cluster,
      ...titleOf(cluster, this.#scope),
      namespace,
      appName,
      workloads: [],
      previous: [],
      problems: [],
    };
    this.#byKey.set(key, environment);
    return environment;
  }
}
