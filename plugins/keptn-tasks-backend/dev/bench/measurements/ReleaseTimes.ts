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

import type { V1Job } from '@kubernetes/client-node';
import { SCHEDULING_GATE } from '../../../src/domain/release/annotations';
import type { BenchOptions } from '../options';
import { CollectionWatch } from '../cluster/CollectionWatch';

/** When what happened to one release, seen from outside: milliseconds since 1970. */
export interface ReleaseTimes {
  created?: number;
  /** By name: from when a Job was there until it was over. */
  jobs: Map<string, { from: number; to?: number }>;
  /** From when its Pod was let go until its Deployment was available. */
  gateOpened?: number;
  available?: number;
  completed?: number;
}

/** Notes what watches of its own tell about the releases of a namespace, by the name of their app. */
export class ReleaseWatch {
  private readonly times = new Map<string, ReleaseTimes>();
  private watches: CollectionWatch[] = [];

  static async start(
    options: BenchOptions,
    namespace: string,
  ): Promise<ReleaseWatch> {
    const all = new ReleaseWatch();
    all.watches = await Promise.all([
      CollectionWatch.start(
        options,
        'Job',
        namespace,
        ({ type, object, at }) => {
          const app = object.metadata?.annotations?.['keptn.sh/app'];
          if (!app || type === 'DELETED') return;
          const { jobs } = all.of(app);
          const name = object.metadata!.name!;
          if (!jobs.has(name)) jobs.set(name, { from: at });
          if (isOver(object)) jobs.get(name)!.to ??= at;
        },
      ),
      CollectionWatch.start(options, 'Pod', namespace, ({ object, at }) => {
        const app = object.metadata?.labels?.app;
        const isGated = object.spec?.schedulingGates?.some(
          ({ name }) => name === SCHEDULING_GATE,
        );
        if (app && !isGated) all.of(app).gateOpened ??= at;
      }),
      CollectionWatch.start(
        options,
        'Deployment',
        namespace,
        ({ object, at }) => {
          const { name } = object.metadata!;
          if ((object.status?.availableReplicas ?? 0) > 0) {
            all.of(name!).available ??= at;
          }
        },
      ),
      CollectionWatch.start(
        options,
        'KeptnAppVersion',
        namespace,
        ({ object, at }) => {
          const { status } = object;
          if (status?.status === 'Failed') {
            throw new Error(`${object.metadata.name} has failed`);
          }
          if (status?.status === 'Succeeded' && status.endTime) {
            all.of(object.spec.appName).completed ??= at;
          }
        },
      ),
    ]);
    return all;
  }

  of(app: string): ReleaseTimes {
    if (!this.times.has(app)) this.times.set(app, { jobs: new Map() });
    return this.times.get(app)!;
  }

  /** Resolves once all of these are completed. */
  async completed(apps: string[], timeoutMs: number): Promise<ReleaseTimes[]> {
    const [, , , versions] = this.watches;
    await versions.until(
      () => apps.every(app => this.of(app).completed !== undefined),
      timeoutMs,
    );
    return apps.map(app => this.of(app));
  }

  async stop(): Promise<void> {
    await Promise.all(this.watches.map(watch => watch.stop()));
  }
}

/** Wall time of a release without what its Jobs and its rollout took. */
export function overheadMs(times: ReleaseTimes): number {
  const jobs = [...times.jobs.values()].reduce(
    (sum, { from, to }) => sum + (to! - from),
    0,
  );
  const rollout = times.available! - times.gateOpened!;
  return times.completed! - times.created! - jobs - rollout;
}

function isOver(job: V1Job): boolean {
  return Boolean(
    job.status?.conditions?.some(
      ({ type, status }) =>
        (type === 'Complete' || type === 'Failed') && status === 'True',
    ),
  );
}
