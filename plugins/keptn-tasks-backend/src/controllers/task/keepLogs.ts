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

import type { Attempt } from 'backstage-plugin-keptn-tasks-common';
import { isRunFinished } from 'backstage-plugin-keptn-tasks-common';
import type { ObjectKey } from '../../cluster/ClusterClient';
import type { TaskObservation } from '../../domain/task/TaskPlan';
import type { Wake } from '../Controller';
import type { LogFollower } from './LogFollower';
import type { TaskRecords } from './TaskRecords';

/** Has the logs of the attempts followed, and records when those of a finished run are all stored. */
export async function keepLogs(
  options: { follower: LogFollower; records: TaskRecords; wake: Wake },
  key: ObjectKey,
  { task, recorded, pods, job }: TaskObservation,
  attempts: Attempt[],
): Promise<void> {
  const { follower, records, wake } = options;
  if (recorded.logsStored) {
    return;
  }
  const run = { id: recorded.id, attempts, pods, job };
  follower.follow(run);
  if (isRunFinished(recorded.state) && follower.isComplete(run)) {
    await records.setLogsStored(task);
    // The Job may go now.
    wake(key, 'later');
  }
}
