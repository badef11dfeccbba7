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

import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { VersionObject } from '../controllers/release/ReleaseTelemetry';
import { readActiveEvaluations } from './activeEvaluations';
import type { Reading } from './Gauge';
import { Gauge } from './Gauge';
import { intervalsOf, isUnderWay } from './intervals';
import type { Labels } from './labels';
import { appLabels, workloadLabels } from './labels';

type Read = (cluster: string, versions: VersionObject[]) => Reading[];

/** The kinds of versions by what Keptn calls them in names of metrics, and what of them is shown. */
const KINDS = [
  { prefix: 'keptn.app', kind: 'KeptnAppVersion', what: 'apps' },
  {
    prefix: 'keptn.deployment',
    kind: 'KeptnWorkloadVersion',
    what: 'workloads',
  },
] as const;
const GAUGES: { name: string; describe(what: string): string; read: Read }[] = [
  {
    name: 'active',
    describe: what => `Releases of ${what} under way`,
    read: readActive,
  },
  {
    name: 'deploymentduration',
    describe: what =>
      `Seconds from the begin of a release of ${what} to its end`,
    read: readDurations,
  },
  {
    name: 'deploymentinterval',
    describe: what =>
      `Seconds from the end of the previous version of ${what} to the end of this one`,
    read: readIntervals,
  },
];

/** What is read off the versions that are in the clusters, at each collection. */
export class ReleaseGauges {
  private readonly gauges: { gauge: Gauge; read: Read }[];

  constructor(metrics: MetricsService) {
    this.gauges = KINDS.flatMap(({ prefix, kind, what }) =>
      GAUGES.map(({ name, describe, read }) => ({
        gauge: new Gauge(metrics, `${prefix}.${name}`, describe(what)),
        read: (cluster: string, versions: VersionObject[]) =>
          read(
            cluster,
            versions.filter(version => version.kind === kind),
          ),
      })),
    );
    this.gauges.push({
      gauge: new Gauge(
        metrics,
        'keptn.evaluation.active',
        'Evaluations under way',
      ),
      read: readActiveEvaluations,
    });
  }

  /** Asks for the versions of a cluster from now on, until the returned function is called. */
  observe(
    cluster: string,
    versions: () => Iterable<VersionObject>,
  ): () => void {
    const ends = this.gauges.map(({ gauge, read }) =>
      gauge.add(() => read(cluster, [...versions()])),
    );
    return () => ends.forEach(end => end());
  }
}

/** What has ended reads 0 as long as it is there; what never began is no release under way. */
function readActive(cluster: string, versions: VersionObject[]): Reading[] {
  return versions
    .filter(({ status }) => status?.startTime)
    .map(version => ({
      labels: labelsOf(cluster, version),
      value: isUnderWay(version) ? 1 : 0,
    }));
}

function readDurations(cluster: string, versions: VersionObject[]): Reading[] {
  return intervalsOf(versions).map(({ version, durationSeconds }) => ({
    labels: labelsOf(cluster, version, version.spec.previousVersion),
    value: durationSeconds,
  }));
}

function readIntervals(cluster: string, versions: VersionObject[]): Reading[] {
  return intervalsOf(versions).flatMap(({ version, sincePreviousSeconds }) =>
    sincePreviousSeconds === undefined
      ? []
      : {
          labels: labelsOf(cluster, version, version.spec.previousVersion),
          value: sincePreviousSeconds,
        },
  );
}

function labelsOf(
  cluster: string,
  version: VersionObject,
  previous?: string,
): Labels {
  return version.kind === 'KeptnAppVersion'
    ? appLabels(cluster, version, { 'app.previousversion': previous })
    : workloadLabels(cluster, version, {
        'workload.previousversion': previous,
      });
}
