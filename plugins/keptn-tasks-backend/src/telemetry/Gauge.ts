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
import type { Labels } from './labels';

/** One value of a gauge. */
export interface Reading {
  labels: Labels;
  value: number;
}

/**
 * A gauge that asks its sources at each collection. Readings with the same labels are added up. A source that fails is
 * left out.
 */
export class Gauge {
  private readonly sources = new Set<() => Iterable<Reading>>();

  constructor(metrics: MetricsService, name: string, description: string) {
    metrics.createObservableGauge(name, { description }).addCallback(result => {
      for (const { labels, value } of this.read()) {
        result.observe(value, labels);
      }
    });
  }

  /** Asks this source from now on, until the returned function is called. */
  add(source: () => Iterable<Reading>): () => void {
    this.sources.add(source);
    return () => this.sources.delete(source);
  }

  private read(): Iterable<Reading> {
    const readings = new Map<string, Reading>();
    for (const source of this.sources) {
      try {
        for (const { labels, value } of source()) {
          const key = JSON.stringify(labels);
          const sum = (readings.get(key)?.value ?? 0) + value;
          readings.set(key, { labels, value: sum });
        }
      } catch {
        // The other clusters are still worth telling about.
      }
    }
    return readings.values();
  }
}
