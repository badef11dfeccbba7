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

import { CANCEL_ANNOTATION, cancelReason } from '../../annotations';
import type { KeptnTask } from '../../resources';
import { isFinished } from '../../state';
import type { Phase, PhaseLook, VersionStatus } from './Phase';
import { isCompleted } from './states';

/** A task to stop: nobody waits for it any more. */
export interface Cancellation {
  task: KeptnTask;
  /** To annotate it with. */
  annotations: Record<string, string>;
}

/**
 * Tasks of a version that still run although no phase waits for them: it was superseded, or its checks begin again.
 *
 * @param reason - told on the task, for people
 */
export function leftoverTasks<Look extends PhaseLook>(
  owned: KeptnTask[],
  status: VersionStatus,
  phases: readonly Phase<Look>[],
  reason: string,
): Cancellation[] {
  const awaited = new Set(
    status.endTime
      ? []
      : phases.flatMap(({ items }) =>
          items?.kind === 'KeptnTask'
            ? (status[items.field] ?? [])
                .filter(item => !isCompleted(item.status))
                .map(({ name }) => name)
            : [],
        ),
  );
  return owned
    .filter(
      task =>
        !isFinished(task.status?.status) &&
        !awaited.has(task.metadata.name) &&
        !cancelReason(task),
    )
    .map(task => ({ task, annotations: { [CANCEL_ANNOTATION]: reason } }));
}
