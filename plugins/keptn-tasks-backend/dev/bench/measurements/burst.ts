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

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { V1Job } from '@kubernetes/client-node';
import { BenchCluster } from '../cluster/BenchCluster';
import { CollectionWatch } from '../cluster/CollectionWatch';
import { definitionManifest } from '../cluster/manifests';
import { sameJobs } from '../cluster/sameJobs';
import { now } from '../clock';
import { newDatabase } from '../history/BenchDatabase';
import type { BenchContext, Measurement } from '../Measurement';
import { PlainClient, type PlainClientWork } from '../processes/PlainClient';
import { ReconcilerProcess } from '../processes/ReconcilerProcess';
import { median, rounded } from '../statistics';

const DEFINITION = 'check';
/** Tasks, or Jobs, with which both sides warm up: a portal has run for days when a burst comes. */
const WARM_UP = 200;
const ALL_JOBS_MS = 300_000;

interface Round {
  context: BenchContext;
  cluster: BenchCluster;
  namespace: string;
}

/**
 * Many tasks at once: the time until all have Jobs, divided by the time in which a plain client creates the same Jobs.
 *
 * In both cases everything that is needed exists before: the tasks in the cluster, known to the reconciler; the manifests
 * in the memory of the plain client. The clock starts with the first look at a task, or the first request, and stops
 * when a watch that belongs to neither has told of the last Job. Creating the tasks is not in it, because that is the
 * work of another client. The same with the start of the reconciler, and with the tasks created while it runs, is
 * among the details.
 */
export const burst: Measurement = {
  keys: ['burst1000Ratio'],
  async measure(context) {
    return BenchCluster.use(context.options, cluster =>
      measureIn(context, cluster),
    );
  },
};

async function measureIn(context: BenchContext, cluster: BenchCluster) {
  const reconciled: Awaited<ReturnType<typeof byReconciler>>[] = [];
  const plain: number[] = [];
  for (let i = 1; i <= context.options.sizes.burstRounds; i++) {
    const jobs = await inNamespace(
      context,
      cluster,
      `burst-${i}-tasks`,
      async round => {
        reconciled.push(await byReconciler(round));
        return cluster.client.list('Job', { namespace: round.namespace });
      },
    );
    await inNamespace(context, cluster, `burst-${i}-jobs`, async round => {
      plain.push(await byPlainClient(round, jobs));
    });
    context.log(
      `round ${i}: reconciler ${rounded(
        reconciled[i - 1].fromLeading,
      )} s, plain client ${rounded(plain[i - 1])} s`,
    );
  }
  const live = await inNamespace(context, cluster, 'burst-live', whileRunning);
  const seconds = median(reconciled.map(one => one.fromLeading));
  const fromStart = median(reconciled.map(one => one.fromStart));
  Object.assign(context.details, {
    burst1000Seconds: rounded(seconds),
    burst1000FromStartSeconds: rounded(fromStart),
    burst1000CpuSeconds: rounded(median(reconciled.map(one => one.cpu))),
    plain1000JobsSeconds: rounded(median(plain)),
    burst1000WhileTasksAreCreatedSeconds: rounded(live.total),
    burst1000TasksCreatedInSeconds: rounded(live.creating),
  });
  return { burst1000Ratio: rounded(seconds / median(plain)) };
}

function inNamespace<T>(
  context: BenchContext,
  cluster: BenchCluster,
  name: string,
  work: (round: Round) => Promise<T>,
): Promise<T> {
  return cluster.withNamespace(`bench-${name}`, async namespace => {
    await cluster.client.create(
      'KeptnTaskDefinition',
      definitionManifest(namespace, DEFINITION),
    );
    return work({ context, cluster, namespace });
  });
}

/** Seconds until all tasks that exist have Jobs. */
async function byReconciler(round: Round) {
  return withReconciler(round, async reconciler => {
    await warmUp(round, reconciler);
    await createTasks(round);
    const jobs = await watchJobs(round);
    const start = reconciler.start();
    const leading = await reconciler.leading();
    const last = await jobs.last();
    const { cpuMs } = await reconciler.state();
    return {
      fromStart: (last - start) / 1000,
      fromLeading: (last - leading.at) / 1000,
      cpu: (cpuMs - leading.cpuMs) / 1000,
    };
  });
}

/** Lets a reconciler do the same with fewer tasks, and puts it to rest. */
async function warmUp(
  { context, cluster }: Round,
  reconciler: ReconcilerProcess,
) {
  await inNamespace(context, cluster, 'burst-warm-up', async round => {
    await cluster.createTasks(round.namespace, DEFINITION, WARM_UP);
    const jobs = await watchJobs(round, WARM_UP);
    reconciler.start();
    await jobs.last();
    await reconciler.caughtUp();
    await reconciler.leading();
  });
  await reconciler.rest();
}

/** Seconds in which a plain client creates these Jobs for tasks of its own namespace. */
async function byPlainClient(round: Round, jobs: V1Job[]): Promise<number> {
  const { options, directory } = round.context;
  const tasks = await createTasks(round);
  const manifests = path.join(directory, 'jobs.json');
  const same = sameJobs(jobs, tasks);
  const work: PlainClientWork = {
    // Nobody owns these, and so they are not counted.
    warmUp: same.slice(0, WARM_UP).map(({ metadata, spec }) => ({
      metadata: {
        ...metadata,
        name: `warm-up-${metadata.name}`.slice(0, 63),
        ownerReferences: undefined,
      },
      spec,
    })),
    jobs: same,
  };
  await writeFile(manifests, JSON.stringify(work));
  return PlainClient.use({ ...options, manifests }, async client => {
    const arrivals = await watchJobs(round);
    const start = client.start();
    return ((await arrivals.last()) - start) / 1000;
  });
}

/** Seconds from the creation of the first task until all have Jobs, with the reconciler at work. */
async function whileRunning(round: Round) {
  return withReconciler(round, async reconciler => {
    reconciler.start();
    await reconciler.caughtUp();
    const jobs = await watchJobs(round);
    const start = now();
    await createTasks(round);
    const created = now();
    return {
      total: ((await jobs.last()) - start) / 1000,
      creating: (created - start) / 1000,
    };
  });
}

function createTasks({ cluster, context, namespace }: Round) {
  const { burst: count } = context.options.sizes;
  return cluster.createTasks(namespace, DEFINITION, count);
}

function withReconciler<T>(
  { context }: Round,
  work: (reconciler: ReconcilerProcess) => Promise<T>,
): Promise<T> {
  const { options, directory } = context;
  const database = newDatabase({
    engine: options.database,
    directory,
    postgres: options.postgres,
  });
  return ReconcilerProcess.use(
    { ...options, database, suspendJobs: true },
    work,
  );
}

/** Tells when the last of all Jobs has appeared. */
async function watchJobs(
  { context: { options }, namespace }: Round,
  wanted = options.sizes.burst,
) {
  let count = 0;
  let lastAt = 0;
  const watch = await CollectionWatch.start(
    options,
    'Job',
    namespace,
    ({ type, object, at }) => {
      if (type !== 'ADDED' || !object.metadata?.ownerReferences) return;
      count++;
      lastAt = at;
    },
  );
  return {
    async last(): Promise<number> {
      try {
        await watch.until(() => count >= wanted, ALL_JOBS_MS);
        return lastAt;
      } finally {
        await watch.stop();
      }
    },
  };
}
