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

import { CANCEL_ANNOTATION } from '../../../domain/annotations';
import { isFinished } from '../../../domain/state';
import type { ReleaseContext } from '../ReleaseContext';

/** Stops the tasks of a version that are still under way; the reason says what for. */
export async function cancelTasks(
  { tasks, client }: Pick<ReleaseContext, 'tasks' | 'client'>,
  ownerUid: string,
  reason: string,
): Promise<void> {
  const running = tasks.cache
    .find('owner', ownerUid)
    .filter(
      ({ metadata, status }) =>
        !isFinished(status?.status) &&
        !metadata.annotations?.[CANCEL_ANNOTATION],
    );
  for (const { metadata } of running) {
    const { namespace, name, uid } = metadata;
    // The uid keeps the patch from a task that took the name later.
    const cancelled = await client.patch(
      'KeptnTask',
      { namespace, name },
      { metadata: { uid, annotations: { [CANCEL_ANNOTATION]: reason } } },
    );
    tasks.learn(cancelled);
  }
}
