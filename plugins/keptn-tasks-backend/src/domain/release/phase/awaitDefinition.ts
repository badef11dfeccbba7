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

import type { Notice } from '../../plan';
import type { ItemStatus } from '../resources';
import type { ItemAccess, MissingDefinition } from './ItemAccess';
import { failedItem, graceMs, type ItemPlan } from './ItemPlan';
import type { PhaseLook } from './Phase';
import { sentence } from './sentence';
import { statusTime } from './statusTime';

/** What is applied together comes within a moment: that is no event. */
const TELL_AFTER_MS = 2_000;

/**
 * What is done about an item whose definition is not there: definitions and what lists them are often applied together,
 * in any order.
 */
export function awaitDefinition(
  look: PhaseLook,
  access: ItemAccess,
  { definitionName, startTime }: ItemStatus,
  missing: MissingDefinition,
): ItemPlan {
  const since = startTime ?? statusTime(look.now);
  const waitedMs = look.now.getTime() - Date.parse(since);
  const leftMs = graceMs(look) - waitedMs;
  const untoldMs = TELL_AFTER_MS - waitedMs;
  const item: ItemStatus = { definitionName, startTime: since };
  const notice: Notice = {
    type: 'Warning',
    reason: `${access.createReason}NotFound`,
    message: sentence(missing.message, look.attempt),
  };
  return missing.isFinal || leftMs <= 0
    ? { item: failedItem(look, item), notices: [notice] }
    : {
        item: { ...item, status: 'Pending' },
        notices: untoldMs <= 0 ? [notice] : [],
        requeueAfterMs: untoldMs > 0 ? Math.min(untoldMs, leftMs) : leftMs,
      };
}
