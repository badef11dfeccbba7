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
import type { ItemStatus } from '../resources';
import type { ItemAccess, ItemTrouble } from './ItemAccess';
import type { ItemList, PhaseLook } from './Phase';
import { withStop } from './sentence';
import { isCompleted } from './states';

/** Why an item of a phase waits or has failed; `undefined` when neither is so. */
export function describeItem(
  look: PhaseLook,
  { kind }: ItemList,
  access: ItemAccess,
  item: ItemStatus,
): ItemTrouble | undefined {
  const { name, status, definitionName = '' } = item;
  if (isCompleted(status) && status !== 'Failed') {
    return undefined;
  }
  if (!name) {
    return (
      access.missing(look, definitionName) ??
      (status === 'Failed'
        ? {
            reason: 'DefinitionMissing',
            message: `Its definition ${definitionName} was not there in time.`,
          }
        : undefined)
    );
  }
  const object = access.find(look, name);
  if (object && isControlledBy(object, look.version)) {
    return (
      access.trouble(object) ??
      (status === 'Failed'
        ? { reason: `${access.word}Failed`, message: `${kind} ${name} failed.` }
        : undefined)
    );
  }
  const refusal = look.sources.refusal(name);
  if (refusal && !item.startTime) {
    return { reason: 'CreateRefused', message: refusal.message };
  }
  return status === 'Failed'
    ? {
        reason: `${access.word}Deleted`,
        message: `${kind} ${name} was deleted before it had ended.`,
      }
    : undefined;
}

/** Which items of a phase have failed, and why. */
export function describeItems(
  look: PhaseLook,
  list: ItemList,
  access: ItemAccess,
): string {
  const sentences = (look.status[list.field] ?? [])
    .filter(({ status }) => status === 'Failed' || status === 'Deprecated')
    .map(item => {
      const trouble = describeItem(look, list, access, item);
      return item.name
        ? withStop(
            `${access.word} ${item.definitionName} failed${
              trouble ? `: ${trouble.message}` : ''
            }`,
          )
        : withStop(trouble?.message ?? `${item.definitionName} failed`);
    });
  return sentences.join(' ');
}
