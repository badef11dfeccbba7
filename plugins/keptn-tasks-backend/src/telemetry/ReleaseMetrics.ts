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

import type {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import type { VersionObject } from '../controllers/release/ReleaseTelemetry';
import type { KeptnEvaluation } from '../domain/release/resources';
import { appLabels, evaluationLabels, workloadLabels } from './labels';
import { Outcomes } from './Outcomes';

/** Counts and durations of releases and evaluations, under Keptn's names, of all clusters. */
export class ReleaseMetrics {
  private readonly apps: Outcomes;
  private readonly workloads: Outcomes;
  private readonly evaluations: Outcomes;
  private readonly promotions: MetricsServiceCounter;

  constructor(metrics: MetricsService) {
    this.apps = new Outcomes(metrics, 'keptn.app', 'Releases of apps');
    this.workloads = new Outcomes(
      metrics,
      'keptn.deployment',
      'Releases of workloads',
    );
    this.evaluations = new Outcomes(metrics, 'keptn.evaluation', 'Evaluations');
    this.promotions = metrics.createCounter('keptn.promotion.count', {
      description:
        'Releases of apps with promotion tasks that came to their end',
    });
  }

  /** Durations are those of successes, as Keptn's are. */
  versionEnded(cluster: string, version: VersionObject): void {
    const { status, startTime: from, endTime: to } = version.status ?? {};
    const times = { from, to, measured: status === 'Succeeded' };
    if (version.kind === 'KeptnWorkloadVersion') {
      const labels = workloadLabels(cluster, version, {
        'workload.status': status,
      });
      this.workloads.record({ labels, ...times });
      return;
    }
    const labels = appLabels(cluster, version, { 'app.status': status });
    this.apps.record({ labels, ...times });
    if (version.spec.promotionTasks?.length) {
      this.promotions.add(1, labels);
    }
  }

  evaluationEnded(cluster: string, evaluation: KeptnEvaluation): void {
    const { overallStatus, startTime, endTime } = evaluation.status ?? {};
    this.evaluations.record({
      labels: evaluationLabels(cluster, evaluation, {
        'evaluation.status': overallStatus,
      }),
      from: startTime,
      to: endTime,
      measured: true,
    });
  }
}
