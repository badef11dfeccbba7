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

import { setTimeout as wait } from 'node:timers/promises';
import type { V1Job } from '@kubernetes/client-node';
import type { KeptnTask } from '../../../src/domain/resources';
import { isFinished } from '../../../src/domain/state';
import { BenchCluster } from '../cluster/BenchCluster';
import { CollectionWatch } from '../cluster/CollectionWatch';
import { definitionManifest, taskManifest } from '../cluster/manifests';
import { now } from '../clock';
import { newDatabase } from '../history/BenchDatabase';
import type { BenchContext, Measurement } from '../Measurement';
import { ReconcilerProcess, total } from '../processes/ReconcilerProcess';
import { median, percentile, rounded } from '../statistics';

const DEFINITION = 'check';
const FINISH_MS = 120_000;

/** When what happened to a task, seen from outside: milliseconds since 1970. */
interface TaskTimes {
  created?: number;
  jobAdded?: number;
  jobFinished?: number;
  taskFinished?: number;
}

/** Tasks that come one after the other, run and succeed: how fast the reconciler reacts and how much it writes. */
export const ordinaryRuns: Measurement = {
  keys: ['taskToJobP95Ms', 'jobToTaskP95Ms', 'writesPerRun'],
  async measure(context) {
    return BenchCluster.use(context.options, cluster =>
      cluster.withNamespace('bench-runs', namespace =>
        measureIn(context, cluster, namespace),
      ),
    );
  },
};

async function measureIn(
  context: BenchContext,
  cluster: BenchCluster,
  namespace: string,
) {
  const { options, directory } = context;
  const { tasks: count } = options.sizes;
  await cluster.client.create(
    'KeptnTaskDefinition',
    definitionManifest(namespace, DEFINITION),
  );
  return ReconcilerProcess.use(
    {
      ...options,
      database: newDatabase({
        engine: options.database,
        directory,
        postgres: options.postgres,
      }),
      suspendJobs: false,
    },
    async reconciler => {
      reconciler.start();
      await reconciler.caughtUp();
      // The first runs find connections and compiled code.
      await observe(context, cluster, { namespace, name: 'warm', count: 10 });
      const before = await reconciler.quiet();

      const times = await observe(context, cluster, {
        namespace,
        name: 'task',
        count,
      });
      const after = await reconciler.quiet();

      const toJob = times.map(one => one.jobAdded! - one.created!);
      const toTask = times.map(one => one.taskFinished! - one.jobFinished!);
      const writes = Object.entries(after.writes).map(
        ([key, written]) =>
          [key, (written - (before.writes[key] ?? 0)) / count] as const,
      );
      context.details.taskToJobMedianMs = rounded(median(toJob));
      context.details.jobToTaskMedianMs = rounded(median(toTask));
      for (const [key, perRun] of writes) {
        context.log(`writes per run: ${key}: ${rounded(perRun)}`);
      }
      return {
        taskToJobP95Ms: rounded(percentile(toJob, 0.95)),
        jobToTaskP95Ms: rounded(percentile(toTask, 0.95)),
        writesPerRun: rounded(total(Object.fromEntries(writes))),
      };
    },
  );
}

/** Creates tasks at a moderate rate and notes what two watches tell of them, until all are finished. */
async function observe(
  { options }: BenchContext,
  cluster: BenchCluster,
  wanted: { namespace: string; name: string; count: number },
): Promise<TaskTimes[]> {
  const { namespace, name, count } = wanted;
  const times = new Map<string, TaskTimes>();
  const timesOf = (uid: string) => {
    if (!times.has(uid)) times.set(uid, {});
    return times.get(uid)!;
  };
  const started: KeptnTask[] = [];
  const jobs = await CollectionWatch.start(
    options,
    'Job',
    namespace,
    ({ type, object, at }) => {
      const owner = object.metadata?.ownerReferences?.[0].uid;
      if (!owner || type === 'DELETED') return;
      const seen = timesOf(owner);
      if (type === 'ADDED') seen.jobAdded ??= at;
      if (isOver(object)) seen.jobFinished ??= at;
    },
  );
  const tasks = await CollectionWatch.start(
    options,
    'KeptnTask',
    namespace,
    ({ type, object, at }) => {
      if (type !== 'DELETED' && isFinished(object.status?.status)) {
        timesOf(object.metadata.uid).taskFinished ??= at;
      }
    },
  );
  try {
    const first = now();
    for (let i = 0; i < count; i++) {
      await wait(
        Math.max(0, first + (i * 1000) / options.sizes.tasksPerSecond - now()),
      );
      const task = await cluster.client.create(
        'KeptnTask',
        taskManifest(namespace, `${name}-${i}`, DEFINITION),
      );
      timesOf(task.metadata.uid).created = now();
      started.push(task);
    }
    const all = started.map(({ metadata }) => timesOf(metadata.uid));
    await tasks.until(
      () => all.every(one => one.taskFinished !== undefined),
      FINISH_MS,
    );
    await jobs.until(
      () => all.every(one => one.jobFinished !== undefined),
      FINISH_MS,
    );
    return all;
  } finally {
    await Promise.all([jobs.stop(), tasks.stop()]);
  }
}

function isOver(job: V1Job): boolean {
  return Boolean(
    job.status?.conditions?.some(
      ({ type, status }) =>
        (type === 'Complete' || type === 'Failed') && status === 'True',
    ),
  );
}
