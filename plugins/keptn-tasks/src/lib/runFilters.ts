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
  RUN_STATES,
  type ListRunsQuery,
  type Phase,
  type RunState,
  type Trigger,
} from 'backstage-plugin-keptn-tasks-common';

/** What narrows the list of runs down. Lives in the query string, so that a list can be shared. */
export interface RunFilters {
  states: RunState[];
  definition?: string;
  phase?: Phase;
  trigger?: Trigger['source'];
  cluster?: string;
  namespace?: string;
}

const PHASES: readonly Phase[] = ['pre', 'post', 'promotion', 'none'];
const TRIGGERS: ReadonlyArray<Trigger['source']> = [
  'portal',
  'rerun',
  'cluster',
  'release',
];

/** Reads the filters; what no filter knows is left out. */
export function readRunFilters(search: URLSearchParams): RunFilters {
  const text = (name: string) => search.get(name) || undefined;
  const oneOf = <T extends string>(name: string, known: readonly T[]) =>
    known.find(value => value === search.get(name));
  const wanted = search.getAll('state');
  return {
    states: RUN_STATES.filter(state => wanted.includes(state)),
    definition: text('definition'),
    phase: oneOf('phase', PHASES),
    trigger: oneOf('trigger', TRIGGERS),
    cluster: text('cluster'),
    namespace: text('namespace'),
  };
}

/** Writes the filters, without what is not set. */
export function writeRunFilters(filters: RunFilters): URLSearchParams {
  const { states, ...rest } = filters;
  const search = new URLSearchParams();
  states.forEach(state => search.append('state', state));
  for (const [name, value] of Object.entries(rest)) {
    if (value) search.set(name, value);
  }
  return search;
}

/** Whether anything is narrowed down at all. */
export function hasRunFilters(filters: RunFilters): boolean {
  return writeRunFilters(filters).size > 0;
}

/** The filters as the API takes them. */
export function toRunsQuery(
  entityRef: string,
  { states, ...rest }: RunFilters,
): ListRunsQuery {
  return { entityRef, ...rest, state: states.length > 0 ? states : undefined };
}
