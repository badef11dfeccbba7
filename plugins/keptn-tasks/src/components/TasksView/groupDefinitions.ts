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

import type { Definition, Phase } from 'backstage-plugin-keptn-tasks-common';

/** The groups in which tasks are shown, in the order of a deployment. */
export const TASK_GROUPS = [
  { phase: 'pre', title: 'beforeDeployment' },
  { phase: 'post', title: 'afterDeployment' },
  { phase: 'promotion', title: 'promotion' },
  { phase: 'none', title: 'onDemand' },
] as const satisfies ReadonlyArray<{ phase: Phase; title: string }>;

/** Definitions of one phase by name and place; those that never ran are on demand. */
export function definitionsOf(
  phase: Phase,
  definitions: readonly Definition[],
): Definition[] {
  const place = ({ cluster, namespace }: Definition) =>
    `${cluster}/${namespace}`;
  return definitions
    .filter(definition => (definition.phase ?? 'none') === phase)
    .sort(
      (a, b) =>
        a.name.localeCompare(b.name) || place(a).localeCompare(place(b)),
    );
}
