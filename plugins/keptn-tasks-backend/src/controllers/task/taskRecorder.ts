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

import { projectTask } from '../../domain/task/projectTask';
import type { Reconcile } from '../Controller';
import { isFinished } from '../../domain/state';
import { keepLogs } from './keepLogs';
import { observeTask } from './observeTask';
import type { TaskReconcilerOptions } from './taskReconciler';

/** Records a KeptnTask that another operator runs, and its logs. Touches nothing in the cluster. */
export function createTaskRecorder(
  options: Pick<
    TaskReconcilerOptions,
    | 'watches'
    | 'definitions'
    | 'client'
    | 'settings'
    | 'records'
    | 'follower'
    | 'wake'
    | 'now'
  >,
): Reconcile {
  const { watches, records, settings, now } = options;

  return async key => {
    const task = watches.tasks.cache.get(key);
    if (!task || records.isSettled(task.metadata.uid)) {
      return {};
    }
    const known = { task, recorded: await records.get(task) };
    const observed = await observeTask(options, known);
    const run = projectTask(observed, now(), settings);
    const recorded = await records.update(task, run);
    await keepLogs(options, key, { ...observed, recorded }, run.attempts);
    if (isFinished(task.status?.status) && recorded.logsStored) {
      records.settle(task.metadata.uid);
      options.follower.forget(recorded.id);
    }
    return {};
  };
}
