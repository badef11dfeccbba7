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

import type { LogLine } from 'backstage-plugin-keptn-tasks-common';
import type { BackendProcess } from './BackendProcess';
import { CHECKOUT } from './portalConfig';
import { until } from './until';
import type { Workbench } from './Workbench';

/** A run that has come to a certain step. */
export interface HeldRun {
  id: string;
  taskName: string;
}

/** Brings a run to a certain step and keeps it there. Each has a namespace to itself, so that faults strike it alone. */
export interface Step {
  namespace: string;
  what: string;
  hold(bench: Workbench, backend: BackendProcess): Promise<HeldRun>;
}

/** More than anybody tries in a test. */
const ALWAYS = 1_000_000;
/** What the definition `count` prints. */
export const LINES = Array.from({ length: 40 }, (_, i) => `line ${i + 1}`);
export const COUNT_SCRIPT =
  'for i in $(seq 1 40); do echo "line $i"; sleep 0.1; done';

export const textOf = (lines: LogLine[]) => lines.map(({ text }) => text);

async function trigger(
  { client }: BackendProcess,
  namespace: string,
): Promise<HeldRun> {
  const { run } = await client.triggerRun({
    entityRef: CHECKOUT,
    cluster: 'sandbox',
    namespace,
    definition: 'count',
  });
  return run;
}

function jobIsMade(bench: Workbench, { taskName }: HeldRun) {
  return until(() => bench.user.jobsOf(taskName).length > 0);
}

/** The steps of a run at which a process may die, those that take longest to reach first. */
export const steps: Step[] = [
  {
    namespace: 'status-written',
    what: 'after the status was written and before the Job got its time to live',
    async hold(bench, backend) {
      const { faults } = bench.sandbox;
      faults.failNext({
        verb: 'patch',
        resource: 'jobs',
        namespace: this.namespace,
        status: 503,
        times: ALWAYS,
      });
      const run = await trigger(backend, this.namespace);
      await until(async () => {
        const task = await bench.user.task(this.namespace, run.taskName);
        return task.status?.status === 'Succeeded';
      });
      return run;
    },
  },
  {
    namespace: 'outcome-stored',
    what: 'after the Job had finished and before the status was written',
    async hold(bench, backend) {
      const run = await trigger(backend, this.namespace);
      await until(async () => {
        const task = await bench.user.task(this.namespace, run.taskName);
        return task.status?.status === 'Progressing';
      });
      bench.sandbox.faults.failNext({
        resource: 'keptntasks',
        subresource: 'status',
        namespace: this.namespace,
        status: 503,
        times: ALWAYS,
      });
      await until(async () => {
        const { run: stored } = await backend.client.getRun(run.id);
        return stored.state === 'Succeeded';
      });
      return run;
    },
  },
  {
    namespace: 'log-half-stored',
    what: 'while the Pod was running and half of the log was stored',
    async hold(_bench, backend) {
      const run = await trigger(backend, this.namespace);
      await until(async () => {
        const { lines } = await backend.client.getRunLog(run.id);
        return lines.length >= 5;
      });
      return run;
    },
  },
  {
    namespace: 'job-made',
    what: 'after the Job was made and before anybody was told',
    async hold(bench, backend) {
      bench.sandbox.faults.failNext({
        resource: 'keptntasks',
        subresource: 'status',
        namespace: this.namespace,
        status: 503,
        times: ALWAYS,
      });
      const run = await trigger(backend, this.namespace);
      await jobIsMade(bench, run);
      return run;
    },
  },
  {
    namespace: 'job-unanswered',
    what: 'while the answer to the creation of the Job was on its way',
    async hold(bench, backend) {
      const { faults } = bench.sandbox;
      faults.loseResponse({
        verb: 'create',
        resource: 'jobs',
        namespace: this.namespace,
      });
      // Once it is tried again it has been answered; the answer to that must not come either.
      faults.failNext({
        verb: 'get',
        resource: 'jobs',
        namespace: this.namespace,
        status: 503,
        times: ALWAYS,
      });
      const run = await trigger(backend, this.namespace);
      await jobIsMade(bench, run);
      return run;
    },
  },
  {
    namespace: 'task-made',
    what: 'after the task was created and before its Job was',
    async hold(bench, backend) {
      const { faults } = bench.sandbox;
      faults.failNext({
        verb: 'create',
        resource: 'jobs',
        namespace: this.namespace,
        status: 503,
        times: ALWAYS,
      });
      const run = await trigger(backend, this.namespace);
      await until(
        () =>
          faults.requests.count({
            verb: 'create',
            resource: 'jobs',
            namespace: this.namespace,
          }) > 0,
      );
      return run;
    },
  },
  {
    namespace: 'task-unanswered',
    what: 'while the answer to the creation of the task was on its way',
    async hold(bench, backend) {
      bench.sandbox.faults.loseResponse({
        verb: 'create',
        resource: 'keptntasks',
        namespace: this.namespace,
      });
      await trigger(backend, this.namespace).catch(() => undefined);
      const { items } = await backend.client.listRuns({
        entityRef: CHECKOUT,
        namespace: this.namespace,
      });
      return items[0];
    },
  },
];
