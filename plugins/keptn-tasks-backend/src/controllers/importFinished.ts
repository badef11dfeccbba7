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

import { isManaged } from '../domain/labels';
import type { KeptnTask } from '../domain/resources';
import { isFinished } from '../domain/state';
import { importedRun } from '../domain/task/planFinished';
import type { RunStore } from '../history/RunStore';
import type { ClusterWatches } from './ClusterWatches';
import { sightingOf } from './task/sightingOf';
import type { TaskRecords } from './task/TaskRecords';

const BATCH = 500;

/**
 * Takes the tasks that were finished before this start into the history, many at a time and without a word to the
 * cluster. What is left to be looked at one by one are those whose Job is still there: it may have logs to be stored.
 */
export async function importFinished(options: {
  cluster: string;
  watches: ClusterWatches;
  records: TaskRecords;
  runs: RunStore;
  now: () => Date;
}): Promise<{ imported: number }> {
  const { cluster, watches, records, runs, now } = options;
  let imported = 0;
  for (const batch of batches(finishedTasks(watches))) {
    const known = await runs.settled(cluster, uidsOf(batch));
    const strangers = batch.filter(
      ({ metadata }) =>
        !known.has(metadata.uid) &&
        watches.jobs.cache.find('task', metadata.uid).length === 0,
    );
    if (strangers.length > 0) {
      await runs.importFinished(
        strangers.map(task => ({
          sighting: sightingOf(cluster, task),
          update: importedRun(task, now()),
        })),
      );
      // One that was recorded unfinished is none of these; it is looked at.
      const settled = await runs.settled(cluster, uidsOf(strangers));
      settled.forEach(uid => known.add(uid));
      imported += settled.size;
    }
    for (const uid of known) {
      if (!hasJobToExpire(watches, uid)) {
        records.settle(uid);
      }
    }
  }
  return { imported };
}

/** Ends the runs whose task went away while nobody watched. */
export async function endOrphans(options: {
  cluster: string;
  watches: ClusterWatches;
  runs: RunStore;
  now: () => Date;
}): Promise<void> {
  const { cluster, watches, runs, now } = options;
  const unfinished = await runs.listUnfinished(cluster);
  const present = new Set(
    [...watches.tasks.cache.values()].map(({ metadata }) => metadata.uid),
  );
  for (const { uid } of unfinished) {
    if (uid !== undefined && !present.has(uid)) {
      await runs.taskDeleted(cluster, uid, now().toISOString());
    }
  }
}

/** A Job of ours that nobody has given its time to live yet. */
function hasJobToExpire({ jobs }: ClusterWatches, uid: string): boolean {
  return jobs.cache
    .find('task', uid)
    .some(
      job => isManaged(job) && job.spec?.ttlSecondsAfterFinished === undefined,
    );
}

function finishedTasks({ tasks }: ClusterWatches): KeptnTask[] {
  return [...tasks.cache.values()].filter(({ status }) =>
    isFinished(status?.status),
  );
}

function uidsOf(tasks: KeptnTask[]): string[] {
  return tasks.map(({ metadata }) => metadata.uid);
}

function* batches<T>(items: T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH) {
    yield items.slice(start, start + BATCH);
  }
}
