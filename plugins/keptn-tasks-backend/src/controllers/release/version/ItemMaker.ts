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

import { isClusterError } from '../../../cluster/ClusterError';
import type { ClusterError } from '../../../cluster/ClusterError';
import type { Cancellation } from '../../../domain/release/phase/leftovers';
import type {
  Creation,
  ItemKind,
  ItemObject,
  Unseen,
} from '../../../domain/release/phase/Phase';
import { backoffMs } from '../../runtime/backoff';
import type { ReleaseContext } from '../ReleaseContext';
import type { ItemRefusals } from './ItemRefusals';

const ASK_AGAIN = { firstMs: 1_000, maxMs: 30_000 };

/** Creates, finds and stops the tasks and evaluations of phases. What it learns is seen by the next look at once. */
export class ItemMaker {
  constructor(
    private readonly context: ReleaseContext,
    private readonly refusals: ItemRefusals,
  ) {}

  /**
   * Creates an item, or takes up what has its name already; whether that is ours is for the next round to tell. Returns
   * neither when the name was taken and is free again, and when to ask again if the API server refused.
   */
  async create(
    creation: Creation,
  ): Promise<{ object?: ItemObject; againMs?: number }> {
    const { client, now } = this.context;
    const { namespace, name } = creation.object.metadata;
    try {
      // The types of both kinds are alike to the client, and the compiler cannot pair them.
      const object = await client.create(creation.kind, creation.object as any);
      this.learn(creation.kind, object);
      this.refusals.clear(namespace, name);
      return { object: object as ItemObject };
    } catch (error) {
      if (isClusterError(error, 'already-exists')) {
        return {
          object: await this.find({ kind: creation.kind, name }, namespace),
        };
      }
      if (isClusterError(error, 'invalid', 'forbidden', 'not-found')) {
        const message = describeRefusal(creation, error);
        const times = this.refusals.note(namespace, name, message, now());
        return { againMs: backoffMs(times, ASK_AGAIN) };
      }
      throw error;
    }
  }

  /** Asks the API server for an object. */
  async find(
    { kind, name }: Unseen,
    namespace: string,
  ): Promise<ItemObject | undefined> {
    const found = await this.context.client.get(kind, { namespace, name });
    if (found) {
      this.learn(kind, found);
    }
    return found as ItemObject | undefined;
  }

  async cancel({ task, annotations }: Cancellation): Promise<void> {
    const { client, tasks } = this.context;
    const { namespace, name, uid } = task.metadata;
    try {
      // The uid keeps the patch from a task that took the name later.
      const patched = await client.patch(
        'KeptnTask',
        { namespace, name },
        { metadata: { uid, annotations } },
      );
      tasks.learn(patched);
    } catch (error) {
      if (!isClusterError(error, 'not-found', 'conflict')) {
        throw error;
      }
    }
  }

  private learn(kind: ItemKind, object: any): void {
    const { tasks, watches } = this.context;
    if (kind === 'KeptnTask') {
      tasks.learn(object);
    } else {
      watches.evaluations.learn(object);
    }
  }
}

function describeRefusal(
  { kind, object }: Creation,
  error: ClusterError,
): string {
  const { namespace, name } = object.metadata;
  return error.missingRight
    ? `The portal lacks the right to create ${kind} ${name} in ${namespace}. A platform engineer can grant it. (${error.message})`
    : `The cluster refused to create ${kind} ${name} in ${namespace}. (${error.message})`;
}
