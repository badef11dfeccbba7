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
  type Phase,
  type RunState,
  type Trigger,
} from 'backstage-plugin-keptn-tasks-common';
import { filterReader } from './listFilters';

/** What narrows the list of runs down. Lives in the query string, so that a list can be shared. */
export interface RunFilters {
  states: RunState[];
  definition?: string;
  phase?: Phase;
  trigger?: Trigger['source'];
  cluster?: string;
  namespace?: string;
}

/** The phases to choose from. */
export const RUN_PHASES: readonly Phase[] = [
  'pre',
  'post',
  'promotion',
  'none',
];

/** What a run can be started by. */
export const RUN_TRIGGERS: ReadonlyArray<Trigger['source']> = [
  'portal',
  'rerun',
  'cluster',
  'release',
];

/** Reads the filters; what no filter knows is left out. */
export function readRunFilters(search: URLSearchParams): RunFilters {
  const { text, oneOf, states, place } = filterReader(search);
  return {
    states: states(RUN_STATES),
    definition: text('definition'),
    phase: oneOf('phase', RUN_PHASES),
    trigger: oneOf('trigger', RUN_TRIGGERS),
    ...place(),
  };
}
