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
  RELEASE_STATES,
  type ListReleasesQuery,
  type ReleaseKind,
  type ReleaseState,
} from 'backstage-plugin-keptn-tasks-common';

/** What narrows the list of releases down. Lives in the query string, so that a list can be shared. */
export interface ReleaseFilters {
  states: ReleaseState[];
  kind?: ReleaseKind;
  app?: string;
  /** Name of the KeptnWorkload. */
  workload?: string;
  version?: string;
  cluster?: string;
  namespace?: string;
}

const KINDS: readonly ReleaseKind[] = ['app', 'workload'];

/** Reads the filters; what no filter knows is left out. */
export function readReleaseFilters(search: URLSearchParams): ReleaseFilters {
  const text = (name: string) => search.get(name) || undefined;
  const wanted = search.getAll('state');
  return {
    states: RELEASE_STATES.filter(state => wanted.includes(state)),
    kind: KINDS.find(kind => kind === search.get('kind')),
    app: text('app'),
    workload: text('workload'),
    version: text('version'),
    cluster: text('cluster'),
    namespace: text('namespace'),
  };
}

/** Writes the filters, without what is not set. */
export function writeReleaseFilters(filters: ReleaseFilters): URLSearchParams {
  const { states, ...rest } = filters;
  const search = new URLSearchParams();
  states.forEach(state => search.append('state', state));
  for (const [name, value] of Object.entries(rest)) {
    if (value) search.set(name, value);
  }
  return search;
}

/** Whether anything is narrowed down at all. */
export function hasReleaseFilters(filters: ReleaseFilters): boolean {
  return writeReleaseFilters(filters).size > 0;
}

/** The filters as the API takes them. */
export function toReleasesQuery(
  entityRef: string,
  { states, ...rest }: ReleaseFilters,
): ListReleasesQuery {
  return { entityRef, ...rest, state: states.length > 0 ? states : undefined };
}
