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

import { isRunFinished } from 'backstage-plugin-keptn-tasks-common';
import * as fc from 'fast-check';
import { isFinished } from '../state';
import { BrokenPromise, ModelCluster } from './ModelCluster';
import { ModelHistory } from './ModelHistory';
import { ModelReplica } from './ModelReplica';

/** Everything that can happen, in any order and at any time. */
export const happening = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom('a works', 'b works') },
  { weight: 12, arbitrary: fc.constantFrom('a listens', 'b listens') },
  {
    weight: 8,
    arbitrary: fc.constantFrom('jobs run', 'pod succeeds', 'pod fails'),
  },
  { weight: 4, arbitrary: fc.constantFrom('a crashes', 'b crashes') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'a loses a request',
      'a loses a response',
      'b loses a request',
      'b loses a response',
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a second passes',
      'garbage is collected',
      'logs are stored',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'definition is applied',
      'definition is applied',
      'definition is deleted',
      'job is deleted',
      'job is deleted',
      'pods are deleted',
      'task is cancelled',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'a minute passes',
      'an hour passes',
      'task is deleted',
    ),
  },
);
export type Happening = typeof happening extends fc.Arbitrary<infer T>
  ? T
  : never;

/** A task, a cluster, a history and two replicas that both believe to be in charge. */
export class ModelWorld {
  readonly cluster = new ModelCluster();
  readonly history = new ModelHistory();
  readonly a = new ModelReplica(this.cluster, this.history);
  readonly b = new ModelReplica(this.cluster, this.history);
  private outcome: string | undefined;

  happen(what: Happening) {
    this.apply(what);
    this.checkOutcome();
  }

  private apply(what: Happening) {
    const { cluster, history, a, b } = this;
    const byHand = !a.isCreating && !b.isCreating;
    switch (what) {
      case 'a works':
        return a.step();
      case 'b works':
        return b.step();
      case 'a listens':
        return a.listen();
      case 'b listens':
        return b.listen();
      case 'a crashes':
        return a.crash();
      case 'b crashes':
        return b.crash();
      case 'a loses a request':
        return (a.fault = 'request lost');
      case 'a loses a response':
        return (a.fault = 'response lost');
      case 'b loses a request':
        return (b.fault = 'request lost');
      case 'b loses a response':
        return (b.fault = 'response lost');
      case 'jobs run':
        return cluster.runJobs();
      case 'pod succeeds':
        return cluster.endPod(0);
      case 'pod fails':
        return cluster.endPod(1);
      case 'a second passes':
        return this.pass(1);
      case 'a minute passes':
        return this.pass(60);
      case 'an hour passes':
        return this.pass(3600);
      // A Job is not made, run and deleted within the milliseconds in which a replica asks for one.
      case 'garbage is collected':
        return byHand && cluster.collectGarbage();
      case 'job is deleted':
        return byHand && cluster.deleteJob('Background');
      case 'pods are deleted':
        return cluster.deletePods();
      case 'logs are stored':
        return history.storeLogs();
      case 'definition is applied':
        return cluster.setDefinition(true);
      case 'definition is deleted':
        return cluster.setDefinition(false);
      case 'task is cancelled':
        return cluster.cancel();
      case 'task is deleted':
        return cluster.deleteTask();
      default:
        throw new Error(`unknown: ${what}`);
    }
  }

  /** Time passes for everybody: what was begun milliseconds ago is over. */
  private pass(seconds: number) {
    for (const replica of [this.a, this.b]) {
      while (replica.isCreating && replica.step());
    }
    this.cluster.nowMs += seconds * 1000;
  }

  /** A run that is over stays what it became. */
  private checkOutcome() {
    const { state, reason } = this.history.sight();
    const outcome = isRunFinished(state) ? `${state} ${reason}` : undefined;
    if (this.outcome !== undefined && outcome !== this.outcome) {
      throw new BrokenPromise(`the run was ${this.outcome}, now ${outcome}`);
    }
    this.outcome = outcome;
  }

  /** Nothing goes wrong any more, and the Job's Pods end as they do. */
  settle(exitCode: number) {
    const { cluster, a } = this;
    this.b.crash();
    a.crash();
    for (let round = 0; round < 40; round++) {
      a.listen();
      while (a.step());
      this.checkOutcome();
      cluster.runJobs();
      cluster.endPod(exitCode);
      cluster.runJobs();
      this.history.storeLogs();
      cluster.collectGarbage();
      cluster.nowMs += 10_000;
      if (this.isSettled()) {
        return;
      }
    }
  }

  /** What is wrong with the end of the story, if anything. */
  get problem(): string | undefined {
    const { task, job } = this.cluster.view;
    const { state } = this.history.sight();
    if (!isRunFinished(state)) {
      return `the run is still ${state}`;
    }
    if (!task) {
      return undefined;
    }
    const { status } = task;
    if (!isFinished(status?.status)) {
      return `the task is still ${status?.status}`;
    }
    const reported =
      status?.reason === 'Cancelled' ? 'Cancelled' : status?.status;
    if (reported !== state) {
      return `the task says ${reported}, the history ${state}`;
    }
    return job && !job.status?.conditions
      ? 'a Job is left at work for a task that is over'
      : undefined;
  }

  private isSettled(): boolean {
    const { task, job } = this.cluster.view;
    return isFinished(task?.status?.status) && !job;
  }
}
