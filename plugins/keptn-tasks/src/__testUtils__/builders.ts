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
  Attempt,
  Definition,
  Run,
  RunDetail,
} from 'backstage-plugin-keptn-tasks-common';

/** The entity of all examples. */
export const ENTITY_REF = 'component:default/checkout';

let created = 0;

/** Another id at each call. */
export function anId(): string {
  created += 1;
  return `00000000-0000-4000-8000-${String(created).padStart(12, '0')}`;
}

/** A time so many seconds ago. */
export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1_000).toISOString();
}

/** A run that passed three minutes ago in twelve seconds. */
export function aRun(part: Partial<Run> = {}): Run {
  return {
    id: anId(),
    cluster: 'sandbox',
    namespace: 'shop',
    taskName: 'smoke-test-x7k2p',
    definition: { name: 'smoke-test', namespace: 'shop', hash: 'a1b2c3d4e5f6' },
    runner: 'deno',
    phase: 'none',
    state: 'Succeeded',
    attempts: 1,
    trigger: { source: 'portal', by: 'user:default/guest' },
    entityRef: ENTITY_REF,
    createdAt: secondsAgo(192),
    startedAt: secondsAgo(191),
    finishedAt: secondsAgo(179),
    ...part,
  };
}

/** The run with everything that is kept of it. */
export function aRunDetail(
  run: Run,
  part: Partial<Omit<RunDetail, 'run'>> = {},
): RunDetail {
  return {
    run,
    jobName: `${run.taskName}-5d8f`,
    maxAttempts: 3,
    timeoutSeconds: 300,
    image: 'denoland/deno:2.5.6',
    parameters: [
      {
        name: 'HEALTH_URL',
        value: 'http://checkout:8080/healthz',
        source: 'definition',
        definition: run.definition.name,
      },
    ],
    attempts: attemptsOf(run),
    transitions: transitionsOf(run),
    logTail: [],
    definitionSnapshot: `apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTaskDefinition
metadata:
  name: ${run.definition.name}
spec:
  deno:
    inline:
      code: console.log('checking')
`,
    manifest: `apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTask
metadata:
  generateName: ${run.definition.name}-
  namespace: ${run.namespace}
spec:
  taskDefinition: ${run.definition.name}
`,
    ...part,
  };
}

function attemptsOf(run: Run): Attempt[] {
  if (!run.startedAt || run.attempts === 0) return [];
  const start = Date.parse(run.startedAt);
  const states: Partial<Record<Run['state'], Attempt['state']>> = {
    Succeeded: 'Succeeded',
    Progressing: 'Running',
  };
  return [
    {
      number: 1,
      state: states[run.state] ?? 'Failed',
      podName: `${run.taskName}-5d8f-abcde`,
      exitCode: run.state === 'Failed' ? 1 : undefined,
      createdAt: new Date(start + 100).toISOString(),
      startedAt: new Date(start + 1_200).toISOString(),
      finishedAt: run.finishedAt,
    },
  ];
}

function transitionsOf(run: Run): RunDetail['transitions'] {
  const transitions: RunDetail['transitions'] = [
    { at: run.createdAt, state: 'Pending' },
  ];
  if (run.startedAt) {
    transitions.push({ at: run.startedAt, state: 'Progressing' });
  }
  if (run.finishedAt) {
    const { state, reason, message, finishedAt } = run;
    transitions.push({ at: finishedAt, state, reason, message });
  }
  return transitions;
}

/** A definition that can be run. */
export function aDefinition(part: Partial<Definition> = {}): Definition {
  return {
    cluster: 'sandbox',
    namespace: 'shop',
    name: 'smoke-test',
    shared: false,
    description: 'Asks the checkout whether it is well',
    runner: 'deno',
    image: 'denoland/deno:2.5.6',
    phase: 'none',
    parameters: [
      {
        name: 'HEALTH_URL',
        value: 'http://checkout:8080/healthz',
        source: 'definition',
      },
    ],
    retries: 2,
    timeout: '5m',
    hash: 'a1b2c3d4e5f6',
    recentRuns: [],
    ...part,
  };
}

/** An error as the client throws it for an answer of the server. */
export function responseError(
  statusCode: number,
  name: string,
  message: string,
): Error {
  return Object.assign(new Error(`Request failed with ${statusCode}`), {
    name: 'ResponseError',
    statusCode,
    cause: Object.assign(new Error(message), { name }),
  });
}
