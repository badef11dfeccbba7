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
import type { Creation, ItemObject, PhaseLook, Unseen } from './Phase';
import { statusTime } from './statusTime';

/** What is done about one item. */
export interface ItemPlan {
  item: ItemStatus;
  notices?: Notice[];
  creation?: Creation;
  unseen?: Unseen;
  ended?: ItemObject;
  requeueAfterMs?: number;
}

/** An item that has failed for good. */
export function failedItem({ now }: PhaseLook, item: ItemStatus): ItemStatus {
  return { ...item, status: 'Failed', endTime: statusTime(now) };
}

/** How long something that stands in the way may heal by itself. */
export function graceMs({ settings }: PhaseLook): number {
  return settings.definitionGraceSeconds * 1000;
}
