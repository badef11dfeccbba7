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

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { toError } from '@backstage/errors';
import type { Tracer } from '@opentelemetry/api';
import { trace } from '@opentelemetry/api';
import type { ReleaseTelemetry } from '../controllers/release/ReleaseTelemetry';
import { phaseTraceparent } from '../domain/release/traceIds';
import { attemptKey } from './attemptKey';
import { Once } from './Once';
import { ReleaseGauges } from './ReleaseGauges';
import { ReleaseMetrics } from './ReleaseMetrics';
import { ReleaseTracing } from './ReleaseTracing';

const TRACER = 'backstage-plugin-keptn-tasks';

/** Of one cluster. What is told about is observed until the returned function is called. */
export interface ClusterTelemetry extends ReleaseTelemetry {
  observe(versions: Parameters<ReleaseTelemetry['observe']>[0]): () => void;
}

/**
 * Tells the platform's metrics and tracing about releases. Metrics go through the platform's service. Its tracing
 * service runs a function inside of a span, from now until the function is done: it knows no times, no links and no
 * ids, and a release outlives many functions. So spans are made with the OpenTelemetry API that the service itself is
 * built on, and go wherever the platform sends its own.
 */
export class PlatformTelemetry {
  private readonly metrics: ReleaseMetrics;
  private readonly gauges: ReleaseGauges;

  constructor(
    private readonly options: {
      metrics: MetricsService;
      logger: LoggerService;
      /** The platform's own one when absent. */
      tracer?: Tracer;
    },
  ) {
    this.metrics = new ReleaseMetrics(options.metrics);
    this.gauges = new ReleaseGauges(options.metrics);
    options.metrics
      .createCounter('keptn_lifecycle_active', {
        description: '1 since this process has begun',
      })
      .add(1);
  }

  forCluster(cluster: string): ClusterTelemetry {
    const { metrics, gauges } = this;
    const { tracer = trace.getTracer(TRACER) } = this.options;
    const tracing = new ReleaseTracing({ tracer, cluster });
    // Whoever supersedes a version tells its end, and so does whoever looks at it next.
    const ends = new Once();
    return {
      phaseStarted: (version, phase, at) =>
        this.attempt(() => tracing.phaseStarted(version, phase, at)) ?? {
          traceparent: phaseTraceparent(version, phase),
        },
      phaseEnded: (version, phase, outcome) =>
        this.attempt(() => tracing.phaseEnded(version, phase, outcome)),
      versionEnded: version => {
        if (!ends.isFirst(attemptKey(version))) {
          return;
        }
        this.attempt(() => tracing.versionEnded(version));
        this.attempt(() => metrics.versionEnded(cluster, version));
      },
      itemEnded: (version, phase, item) => {
        this.attempt(() => tracing.itemEnded(version, phase, item));
        if (item.kind === 'KeptnEvaluation') {
          this.attempt(() => metrics.evaluationEnded(cluster, item));
        }
      },
      observe: versions => gauges.observe(cluster, versions),
    };
  }

  /** Nothing that is observed may suffer from being observed. */
  private attempt<T>(tell: () => T): T | undefined {
    try {
      return tell();
    } catch (error) {
      this.options.logger.debug(
        `A release could not be told to the platform: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }
}
