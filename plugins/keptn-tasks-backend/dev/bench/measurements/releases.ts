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
import { POST, PRE, workloadManifest } from '../cluster/releaseManifests';
import { now } from '../clock';
import { newDatabase } from '../history/BenchDatabase';
import { inParallel } from '../inParallel';
import type { BenchContext, Measurement } from '../Measurement';
import { ReconcilerProcess, total } from '../processes/ReconcilerProcess';
import { median, percentile, rounded } from '../statistics';
import { overheadMs, ReleaseWatch } from './ReleaseTimes';

const COMPLETED_MS = 600_000;

/** Releases with one task before and one after the deployment: one after the other, and many at once. */
export const releases: Measurement = {
  keys: ['releaseOverheadP95Ms', 'apiRequestsPerRelease', 'releases100Seconds'],
  async measure(context) {
    return BenchCluster.use(context.options, cluster =>
      cluster.withNamespace(
        'bench-releases',
        namespace => measureIn(context, cluster, namespace),
        { 'keptn.sh/lifecycle-toolkit': 'enabled' },
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
  for (const name of [PRE, POST]) {
    await cluster.client.create(
      'KeptnTaskDefinition',
      definitionManifest(namespace, name),
    );
  }
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
      const watch = await ReleaseWatch.start(options, namespace);
      try {
        // The first ones find connections and compiled code.
        await oneByOne(cluster, watch, namespace, 'warm', 3);
        const before = await reconciler.quiet();
        const single = await oneByOne(
          cluster,
          watch,
          namespace,
          'single',
          options.sizes.releases,
        );
        const after = await reconciler.quiet();
        const overheads = single.map(overheadMs);
        details.releaseOverheadMedianMs = rounded(median(overheads));
        const requests =
          total(after.writes) +
          total(after.reads) -
          total(before.writes) -
          total(before.reads);
        for (const group of ['writes', 'reads'] as const) {
          for (const [key, count] of Object.entries(after[group])) {
            const each =
              (count - (before[group][key] ?? 0)) / options.sizes.releases;
            if (each > 0) context.log(`per release: ${key}: ${rounded(each)}`);
          }
        }
        return {
          releaseOverheadP95Ms: rounded(percentile(overheads, 0.95)),
          apiRequestsPerRelease: rounded(requests / options.sizes.releases),
          releases100Seconds: await atOnce(context, cluster, watch, namespace),
        };
      } finally {
        await watch.stop();
      }
    },
  );
}

async function oneByOne(
  cluster: BenchCluster,
  watch: ReleaseWatch,
  namespace: string,
  prefix: string,
  count: number,
) {
  const times = [];
  for (let i = 0; i < count; i++) {
    const name = `${prefix}-${i}`;
    watch.of(name).created = now();
    await cluster.client.create(
      'Deployment',
      workloadManifest(namespace, name, '1.0.0'),
    );
    times.push(...(await watch.completed([name], COMPLETED_MS)));
  }
  return times;
}

/** Seconds from the first creation until the last release has completed. */
async function atOnce(
  { options }: BenchContext,
  cluster: BenchCluster,
  watch: ReleaseWatch,
  namespace: string,
): Promise<number> {
  const names = Array.from(
    { length: options.sizes.releasesAtOnce },
    (_, i) => `many-${i}`,
  );
  const started = now();
  await inParallel(names, CONCURRENCY, async name => {
    await cluster.client.create(
      'Deployment',
      workloadManifest(namespace, name, '1.0.0'),
    );
  });
  const times = await watch.completed(names, COMPLETED_MS);
  const last = Math.max(...times.map(({ completed }) => completed!));
  return rounded((last - started) / 1000);
}
