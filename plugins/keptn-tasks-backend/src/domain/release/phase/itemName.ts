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

import type { PhaseItem } from '../names';
import { phaseTaskName } from '../names';

/** So many names in a row are never all taken by others. */
const MAX_PROBES = 1_000;

/** Name of the task or evaluation of an item. The same item always gets the same names, in the same order. */
export function itemName(item: Omit<PhaseItem, 'probe'>, probe = 0): string {
  return phaseTaskName({ ...item, probe });
}

/** The name to try after one that somebody else's object has. */
export function nextItemName(
  item: Omit<PhaseItem, 'probe'>,
  taken: string,
): string {
  for (let probe = 0; probe < MAX_PROBES; probe++) {
    if (itemName(item, probe) === taken) {
      return itemName(item, probe + 1);
    }
  }
  return itemName(item);
}
