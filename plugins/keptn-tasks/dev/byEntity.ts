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

import type { KeptnTasksApi } from 'backstage-plugin-keptn-tasks-common';

/** One API for all entities of the demo: each call goes to the scenario that the entity is named after. */
export function byEntity(
  scenarios: Record<string, () => KeptnTasksApi>,
): KeptnTasksApi {
  const apis = new Map<string, KeptnTasksApi>();
  const of = (entityRef = '') => {
    const name = entityRef.split('/').pop() ?? '';
    const api = apis.get(name) ?? scenarios[name]();
    apis.set(name, api);
    return api;
  };
  return {
    listRuns: query => of(query.entityRef).listRuns(query),
    countRuns: query => of(query.entityRef).countRuns(query),
    getRun: (id, options) => of(options?.entityRef).getRun(id, options),
    getRunLog: (id, options) => of(options?.entityRef).getRunLog(id, options),
    getRunLogText: (id, options) =>
      of(options?.entityRef).getRunLogText(id, options),
    followRunLog: (id, options, listener) =>
      of(options.entityRef).followRunLog(id, options, listener),
    followTransitions: (entityRef, options, onHint) =>
      of(entityRef).followTransitions(entityRef, options, onHint),
    listDefinitions: entityRef => of(entityRef).listDefinitions(entityRef),
    listEnvironments: entityRef => of(entityRef).listEnvironments(entityRef),
    listReleases: query => of(query.entityRef).listReleases(query),
    getRelease: (id, options) => of(options.entityRef).getRelease(id, options),
    repeatChecks: (id, request) =>
      of(request.entityRef).repeatChecks(id, request),
    releaseGate: (id, request) =>
      of(request.entityRef).releaseGate(id, request),
    listClusters: async () => ({ items: [] }),
    triggerRun: (request, options) =>
      of(request.entityRef).triggerRun(request, options),
    rerun: (id, request, options) =>
      of(request?.entityRef).rerun(id, request, options),
    cancelRun: (id, request) => of(request?.entityRef).cancelRun(id, request),
  };
}
