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
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import type { Labels } from './labels';

/** How something ended. */
export interface Outcome {
  labels: Labels;
  /** ISO times; without both, nothing is measured. */
  from?: string;
  to?: string;
  /** Whether it counts among the durations. */
  measured: boolean;
}

/** Counts what came to its end, and measures how long it took. */
export class Outcomes {
  private readonly count: MetricsServiceCounter;
  private readonly duration: MetricsServiceHistogram;

  constructor(metrics: MetricsService, prefix: string, what: string) {
    this.count = metrics.createCounter(`${prefix}.count`, {
      description: `${what} that came to their end`,
    });
    this.duration = metrics.createHistogram(`${prefix}.duration`, {
      description: `How long ${what.toLowerCase()} took`,
      unit: 's',
    });
  }

  record({ labels, from, to, measured }: Outcome): void {
    this.count.add(1, labels);
    if (measured && from && to) {
      const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
      this.duration.record(Math.max(0, seconds), labels);
    }
  }
}
