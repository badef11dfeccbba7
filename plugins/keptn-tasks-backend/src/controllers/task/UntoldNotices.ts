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

import type { EventRecorder } from '../../cluster/EventRecorder';
import type { Notice } from '../../domain/plan';
import type { KeptnTask, KeptnTaskStatus } from '../../domain/resources';
import { isSameStatus } from '../../domain/state';

/** What is to be told once it is certain that a status was stored whose write was never answered. */
export class UntoldNotices {
  private readonly byUid = new Map<
    string,
    { status: KeptnTaskStatus; notices: Notice[] }
  >();

  keep(
    task: KeptnTask,
    step: { status: KeptnTaskStatus; notices: Notice[] },
  ): void {
    this.byUid.set(task.metadata.uid, step);
  }

  /** Tells them if the task reports that status by now, and forgets them if it reports anything new. */
  async tellIfStored(task: KeptnTask, events: EventRecorder): Promise<void> {
    const { uid } = task.metadata;
    const kept = this.byUid.get(uid);
    if (kept) {
      this.byUid.delete(uid);
      if (isSameStatus(task.status, kept.status)) {
        await events.tell(task, kept.notices);
      }
    }
  }
}
