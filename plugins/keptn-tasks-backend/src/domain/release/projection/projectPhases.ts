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
  ReleaseItem,
  ReleasePhase,
  ReleaseState as WireState,
} from 'backstage-plugin-keptn-tasks-common';
import { toIso } from '../../time';
import { accessOf } from '../phase/accessOf';
import { describeItem } from '../phase/describeItems';
import type { ItemList, Phase, PhaseLook } from '../phase/Phase';
import { isCompleted } from '../phase/states';
import type { ItemStatus, ReleaseState } from '../resources';
import { phaseTimes } from './phaseTimes';

/** A state as it is told to people, who are not told of what is not known. */
export function wireState(state: ReleaseState | undefined): WireState {
  switch (state) {
    case undefined:
      return 'Pending';
    case 'Unknown':
      return 'Progressing';
    default:
      // Nothing keeps others from writing an empty state.
      return state || 'Pending';
  }
}

/** All phases with their items; those that have not begun list what they will do. */
export function projectPhases<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  look: Look,
): ReleasePhase[] {
  const times = phaseTimes(phases, look);
  return phases.map((phase, index) => {
    const state = wireState(look.status[phase.stateField]);
    return {
      name: phase.wireName,
      state,
      ...defined(times[index]),
      items: phase.items ? projectItems(phase, phase.items, look, state) : [],
      ...(state === 'Failed' && { message: phase.whyFailed(look) }),
    };
  });
}

function projectItems<Look extends PhaseLook>(
  phase: Phase<Look>,
  list: ItemList,
  look: Look,
  state: WireState,
): ReleaseItem[] {
  const stored = look.status[list.field] ?? [];
  if (phase.isLeftOut?.(look) && stored.length === 0) {
    return [];
  }
  const known = new Set(stored.map(({ definitionName }) => definitionName));
  const listed = (list.names(look.version) ?? [])
    .map(name => name.trim())
    .filter(name => name && !known.has(name));
  const toCome: ItemStatus[] = isPassed(state)
    ? []
    : [...new Set(listed)].map(definitionName => ({
        definitionName,
        // A phase that is skipped or over begins nothing more.
        status: isCompleted(state) ? 'Deprecated' : 'Pending',
      }));
  return [...stored, ...toCome].map(item => projectItem(look, list, item));
}

function projectItem(
  look: PhaseLook,
  list: ItemList,
  item: ItemStatus,
): ReleaseItem {
  const { definitionName = '', name, status, startTime, endTime } = item;
  const trouble =
    name || startTime
      ? describeItem(look, list, accessOf(list.kind), item)
      : undefined;
  return {
    definition: definitionName,
    kind: list.kind === 'KeptnTask' ? 'task' : 'evaluation',
    ...defined({ name }),
    state: wireState(status),
    ...defined({
      // Of an item without a name, it is since when its definition has been missing.
      startedAt: name ? toIso(startTime) : undefined,
      finishedAt: toIso(endTime),
      message: trouble?.message,
    }),
  };
}

function isPassed(state: WireState): boolean {
  return state === 'Succeeded' || state === 'Warning';
}

/** The same without what is undefined, so that equal things look equal as JSON. */
export function defined<T extends object>(object: T): T {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as T;
}
