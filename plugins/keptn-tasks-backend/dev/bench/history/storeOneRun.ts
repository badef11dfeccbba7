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

import { randomUUID } from 'node:crypto';
import type { RunUpdate } from '../../../src/domain/task/TaskPlan';
import type { RunLogStore } from '../../../src/history/RunLogStore';
import type { RunStore } from '../../../src/history/RunStore';
import { definitionAt, entityAt } from './catalog';

const LOG_LINES = 20;

/** Tells the history a run from its first look to its stored log, step by step as the reconciler does. */
export async function storeOneRun(
  stores: { runs: RunStore; logs: RunLogStore },
  number: number,
): Promise<void> {
  const { runs, logs } = stores;
  const entity = entityAt((number * 0.6180339887498949) % 1);
  const definition = definitionAt(number);
  const name = `${definition}-${number}`;
  const start = new Date().toISOString();
  const recorded = await runs.sight({
    cluster: entity.places[0].cluster,
    namespace: entity.namespace,
    uid: randomUUID(),
    taskName: name,
    createdAt: start,
    definitionName: definition,
    phase: 'pre',
    context: {
      appName: 'shop',
      appVersion: '1.4.2',
      workloadName: entity.workloadName,
      workloadVersion: '1.4.2',
      taskType: 'pre',
      objectType: 'Workload',
    },
    trigger: { source: 'release' },
    taskSpec: {
      taskDefinition: definition,
      parameters: { map: { url: 'https://shop.example.com/healthz' } },
      retries: 2,
      timeout: '5m',
    },
  });
  const attempt = {
    number: 1,
    podName: `${name}-x7k2p`,
    nodeName: 'node-1',
    createdAt: start,
    startedAt: start,
  };
  const intent: RunUpdate = {
    state: 'Pending',
    jobIntentAt: start,
    jobName: name,
    definition: {
      name: definition,
      namespace: entity.namespace,
      hash: 'f3b1c9d27a4e5f60718293a4b5c6d7e8',
    },
    runner: 'container',
    image: 'registry.example.com/tasks/check:1.4.2',
    parameters: [
      {
        name: 'url',
        value: 'https://shop.example.com/healthz',
        source: 'run',
      },
    ],
    maxAttempts: 3,
    timeoutSeconds: 300,
    definitionSnapshot: `kind: KeptnTaskDefinition\nmetadata:\n  name: ${definition}\nspec:\n  container:\n    name: check\n    image: registry.example.com/tasks/check:1.4.2\n`,
    attempts: [],
  };
  await runs.update(recorded.id, intent);
  const started: RunUpdate = {
    state: 'Progressing',
    startedAt: start,
    jobUid: randomUUID(),
    attempts: [{ ...attempt, state: 'Running' }],
  };
  await runs.update(recorded.id, started);
  const log = await logs.open(recorded.id, 1);
  await log.append(
    Array.from({ length: LOG_LINES }, (_, line) => ({
      at: start,
      text: `${line}: GET https://shop.example.com/healthz answered 200`,
    })),
  );
  await log.close({ complete: true });
  const finishedAt = new Date().toISOString();
  await runs.update(recorded.id, {
    ...started,
    state: 'Succeeded',
    finishedAt,
    attempts: [{ ...attempt, state: 'Succeeded', exitCode: 0, finishedAt }],
  });
  await runs.setLogsStored(recorded.id);
}
