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

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ObjectKey } from '../cluster/ClusterClient';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import type { Change } from '../cluster/ResourceCache';
import type { ClusterObject } from '../cluster/resourceKinds';
import type { KeptnTask } from '../domain/resources';
import { isFinished } from '../domain/state';
import type { Wake } from './Controller';
import type { Priority } from './runtime/WorkQueue';
import { ControllerRunner } from './runtime/ControllerRunner';
import { createDefinitionReconciler } from './definition/definitionReconciler';
import type { TaskReconcilerOptions } from './task/taskReconciler';
import { createTaskReconciler } from './task/taskReconciler';
import { createTaskRecorder } from './task/taskRecorder';
import { controllerOf } from './trim';

export interface ControllersOptions
  extends Omit<TaskReconcilerOptions, 'wake'> {
  mode: ClusterConfig['mode'];
  workers: number;
  logger: LoggerService;
}

/** The controllers of a cluster. Nothing wakes them before `connect`. */
export interface Controllers {
  tasks: ControllerRunner;
  /** Only where we reconcile. */
  definitions?: ControllerRunner;
  /** Wakes the task of a run at work. */
  wakeRun(runId: string): void;
  /** Looks at everything now, and from now on at whatever changes. */
  connect(): void;
  /** Takes no more news, and waits for the looks under way, but not longer than the bound. */
  stop(boundMs: number): Promise<void>;
}

/** The controllers, and what wakes each of them: the table of contents of the work on a cluster. */
export function createControllers(options: ControllersOptions): Controllers {
  const { mode, watches, records, workers, logger, now } = options;

  // A reconciler wakes its own tasks, so that queue and reconciler need each other.
  let wake: Wake = () => undefined;
  const wakeLater: Wake = (key, priority) => wake(key, priority);
  const tasks = new ControllerRunner({
    name: 'task',
    workers,
    logger,
    reconcile:
      mode === 'reconcile'
        ? createTaskReconciler({ ...options, wake: wakeLater })
        : createTaskRecorder({ ...options, wake: wakeLater }),
  });
  wake = tasks.wake;
  const definitions =
    mode === 'reconcile'
      ? new ControllerRunner({
          name: 'definition',
          workers: Math.max(1, Math.ceil(workers / 4)),
          logger,
          reconcile: createDefinitionReconciler(options),
        })
      : undefined;

  const { jobs, pods } = watches;
  let stopListening: () => void = () => undefined;

  /** A task without a Job goes before the news about Jobs that run. */
  const priorityOf = ({ metadata, status }: KeptnTask): Priority =>
    isFinished(status?.status) ||
    status?.jobName ||
    jobs.cache.find('task', metadata.uid).length > 0
      ? 'later'
      : 'first';
  const wakeTask = (task: KeptnTask) => {
    if (!records.isSettled(task.metadata.uid)) {
      records.expect(task);
      wake(task.metadata, priorityOf(task));
    }
  };
  const wakeOwner = (job: ClusterObject | undefined) => {
    const owner = job && controllerOf(job, 'KeptnTask');
    if (owner && !records.isSettled(owner.uid)) {
      wake({ namespace: job.metadata!.namespace!, name: owner.name });
    }
  };
  const wakeOwnerOfPod = (pod: ClusterObject | undefined) => {
    const owner = pod && controllerOf(pod, 'Job');
    wakeOwner(owner && jobs.cache.find('uid', owner.uid)[0]);
  };
  const wakeWaiting = () => {
    for (const task of watches.tasks.cache.find('waiting', 'yes')) {
      wakeTask(task);
    }
  };

  return {
    tasks,
    definitions,

    wakeRun(runId) {
      const key = records.keyOf(runId);
      if (key) {
        wake(key);
      }
    },

    connect() {
      // The task itself: it is new, somebody wants it cancelled, or somebody else wrote its status.
      watches.tasks.onChange(change => {
        if (change.type === 'deleted') {
          const { uid } = change.object.metadata;
          records
            .taskDeleted(uid, now())
            .catch(error =>
              logger.error(
                `The end of a deleted task could not be recorded`,
                toError(error),
              ),
            );
        } else {
          wakeTask(change.object);
        }
      });
      // The outcome of the Job is the outcome of the task.
      jobs.onChange(({ object }) => wakeOwner(object));
      // Its Pods tell why it does not start, which attempt it is, and that there is a log to follow.
      pods.onChange(({ object }) => wakeOwnerOfPod(object));
      // Only events say why Pods are not created or volumes not mounted.
      watches.jobEvents.onChange(({ object }) =>
        wakeOwner(jobs.cache.find('uid', object.involvedObject.uid ?? '')[0]),
      );
      watches.podEvents.onChange(({ object }) => {
        const { namespace, name } = object.involvedObject;
        wakeOwnerOfPod(pods.cache.get({ namespace: namespace!, name: name! }));
      });
      // Tasks may be waiting for a definition that did not exist, was wrong, or referred to one that did not.
      stopListening = options.definitions.onChange(change => {
        if (change.type !== 'deleted') {
          definitions?.wake(change.object.metadata);
        }
        wakeWaiting();
      });
      // Somebody deleted or changed the code of a definition; or the code is there at last.
      watches.configMaps?.onChange(change => {
        for (const key of definitionKeys(change)) {
          definitions?.wake(key);
        }
        wakeWaiting();
      });

      for (const definition of options.definitions.cache.values()) {
        definitions?.wake(definition.metadata);
      }
      for (const task of watches.tasks.cache.values()) {
        wakeTask(task);
      }
      definitions?.start();
      tasks.start();
    },

    async stop(boundMs) {
      stopListening();
      await Promise.all([tasks.stop(boundMs), definitions?.stop(boundMs)]);
    },
  };
}

function definitionKeys({ object }: Change<ClusterObject>): ObjectKey[] {
  const owner = controllerOf(object, 'KeptnTaskDefinition');
  return owner
    ? [{ namespace: object.metadata!.namespace!, name: owner.name }]
    : [];
}
