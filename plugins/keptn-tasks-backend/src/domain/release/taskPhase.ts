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

import type { ReleasePhaseName } from 'backstage-plugin-keptn-tasks-common';
import type { KeptnTask } from '../resources';
import { isFinished } from '../state';
import { describeItems } from './phase/describeItems';
import type { ItemAccess } from './phase/ItemAccess';
import type { ItemList, Phase, PhaseLook, StateField } from './phase/Phase';
import { planItems } from './phase/planItems';
import { taskManifest } from './taskManifest';

/** Why a task that is under way is on its way and meets no obstacle. */
const ORDINARY = new Set(['Cancelling', 'DeadlineExceeded', 'AttemptFailed']);

/** How a phase made of tasks reads and makes them. */
export const taskAccess: ItemAccess = {
  word: 'Task',
  createReason: 'CreateTask',
  reconcileReason: 'ReconcileTask',
  missing(look, definition) {
    return look.sources.hasTaskDefinition(definition)
      ? undefined
      : {
          reason: 'DefinitionMissing',
          message: `There is no task definition ${definition} in ${placesOf(
            look,
          )}. Apply it, or correct the name.`,
        };
  },
  find: ({ sources }, name) => sources.task(name),
  outcome(object) {
    const { status } = object as KeptnTask;
    return { state: status?.status ?? 'Pending', endTime: status?.endTime };
  },
  trouble(object) {
    const { status } = object as KeptnTask;
    const { reason, message, status: state } = status ?? {};
    if (state === 'Succeeded' || !message) {
      return undefined;
    }
    return isFinished(state) || !ORDINARY.has(reason ?? '')
      ? { reason: reason || 'TaskFailed', message }
      : undefined;
  },
  manifest: (look, phase, { checkType }, definition, name) => ({
    kind: 'KeptnTask',
    object: taskManifest({
      version: look.version,
      status: look.status,
      checkType,
      definition,
      name,
      carrier: look.status.phaseTraceIDs?.[phase] ?? look.carriers[phase],
      appVersion: look.appVersion,
    }),
  }),
};

/** Where definitions are looked for. */
export function placesOf({ version, keptnNamespace }: PhaseLook): string {
  const { namespace } = version.metadata;
  return namespace === keptnNamespace
    ? `namespace ${namespace}`
    : `namespace ${namespace} or ${keptnNamespace}`;
}

/** A phase that is made of tasks. */
export function taskPhase(
  phase: {
    name: string;
    title: string;
    wireName: ReleasePhaseName;
    stateField: StateField;
    isLeftOut?: (look: PhaseLook) => boolean;
  } & Omit<ItemList, 'kind'>,
): Phase {
  const { field, checkType, names, ...rest } = phase;
  const items: ItemList = { kind: 'KeptnTask', field, checkType, names };
  return {
    ...rest,
    items,
    plan: look => planItems(look, phase.name, items, taskAccess),
    whyFailed: look => describeItems(look, items, taskAccess),
  };
}
