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

import type { ReleaseState } from '../resources';
import type { Creation, ItemList, ItemObject, PhaseLook } from './Phase';

/** Why an item cannot be begun. */
export interface MissingDefinition {
  reason: string;
  /** One sentence for people. */
  message: string;
  /** Waiting does not help. */
  isFinal?: boolean;
}

/** Why an item waits or has failed. */
export interface ItemTrouble {
  reason: string;
  /** One sentence for people. */
  message: string;
}

/** In what tasks and evaluations differ, as items of a phase. */
export interface ItemAccess {
  /** As a sentence begins. */
  word: 'Task' | 'Evaluation';
  /** First parts of the reasons of events. */
  createReason: 'CreateTask' | 'CreateEvaluation';
  reconcileReason: 'ReconcileTask' | 'ReconcileEvaluation';
  /** What keeps an item from being begun, if anything. */
  missing(look: PhaseLook, definition: string): MissingDefinition | undefined;
  /** The object of this name, whoever made it. */
  find(look: PhaseLook, name: string): ItemObject | undefined;
  outcome(object: ItemObject): { state: ReleaseState; endTime?: string };
  /** What the object itself says about why it waits or has failed. */
  trouble(object: ItemObject): ItemTrouble | undefined;
  manifest(
    look: PhaseLook,
    phase: string,
    list: ItemList,
    definition: string,
    name: string,
  ): Creation;
}
