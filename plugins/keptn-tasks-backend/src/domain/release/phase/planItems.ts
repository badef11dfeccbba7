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

import { isControlledBy } from '../../ownership';
import type { Notice } from '../../plan';
import type { ItemStatus } from '../resources';
import { earliest } from './earliest';
import { awaitDefinition } from './awaitDefinition';
import { failedItem, graceMs, type ItemPlan } from './ItemPlan';
import type { ItemAccess } from './ItemAccess';
import { itemName, nextItemName } from './itemName';
import type { ItemList, ItemObject, PhaseLook, PhaseStep } from './Phase';
import { sentence } from './sentence';
import { isCompleted, stateOfItems } from './states';
import { statusTime } from './statusTime';

/**
 * The items of a phase, side by side. Each definition is done at most once:
 *
 *   name   startTime   object of that name   means
 *   –      –           –                     not begun: its name is stored first, or its definition is missing
 *   –      set         –                     its definition has been missing since then
 *   set    –           –                     asked for, or about to be: create it
 *   set    –           not ours              the name is taken: the next one is stored
 *   set    any         ours                  follow it
 *   set    set         –                     it was there and is gone: it has failed, and is never made again
 */
export function planItems(
  look: PhaseLook,
  phase: string,
  list: ItemList,
  access: ItemAccess,
): PhaseStep {
  const stored = look.status[list.field] ?? [];
  const plans = definitionsOf(look, list).map(definition => {
    const before = stored.find(
      ({ definitionName }) => definitionName === definition,
    );
    const plan = planItem(look, phase, list, access, {
      ...before,
      definitionName: definition,
    });
    return { before, ...plan };
  });
  const items = plans.map(({ item }) => item);
  return {
    state: stateOfItems(
      items.map(({ status }) => status),
      look.failedChecks,
    ),
    ...(items.length > 0 && { report: { [list.field]: items } }),
    creations: plans.flatMap(({ creation }) => creation ?? []),
    unseen: plans.flatMap(({ unseen }) => unseen ?? []),
    ended: plans.flatMap(({ ended }) => ended ?? []),
    notices: plans.flatMap(({ before, item, notices = [] }) => [
      ...notices,
      ...changeOf(look, access, before, item),
    ]),
    requeueAfterMs: earliest(
      ...plans.map(({ requeueAfterMs }) => requeueAfterMs),
    ),
  };
}

/** Each once. What was begun stays, even if the version lists it no more. */
function definitionsOf(look: PhaseLook, list: ItemList): string[] {
  const listed = (list.names(look.version) ?? [])
    .map(name => name.trim())
    .filter(Boolean);
  const begun = (look.status[list.field] ?? [])
    .filter(({ name, status }) => name || isCompleted(status))
    .map(({ definitionName }) => definitionName ?? '');
  return [...new Set([...listed, ...begun])];
}

function planItem(
  look: PhaseLook,
  phase: string,
  list: ItemList,
  access: ItemAccess,
  item: ItemStatus & { definitionName: string },
): ItemPlan {
  if (isCompleted(item.status)) {
    return { item };
  }
  const identity = {
    ownerUid: look.version.metadata.uid,
    attempt: look.attempt,
    checkType: list.checkType,
    definition: item.definitionName,
  };
  const { name } = item;
  if (!name) {
    const missing = access.missing(look, item.definitionName);
    return missing
      ? awaitDefinition(look, access, item, missing)
      : {
          item: {
            definitionName: item.definitionName,
            name: itemName(identity),
            status: 'Pending',
          },
        };
  }
  const object = access.find(look, name);
  if (object && !isControlledBy(object, look.version)) {
    return {
      item: {
        definitionName: item.definitionName,
        name: nextItemName(identity, name),
        status: 'Pending',
      },
    };
  }
  if (object) {
    return follow(look, access, item, object);
  }
  if (look.sources.isGone(list.kind, name)) {
    return { item: failedItem(look, item) };
  }
  if (item.startTime) {
    return { item, unseen: { kind: list.kind, name } };
  }
  const refusal = look.sources.refusal(name);
  if (refusal) {
    const leftMs = refusal.since.getTime() + graceMs(look) - look.now.getTime();
    const refused: Notice = {
      type: 'Warning',
      reason: `${access.createReason}Failed`,
      message: sentence(refusal.message, look.attempt),
    };
    if (leftMs <= 0) {
      return { item: failedItem(look, item), notices: [refused] };
    }
    return {
      item: { ...item, status: 'Pending' },
      notices: [refused],
      creation: access.manifest(look, phase, list, item.definitionName, name),
      requeueAfterMs: leftMs,
    };
  }
  return {
    item: { ...item, status: 'Pending' },
    creation: access.manifest(look, phase, list, item.definitionName, name),
  };
}

function follow(
  look: PhaseLook,
  access: ItemAccess,
  item: ItemStatus,
  object: ItemObject,
): ItemPlan {
  const outcome = access.outcome(object);
  const startTime =
    item.startTime ?? statusTime(object.metadata.creationTimestamp ?? look.now);
  const followed = { ...item, startTime, status: outcome.state };
  return isCompleted(outcome.state)
    ? {
        item: {
          ...followed,
          endTime: statusTime(outcome.endTime ?? look.now),
        },
        ended: object,
      }
    : { item: followed };
}

/** Keptn tells of the first sight only; here each change is told. */
function changeOf(
  look: PhaseLook,
  access: ItemAccess,
  before: ItemStatus | undefined,
  item: ItemStatus,
): Notice[] {
  return before?.status === item.status
    ? []
    : [
        {
          type: 'Normal',
          reason: `${access.reconcileReason}StatusChanged`,
          message: sentence(
            `${access.word} ${item.definitionName} is ${item.status}.`,
            look.attempt,
          ),
        },
      ];
}
