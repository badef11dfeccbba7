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

/** A figure of each database; null where it was not there to measure. */
export interface ByEngine {
  sqlite: number;
  postgres: number | null;
}

/** The figures, under the names of the result file. */
export interface Results {
  taskToJobP95Ms: number;
  jobToTaskP95Ms: number;
  writesPerRun: number;
  burst1000Ratio: number;
  releaseOverheadP95Ms: number;
  apiRequestsPerRelease: number;
  releases100Seconds: number;
  restart10kWrites: number;
  restart10kReadySeconds: number;
  restart10kExtraMb: number;
  listRuns1mP95Ms: ByEngine;
  ingestRunsPerSecond: ByEngine;
}

/** More that was seen on the way, for those who want to know why. */
export type Details = Record<string, number | string>;

interface Budget {
  what: string;
  unit: string;
  atMost?: number;
}

/** What each figure may be. Without a limit it is only reported. */
export const budgets: Record<keyof Results, Budget> = {
  taskToJobP95Ms: {
    what: 'KeptnTask created → Job created, p95',
    unit: 'ms',
    atMost: 250,
  },
  jobToTaskP95Ms: {
    what: 'Job finished → KeptnTask finished, p95',
    unit: 'ms',
    atMost: 250,
  },
  writesPerRun: { what: 'API writes per run', unit: '', atMost: 6 },
  burst1000Ratio: {
    what: '1,000 tasks at once, against a plain client',
    unit: '×',
    atMost: 1.2,
  },
  releaseOverheadP95Ms: {
    what: 'a release without its Jobs and its rollout, p95',
    unit: 'ms',
  },
  apiRequestsPerRelease: { what: 'API requests per release', unit: '' },
  releases100Seconds: { what: '100 workloads rolled out at once', unit: 's' },
  restart10kWrites: {
    what: 'restart with 10,000 finished tasks: writes',
    unit: '',
    atMost: 0,
  },
  restart10kReadySeconds: {
    what: 'restart with 10,000 finished tasks: ready in',
    unit: 's',
    atMost: 15,
  },
  restart10kExtraMb: {
    what: 'restart with 10,000 finished tasks: more memory',
    unit: 'MB',
    atMost: 300,
  },
  listRuns1mP95Ms: {
    what: 'list of runs among 1,000,000, p95',
    unit: 'ms',
    atMost: 50,
  },
  ingestRunsPerSecond: { what: 'runs stored', unit: 'runs/s' },
};
