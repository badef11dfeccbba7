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
  Definition,
  RecentRun,
  Run,
} from 'backstage-plugin-keptn-tasks-common';
import {
  aDefinition,
  anId,
  aRun,
  aRunDetail,
  secondsAgo,
} from '../src/__testUtils__/builders';
import type { FakeKeptnTasksApi } from '../src/__testUtils__/FakeKeptnTasksApi';

const PLACES = [
  { cluster: 'production', namespace: 'shop' },
  { cluster: 'staging', namespace: 'shop' },
];

/** Durations that look like somebody's, the same at each start. */
function recentRuns(seed: number, failures: number[]): RecentRun[] {
  return Array.from({ length: 20 }, (_, index) => ({
    id: anId(),
    state: failures.includes(index) ? 'Failed' : 'Succeeded',
    createdAt: secondsAgo((20 - index) * 3_600),
    durationMs: 4_000 + ((index * 7_919 + seed * 104_729) % 9_000),
  }));
}

function definitions(): Definition[] {
  return [
    aDefinition({
      ...PLACES[0],
      phase: 'pre',
      recentRuns: recentRuns(1, [4, 18, 19]),
      parameters: [
        {
          name: 'HEALTH_URL',
          value: 'http://checkout:8080/healthz',
          source: 'definition',
        },
        { name: 'FAIL', value: 'false', source: 'definition' },
        {
          name: 'RETRY_AFTER',
          value: '',
          source: 'reference',
          definition: 'http-check',
        },
      ],
    }),
    aDefinition({
      ...PLACES[1],
      phase: 'pre',
      recentRuns: recentRuns(2, [3]),
    }),
    aDefinition({
      ...PLACES[0],
      name: 'db-migrate',
      phase: 'pre',
      runner: 'container',
      image: 'ghcr.io/acme/migrations:2.4.0',
      description: 'Brings the database to the version of the release',
      recentRuns: recentRuns(3, []),
      parameters: [],
    }),
    aDefinition({
      ...PLACES[0],
      name: 'load-check',
      phase: 'post',
      runner: 'python',
      shared: true,
      image: 'python:3.13-slim',
      description: 'Thirty seconds of load, then p95 against the objective',
      recentRuns: recentRuns(4, [10]),
      parameters: [
        { name: 'DURATION', value: '30s', source: 'definition' },
        { name: 'P95_MS', value: '250', source: 'definition' },
      ],
    }),
    aDefinition({
      ...PLACES[0],
      name: 'notify-the-customer-success-team-about-the-release-that-has-just-been-finished',
      phase: 'post',
      description:
        'Tells those who have asked to be told. Its name is as long as names may be, to see what becomes of it when there is little room on the page for it.',
      recentRuns: recentRuns(5, []).slice(0, 3),
    }),
    aDefinition({
      ...PLACES[0],
      name: 'rotate-keys',
      runner: undefined,
      description: undefined,
      problem:
        'The definition rotate-keys has neither code nor an image. Give it deno, python or container.',
    }),
  ];
}

function failing(): Run {
  return aRun({
    ...PLACES[0],
    taskName: 'smoke-test-pre-84213',
    phase: 'pre',
    version: '2.4.0',
    state: 'Failed',
    reason: 'BackoffLimitExceeded',
    message: 'The script ended with exit code 1 in attempt 3 of 3.',
    attempts: 3,
    trigger: { source: 'release' },
    context: {
      appName: 'shop',
      appVersion: '2.4.0',
      workloadName: 'shop-checkout',
      workloadVersion: '2.4.0',
      taskType: 'pre',
      objectType: 'Workload',
      metadata: { commit: '5f2c1e9' },
    },
    createdAt: secondsAgo(200),
    startedAt: secondsAgo(199.8),
    finishedAt: secondsAgo(165),
  });
}

/** A component with everything: failures, attempts, several places, one of them away. */
export function fillCheckout(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  api.targets = [
    { ...PLACES[0], available: true },
    {
      ...PLACES[1],
      available: false,
      message:
        'The cluster staging does not answer (connection refused). It is tried again every 30 seconds.',
    },
  ];
  api.definitions = definitions();
  fillPast(api);

  const failed = failing();
  const at = (seconds: number) => secondsAgo(200 - seconds);
  const lines = [
    'Check file:///var/data/function.ts',
    '\u001b[36mGET\u001b[0m http://checkout:8080/healthz → \u001b[31m503 Service Unavailable\u001b[0m',
    '\u001b[1m\u001b[31merror\u001b[0m: Uncaught (in promise) Error: checkout is not healthy',
    "  throw new Error('checkout is not healthy');",
    '        \u001b[31m^\u001b[0m',
    '    at \u001b[36mfile:///var/data/function.ts:4:9\u001b[0m',
  ];
  const lastGood = api.runs.find(
    run =>
      run.definition.name === 'smoke-test' &&
      run.state === 'Succeeded' &&
      run.cluster === 'production',
  )!;
  const related = (run: Run) => ({
    id: run.id,
    state: run.state,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
    version: '2.3.9',
    definition: { name: 'smoke-test', hash: '77aa01c3bb' },
    parameters: [
      {
        name: 'HEALTH_URL',
        value: 'http://checkout:8080/ready',
        source: 'definition' as const,
      },
    ],
  });
  api.save(
    aRunDetail(failed, {
      attempts: [1, 2, 3].map(number => ({
        number,
        state: 'Failed' as const,
        exitCode: 1,
        podName: `smoke-test-pre-84213-5d8f-${number}`,
        createdAt: at(number * 11 - 10.6),
        startedAt: at(number * 11 - 9.4),
        finishedAt: at(number * 11 - 1),
      })),
      logTail: lines.map((text, n) => ({ n, text })),
      previous: related(lastGood),
      lastGood: related(lastGood),
      parameters: [
        {
          name: 'HEALTH_URL',
          value: 'http://checkout:8080/healthz',
          source: 'definition',
          definition: 'smoke-test',
        },
        { name: 'FAIL', value: 'false', source: 'run' },
      ],
    }),
  );
  for (const attempt of [1, 2, 3]) {
    api.keepLog(
      failed.id,
      lines.map((text, n) => ({ n, at: at(attempt * 11 - 8), text })),
      attempt,
    );
  }
  api.save(
    aRunDetail(
      aRun({
        ...PLACES[0],
        taskName: 'load-check-m2k4x',
        definition: { name: 'load-check', hash: 'c0ffee00' },
        runner: 'python',
        phase: 'none',
        state: 'Pending',
        reason: 'Unschedulable',
        message:
          'No node has 2 CPUs to spare for it (0 of 3 nodes fit: insufficient cpu).',
        attempts: 0,
        trigger: { source: 'cluster', by: 'kubectl' },
        createdAt: secondsAgo(40),
        startedAt: undefined,
        finishedAt: undefined,
      }),
    ),
  );
  return api;
}

function outcomeOf(index: number): Pick<Run, 'state' | 'reason' | 'message'> {
  if (index % 17 === 5) return { state: 'Cancelled', reason: 'Cancelled' };
  if (index % 13 === 7) {
    return {
      state: 'Failed',
      reason: 'DeadlineExceeded',
      message:
        'It was stopped after 5 minutes, the longest that its definition allows.',
    };
  }
  return { state: 'Succeeded' };
}

function fillPast(api: FakeKeptnTasksApi) {
  const names = ['smoke-test', 'db-migrate', 'load-check'];
  const people = [
    'user:default/anna',
    'user:default/guest',
    'group:payments/oncall',
  ];
  for (let index = 0; index < 60; index++) {
    const age = 900 + index * 2_700;
    const name = names[index % 3];
    const outcome = outcomeOf(index);
    api.save(
      aRunDetail(
        aRun({
          ...PLACES[0],
          taskName: `${name}-${1_000 + index}`,
          definition: { name, hash: '77aa01c3bb' },
          runner: (['deno', 'container', 'python'] as const)[index % 3],
          phase: (['pre', 'pre', 'post'] as const)[index % 3],
          version: `2.3.${9 - Math.floor(index / 10)}`,
          ...outcome,
          trigger:
            index % 4 === 0
              ? { source: 'portal', by: people[index % 3] }
              : { source: 'release' },
          createdAt: secondsAgo(age),
          startedAt: secondsAgo(age - 1),
          finishedAt: secondsAgo(age - 5 - (index % 9) * 4),
        }),
      ),
    );
  }
}

/** A component on which everything is well. */
export function fillHealthy(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  api.definitions = [
    aDefinition({ recentRuns: recentRuns(1, []) }),
    aDefinition({ name: 'load-check', runner: 'python' }),
  ];
  api.save(aRunDetail(aRun()));
  return api;
}

/** A run with a log of a hundred thousand lines, some of which were dropped. */
export function fillManyLines(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  fillHealthy(api);
  const [run] = api.runs;
  const lines = Array.from({ length: 100_000 }, (_, index) => ({
    n: index < 60_000 ? index : index + 250_000,
    at: secondsAgo(190 - index / 10_000),
    text:
      index % 50 === 0
        ? `\u001b[33mwarn\u001b[0m request ${index} took long: ${'.'.repeat(
            index % 400,
          )}`
        : `GET /cart/${index} → \u001b[32m200\u001b[0m in ${index % 97} ms`,
  }));
  api.keepLog(run.id, lines);
  return api;
}
