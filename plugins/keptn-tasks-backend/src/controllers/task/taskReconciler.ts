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
import { isClusterError } from '../../cluster/ClusterError';
import type { EventRecorder } from '../../cluster/EventRecorder';
import { keyText } from '../../cluster/ResourceCache';
import { isManaged } from '../../domain/labels';
import type { Action } from '../../domain/plan';
import type { KeptnTask } from '../../domain/resources';
import { isFinished, isSameStatus } from '../../domain/state';
import { planTask } from '../../domain/task/planTask';
import type { TaskObservation, TaskPlan } from '../../domain/task/TaskPlan';
import type { Reconcile, ReconcileResult, Wake } from '../Controller';
import { executeAction } from '../executeActions';
import { backoffMs } from '../runtime/backoff';
import { keepLogs } from './keepLogs';
import type { LogFollower } from './LogFollower';
import type { KnownTask, TaskSources } from './observeTask';
import { hasUnseenPods, observeTask, observeTaskLive } from './observeTask';
import { Refusals } from './Refusals';
import { statusPatch } from './statusPatch';
import type { TaskRecords } from './TaskRecords';
import { UntoldNotices } from './UntoldNotices';

export interface TaskReconcilerOptions extends TaskSources {
  records: TaskRecords;
  events: EventRecorder;
  follower: LogFollower;
  wake: Wake;
  /** Throws unless this replica may act on the cluster now. */
  assertLeader: () => void;
  /** How often a Job is read that no watch tells of. */
  foreignJobMs: number;
  now: () => Date;
}

type Creation = Extract<Action, { type: 'create-job' | 'create-config-map' }>;

const ASK_AGAIN = { firstMs: 1_000, maxMs: 30_000 };

/** Runs a KeptnTask as a Job and reports how it went. */
export function createTaskReconciler(
  options: TaskReconcilerOptions,
): Reconcile {
  const { watches, records, assertLeader, wake } = options;
  const refusals = new Refusals();
  const untold = new UntoldNotices();

  return async key => {
    const task = watches.tasks.cache.get(key);
    if (!task || records.isSettled(task.metadata.uid)) {
      return {};
    }
    assertLeader();
    const { uid } = task.metadata;
    const { observed, plan } = await decide(options, {
      task,
      recorded: await records.get(task),
      refused: refusals.get(uid),
    });

    // Intent and outcome are stored before the cluster learns of them: a crash in between repeats nothing.
    assertLeader();
    const recorded = await records.update(task, plan.run);

    const creations = plan.actions.filter(isCreation);
    if (creations.length > 0) {
      const answer = await create(options, task, creations, refusals);
      if (answer === 'created') {
        // Other tasks get their Jobs before this one gets its status.
        wake(key, 'later');
        return {};
      }
      if (answer === 'refused anew') {
        // What the API server said is to be said on the task, at once.
        wake(key, 'first');
        return {};
      }
    }

    await untold.tellIfStored(task, options.events);
    await report(options, task, plan, untold);
    for (const action of plan.actions.filter(step => !isCreation(step))) {
      const { job } = await executeAction(options.client, action);
      if (job) {
        watches.jobs.learn(job);
      }
    }
    await keepLogs(options, key, { ...observed, recorded }, plan.run.attempts);

    if (isSettled(task, plan) && recorded.logsStored) {
      records.settle(uid);
      refusals.clear(uid);
      options.follower.forget(recorded.id);
      return {};
    }
    return earliest(
      plan.requeueAfterMs,
      refusals.get(uid) && backoffMs(refusals.times(uid), ASK_AGAIN),
      isUnwatched(observed) ? options.foreignJobMs : undefined,
    );
  };
}

/** Looks and plans; a second time, live, where the plan rests on what only the API server can tell. */
async function decide(
  options: TaskReconcilerOptions,
  known: KnownTask,
): Promise<{ observed: TaskObservation; plan: TaskPlan }> {
  const { now, settings } = options;
  const observed = await observeTask(options, known);
  const plan = planTask(observed, now(), settings);
  const isOver = isRunFinished(plan.run.state) && !known.recorded.logsStored;
  if (!plan.needsLiveRead && !(isOver && hasUnseenPods(observed))) {
    return { observed, plan };
  }
  const live = await observeTaskLive(options, known);
  const livePlan = planTask(live, now(), settings);
  if (livePlan.needsLiveRead) {
    throw new Error(
      `The plan for task ${keyText(
        known.task.metadata,
      )} wants a live read again`,
    );
  }
  return { observed: live, plan: livePlan };
}

/** Creates what the task needs, in order, up to the first refusal. */
async function create(
  { client, watches, now }: TaskReconcilerOptions,
  task: KeptnTask,
  creations: Creation[],
  refusals: Refusals,
): Promise<'created' | 'refused anew' | 'refused again'> {
  const { uid } = task.metadata;
  for (const creation of creations) {
    try {
      const { job, configMap } = await executeAction(client, creation);
      if (job) {
        watches.jobs.learn(job);
      }
      if (configMap) {
        watches.configMaps?.learn(configMap);
      }
    } catch (error) {
      if (!isClusterError(error, 'invalid', 'forbidden')) {
        throw error;
      }
      const isNews = refusals.note(uid, whatOf(creation), error, now());
      return isNews ? 'refused anew' : 'refused again';
    }
  }
  refusals.clear(uid);
  return 'created';
}

/** Writes the status if it says something else than before, and tells people about the step. */
async function report(
  { client, watches, events }: TaskReconcilerOptions,
  task: KeptnTask,
  plan: TaskPlan,
  untold: UntoldNotices,
): Promise<void> {
  if (isSameStatus(task.status, plan.status)) {
    return;
  }
  const { namespace, name } = task.metadata;
  const key = { namespace, name };
  try {
    const patch = statusPatch(task, plan.status);
    const patched = await client.patchStatus('KeptnTask', key, patch);
    watches.tasks.learn(patched);
  } catch (error) {
    if (isClusterError(error, 'not-found')) {
      return;
    }
    if (isClusterError(error, 'unavailable')) {
      // It may be stored all the same.
      untold.keep(task, plan);
    }
    if (isClusterError(error, 'conflict')) {
      // The watch lags behind; the next look should not run into the same.
      const current = await client.get('KeptnTask', key);
      if (current) {
        watches.tasks.learn(current, 'quietly');
      }
    }
    throw error;
  }
  await events.tell(task, plan.notices);
}

/** History and task agree, and nothing is left to do in the cluster. */
function isSettled(task: KeptnTask, plan: TaskPlan): boolean {
  return (
    isFinished(task.status?.status) &&
    isSameStatus(task.status, plan.status) &&
    plan.actions.length === 0
  );
}

/** A Job that another operator made, which our watch leaves out. */
function isUnwatched({ task, job }: TaskObservation): boolean {
  return (
    job !== undefined && !isManaged(job) && !isFinished(task.status?.status)
  );
}

function isCreation(action: Action): action is Creation {
  return action.type === 'create-job' || action.type === 'create-config-map';
}

function whatOf(creation: Creation) {
  return creation.type === 'create-job'
    ? { what: 'Job' as const, name: creation.job.metadata!.name! }
    : { what: 'ConfigMap' as const, name: creation.configMap.metadata!.name! };
}

function earliest(...delays: (number | undefined)[]): ReconcileResult {
  const known = delays.filter(delay => delay !== undefined);
  return known.length === 0 ? {} : { requeueAfterMs: Math.min(...known) };
}
