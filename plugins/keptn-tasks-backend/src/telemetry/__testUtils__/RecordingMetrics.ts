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
  MetricAttributes,
  MetricsService,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';

/** One measurement. */
export interface Measurement {
  value: number;
  attributes?: MetricAttributes;
}

/** Keeps what was measured, by the name of the metric. */
export class RecordingMetrics implements MetricsService {
  readonly recorded = new Map<string, Measurement[]>();
  private readonly callbacks = new Map<
    string,
    Set<MetricsServiceObservableCallback<any>>
  >();

  createCounter = (name: string) => ({ add: this.recorder(name) });

  createUpDownCounter = (name: string) => ({ add: this.recorder(name) });

  createHistogram = (name: string) => ({ record: this.recorder(name) });

  createGauge = (name: string) => ({ record: this.recorder(name) });

  createObservableCounter = (name: string) => this.observable(name);

  createObservableUpDownCounter = (name: string) => this.observable(name);

  createObservableGauge = (name: string) => this.observable(name);

  of(name: string): Measurement[] {
    return this.recorded.get(name) ?? [];
  }

  /** What a collection finds. */
  collect(name: string): Measurement[] {
    const found: Measurement[] = [];
    for (const callback of this.callbacks.get(name) ?? []) {
      void callback({
        observe: (value: number, attributes?: MetricAttributes) =>
          found.push({ value, attributes }),
      });
    }
    return found;
  }

  private recorder(name: string) {
    if (this.recorded.has(name)) {
      throw new Error(`The metric ${name} is there already`);
    }
    const all: Measurement[] = [];
    this.recorded.set(name, all);
    return (value: number, attributes?: MetricAttributes) => {
      all.push({ value, attributes });
    };
  }

  private observable(name: string) {
    const callbacks = this.callbacks.get(name) ?? new Set();
    this.callbacks.set(name, callbacks);
    return {
      addCallback: (callback: MetricsServiceObservableCallback<any>) => {
        callbacks.add(callback);
      },
      removeCallback: (callback: MetricsServiceObservableCallback<any>) => {
        callbacks.delete(callback);
      },
    };
  }
}
