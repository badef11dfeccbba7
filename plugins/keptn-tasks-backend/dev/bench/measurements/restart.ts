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

import { BenchCluster, CONCURRENCY } from '../cluster/BenchCluster';
import { definitionManifest } from '../cluster/manifests';
import { newDatabase, type DatabaseLocation } from '../history/BenchDatabase';
import { inParallel } from '../inParallel';
import type { BenchContext, Measurement } from '../Measurement';
import type { ReconcilerState } from '../processes/messages';
import { ReconcilerProcess, total } from '../processes/ReconcilerProcess';
import { rounded } from '../statistics';

const DEFINITION = 'check';
const MB = 1024 * 1024;

interface Start {
  /** From the start until nothing waits to be looked at. */
  readySeconds: number;
  state: ReconcilerState;
}

/** A start with many finished tasks that the history knows: what it writes, how long it takes, what it needs. */
export const restart: Measurement = {
  keys: ['restart10kWrites', 'restart10kReadySeconds', 'restart10kExtraMb'],
  async measure(context) {
    return BenchCluster.use(context.options, cluster =>
      cluster.withNamespace('bench-restart', namespace =>
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
  const { options, directory, details } = context;
  const database = newDatabase({
    engine: options.database,
    directory,
    postgres: options.postgres,
  });
  const empty = await startOnce(context, database);
  await createFinishedTasks(cluster, namespace, options.sizes.finishedTasks);
  const first = await startOnce(context, database);
  context.log(
    `first start with ${
      options.sizes.finishedTasks
    } finished tasks: ready in ${rounded(first.readySeconds)} s, ${total(
      first.state.writes,
    )} writes`,
  );
  const again = await startOnce(context, database);
  context.log(
    `restart: writes ${JSON.stringify(
      again.state.writes,
    )}, reads ${JSON.stringify(again.state.reads)}`,
  );
  details.restart10kEmptyMb = rounded(empty.state.rss / MB);
  details.restart10kPeakExtraMb = rounded(
    (again.state.maxRss - empty.state.maxRss) / MB,
  );
  details.firstStart10kReadySeconds = rounded(first.readySeconds);
  details.firstStart10kWrites = total(first.state.writes);
  return {
    restart10kWrites: total(again.state.writes),
    restart10kReadySeconds: rounded(again.readySeconds),
    restart10kExtraMb: rounded((again.state.rss - empty.state.rss) / MB),
  };
}

/** Starts a reconciler, lets it come to rest, and ends it. */
async function startOnce(
  { options }: BenchContext,
  database: DatabaseLocation,
): Promise<Start> {
  return ReconcilerProcess.use(
    { ...options, database, suspendJobs: false },
    async reconciler => {
      const started = reconciler.start();
      const ready = await reconciler.caughtUp();
      return {
        readySeconds: (ready - started) / 1000,
        state: await reconciler.quiet(),
      };
    },
  );
}

/** Tasks as they are long after their run: finished, and their Jobs are gone. */
async function createFinishedTasks(
  cluster: BenchCluster,
  namespace: string,
  count: number,
): Promise<void> {
  await cluster.client.create(
    'KeptnTaskDefinition',
    definitionManifest(namespace, DEFINITION),
  );
  const tasks = await cluster.createTasks(namespace, DEFINITION, count);
  await inParallel(tasks, CONCURRENCY, async ({ metadata: { name } }) => {
    await cluster.client.patchStatus(
      'KeptnTask',
      { namespace, name },
      {
        status: {
          status: 'Succeeded',
          jobName: `${name}-0123456789`,
          startTime: '2026-01-01T10:00:00Z',
          endTime: '2026-01-01T10:00:07Z',
        },
      },
    );
  });
}
