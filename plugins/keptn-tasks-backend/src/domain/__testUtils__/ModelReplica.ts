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
import { defaultTaskSettings } from '../settings';
import { isSameStatus } from '../state';
import { planTask } from '../task/planTask';
import type { TaskPlan } from '../task/TaskPlan';
import { aDefinition, resolved } from './builders';
import { Refused, type ClusterView, type ModelCluster } from './ModelCluster';
import type { ModelHistory } from './ModelHistory';

const MISSING = resolved();
const THERE = resolved(
  aDefinition({
    deno: { inline: { code: 'console.log(1)' } },
    retries: 1,
    timeout: '2m',
  }),
);

/** What may go wrong with one request: it is lost on its way, or its answer is. */
export type Fault = 'request lost' | 'response lost';

/**
 * A backend replica that works on the task, one request at a time, so that it can be stopped between any two of
 * them. It sees the cluster as it was when it last listened.
 */
export class ModelReplica {
  private cache: ClusterView;
  private steps: Generator<void> | undefined;
  private isAboutToCreate = false;
  fault: Fault | undefined;

  constructor(
    private readonly cluster: ModelCluster,
    private readonly history: ModelHistory,
  ) {
    this.cache = cluster.snapshot();
  }

  /** Between its last look at the history and its request for a Job, a matter of milliseconds. */
  get isCreating() {
    return this.isAboutToCreate;
  }

  listen() {
    this.cache = this.cluster.snapshot();
  }

  crash() {
    this.steps = undefined;
    this.isAboutToCreate = false;
    this.fault = undefined;
  }

  /** Goes on to the next request. Returns `false` when the task has been dealt with. */
  step(): boolean {
    this.steps ??= this.reconcile();
    try {
      if (!this.steps.next().done) {
        return true;
      }
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
    }
    this.crash();
    return false;
  }

  private *reconcile(): Generator<void> {
    let view = this.cache;
    const { task } = view;
    if (!task) {
      this.history.taskDeleted();
      return;
    }
    const recorded = this.history.sight();
    this.isAboutToCreate = true;
    yield;

    let plan = this.plan(view, recorded);
    if (plan.needsLiveRead) {
      view = { ...this.cluster.snapshot(), task };
      plan = this.plan(view, recorded, { jobTrace: this.cluster.hasTrace() });
    }
    this.isAboutToCreate = plan.actions.some(
      ({ type }) => type === 'create-job',
    );
    yield;

    const stored = this.history.update(plan.run);
    yield;
    // Another replica knows more: what was decided without that does not count.
    if (
      (isRunFinished(stored.state) && stored.state !== plan.run.state) ||
      (stored.jobUid !== undefined && this.isAboutToCreate)
    ) {
      return;
    }
    for (const action of plan.actions) {
      this.request(() => this.cluster.execute(action));
      yield;
    }
    this.isAboutToCreate = false;
    if (!isSameStatus(task.status, plan.status)) {
      this.request(() =>
        this.cluster.patchStatus(plan.status, task.metadata.resourceVersion),
      );
    }
  }

  private plan(
    view: ClusterView,
    recorded: ReturnType<ModelHistory['sight']>,
    live?: { jobTrace: boolean },
  ): TaskPlan {
    return planTask(
      {
        task: view.task!,
        recorded,
        definition: view.isDefined ? THERE : MISSING,
        codeConfigMap: view.configMap,
        job: view.job,
        pods: view.pods,
        events: [],
        live,
      },
      this.cluster.now,
      defaultTaskSettings,
    );
  }

  private request(send: () => void) {
    const fault = this.fault;
    this.fault = undefined;
    if (fault !== 'request lost') {
      send();
    }
    if (fault) {
      throw new Refused(fault);
    }
  }
}
