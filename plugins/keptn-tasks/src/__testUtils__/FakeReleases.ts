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

import type {
  Environment,
  ListReleasesQuery,
  Release,
  ReleaseDetail,
  ReleasePage,
  Run,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { anId, responseError } from './builders';
import { aReleaseDetail } from './releaseBuilders';

/** The releases of an entity, in memory: what is asked for now, and what came before. */
export class FakeReleases {
  /** Tests and demos fill this; what changes is told through `tell`. */
  environments: Environment[] = [];
  /** Releases that no environment shows any more. */
  older: Release[] = [];

  #details = new Map<string, Partial<Omit<ReleaseDetail, 'release'>>>();

  constructor(
    private readonly tell: (id: string) => void,
    private readonly runOf: (id: string) => RunDetail | undefined,
  ) {}

  /** What is kept of a release beside what can be put together. */
  keep(id: string, part: Partial<Omit<ReleaseDetail, 'release'>>) {
    this.#details.set(id, part);
  }

  /** Changes some fields of a release wherever it is shown. */
  change(id: string, part: Partial<Release>): Release {
    const release = { ...this.get(id), ...part };
    this.#replace(id, release);
    this.tell(id);
    return release;
  }

  get(id: string): Release {
    const found = this.all().find(release => release.id === id);
    if (!found) throw responseError(404, 'NotFoundError', `No release ${id}`);
    return found;
  }

  all(): Release[] {
    const shown = this.environments.flatMap(({ app, workloads, previous }) => [
      ...(app ? [app] : []),
      ...workloads,
      ...previous,
    ]);
    return [...shown, ...this.older].sort((a, b) =>
      b.createdAt.localeCompare(a.createdAt),
    );
  }

  list(query: ListReleasesQuery): ReleasePage {
    const { limit = 25, cursor, state, entityRef: _, ...rest } = query;
    const wanted = {
      cluster: rest.cluster,
      namespace: rest.namespace,
      kind: rest.kind,
      appName: rest.app,
      workloadName: rest.workload,
      version: rest.version,
    };
    const matching = this.all().filter(
      release =>
        (!state?.length || state.includes(release.state)) &&
        Object.entries(wanted).every(
          ([name, value]) =>
            value === undefined || release[name as keyof Release] === value,
        ),
    );
    const start = cursor
      ? matching.findIndex(({ id }) => id === cursor) + 1
      : 0;
    const items = matching.slice(start, start + limit);
    const more = matching.length > start + limit;
    return { items, nextCursor: more ? items[items.length - 1].id : undefined };
  }

  detail(id: string): ReleaseDetail {
    const release = this.get(id);
    const environment = this.#of(release);
    const isApp = release.kind === 'app';
    const isCurrent = environment?.app?.id === id;
    const workloads = isApp && isCurrent ? environment.workloads : [];
    const before = this.all().filter(
      one =>
        one.cluster === release.cluster &&
        one.namespace === release.namespace &&
        one.appName === release.appName &&
        one.workloadName === release.workloadName &&
        one.createdAt < release.createdAt,
    );
    return aReleaseDetail(release, {
      app: isApp ? undefined : environment?.app,
      workloads,
      previous: before.slice(0, 10),
      runs: [release, ...workloads].flatMap(one => this.#runsOf(one)),
      ...this.#details.get(id),
    });
  }

  /** Like the backend: a new revision of an app, or a new attempt at a workload's version, from the first phase. */
  repeat(id: string): ReleaseDetail {
    const environment = this.#of(this.get(id));
    const again = (release: Release): Release => ({
      ...release,
      id: anId(),
      state: 'Progressing',
      phase: 'preTasks',
      attempt: release.kind === 'app' ? 1 : release.attempt + 1,
      revision: release.revision && release.revision + 1,
      hold: undefined,
      message: undefined,
      createdAt: new Date().toISOString(),
      startedAt: new Date().toISOString(),
      finishedAt: undefined,
      phases: release.phases.map(({ name, items }, index) => ({
        name,
        state: index === 0 ? 'Progressing' : 'Pending',
        startedAt: index === 0 ? new Date().toISOString() : undefined,
        items: items.map(({ definition, kind }) => ({
          definition,
          kind,
          state: index === 0 ? 'Progressing' : 'Pending',
          startedAt: index === 0 ? new Date().toISOString() : undefined,
        })),
      })),
    });
    const replaced = this.get(id);
    if (environment) {
      const isWanted = (one: Release) =>
        one.id === id || (replaced.kind === 'app' && one.state === 'Failed');
      const { app, workloads } = environment;
      const next = {
        ...environment,
        app: app && isWanted(app) ? again(app) : app,
        workloads: workloads.map(one => (isWanted(one) ? again(one) : one)),
        previous: [replaced, ...environment.previous].slice(0, 5),
      };
      this.environments = this.environments.map(one =>
        one === environment ? next : one,
      );
    }
    this.tell(id);
    return aReleaseDetail(replaced);
  }

  /** Like the backend: the Pods go a moment later. */
  open(id: string, reason: string, by: string): ReleaseDetail {
    const at = new Date().toISOString();
    this.change(id, {
      gateReleased: { reason, by, at },
      gatedPods: undefined,
      hold: undefined,
    });
    return this.detail(id);
  }

  #of({ cluster, namespace, appName }: Release): Environment | undefined {
    return this.environments.find(
      one =>
        one.cluster === cluster &&
        one.namespace === namespace &&
        one.appName === appName,
    );
  }

  #replace(id: string, release: Release) {
    const swap = (one: Release) => (one.id === id ? release : one);
    this.older = this.older.map(swap);
    this.environments = this.environments.map(one => ({
      ...one,
      app: one.app && swap(one.app),
      workloads: one.workloads.map(swap),
      previous: one.previous.map(swap),
    }));
  }

  #runsOf(
    release: Release,
  ): Array<{ run: Run; attempts: RunDetail['attempts'] }> {
    return release.phases
      .flatMap(({ items }) => items)
      .flatMap(({ runId }) => {
        const detail = runId ? this.runOf(runId) : undefined;
        return detail ? [{ run: detail.run, attempts: detail.attempts }] : [];
      });
  }
}
