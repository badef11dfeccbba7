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
  type ReleaseKind,
  type ReleaseState,
} from 'backstage-plugin-keptn-tasks-common';
import { filterReader } from './listFilters';

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

/** The levels to choose from. */
export const RELEASE_KINDS: readonly ReleaseKind[] = ['app', 'workload'];

/** Reads the filters; what no filter knows is left out. */
export function readReleaseFilters(search: URLSearchParams): ReleaseFilters {
  const { text, oneOf, states, place } = filterReader(search);
  return {
    states: states(RELEASE_STATES),
    kind: oneOf('kind', RELEASE_KINDS),
    app: text('app'),
    workload: text('workload'),
    version: text('version'),
    ...place(),
  };
}
