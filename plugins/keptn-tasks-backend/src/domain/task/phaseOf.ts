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

import type { Run } from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTask } from '../resources';

const PHASES = new Set<string>(['pre', 'post', 'promotion']);

/** When in a deployment a task runs; `none` for a task that was made by hand. */
export function phaseOf({ spec }: KeptnTask): Run['phase'] {
  const phase = spec.context?.taskType || spec.checkType;
  return phase !== undefined && PHASES.has(phase)
    ? (phase as Run['phase'])
    : 'none';
}

/** The version of the workload or app that a task runs for, if its context names one. */
export function versionOf({ spec }: KeptnTask): string | undefined {
  return spec.context?.workloadVersion || spec.context?.appVersion || undefined;
}
