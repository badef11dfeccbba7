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

import type { V1ConfigMap, V1Job, V1Pod } from '@kubernetes/client-node';
import type { Action } from '../plan';
import type { KeptnTask, KeptnTaskStatus } from '../resources';
import { isFinished, isSameStatus } from '../state';
import { aTask, endedWith, podStatus, START } from './builders';

/** What a replica sees of the cluster, now or a while ago. */
export interface ClusterView {
  task?: KeptnTask;
  /** Whether the task's definition is there. */
  isDefined: boolean;
  configMap?: V1ConfigMap;
  job?: V1Job;
  pods: V1Pod[];
}

/** A request that the API server refused, the way a client sees it. */
export class Refused extends Error {}

/** Something happened that must never happen. */
export class BrokenPromise extends Error {}

const TRACES_LAST_MS = 60 * 60_000;

/**
 * A cluster with one KeptnTask: enough of the API server, the Job controller and the garbage collector to try out
 * every order of events. It watches over the promises that nobody may break.
 */
export class ModelCluster {
  nowMs = new Date(START).getTime();
  view: ClusterView = { task: aTask(), isDefined: false, pods: [] };
  private version = 1;
  private count = 0;
  /** When the last Pod of any Job of the task was made. */
  private lastPodMs: number | undefined;
  private outcomes: KeptnTaskStatus[] = [];
  /** Of all Jobs of the task. A cluster refuses a second one of the same name. */
  private name: string | undefined;
  jobsCreated = 0;

  get now() {
    return new Date(this.nowMs);
  }

  snapshot(): ClusterView {
    return structuredClone(this.view);
  }

  hasTrace(): boolean {
    return (
      this.view.pods.length > 0 ||
      (this.lastPodMs !== undefined &&
        this.nowMs - this.lastPodMs < TRACES_LAST_MS)
    );
  }

  // --- requests

  execute(action: Action) {
    const { view } = this;
    switch (action.type) {
      case 'create-config-map':
        view.configMap ??= action.configMap;
        return;
      case 'create-job':
        this.createJob(action.job);
        return;
      case 'delete-job':
        if (view.job?.metadata?.uid === action.uid) {
          this.deleteJob(action.propagation);
        }
        return;
      case 'set-job-ttl':
        if (view.job?.metadata?.uid === action.uid) {
          view.job.spec!.ttlSecondsAfterFinished =
            action.ttlSecondsAfterFinished;
        }
        return;
      default:
        throw new Error(`nobody asks for ${action.type} here`);
    }
  }

  /** A merge patch with the resourceVersion of what was observed. */
  patchStatus(status: KeptnTaskStatus, observedVersion: string | undefined) {
    const { task } = this.view;
    if (!task || task.metadata.resourceVersion !== observedVersion) {
      throw new Refused('conflict');
    }
    if (isFinished(task.status?.status) && !isSameStatus(status, task.status)) {
      throw new BrokenPromise('the outcome of a task was changed');
    }
    if (isFinished(status.status)) {
      this.outcomes.push(status);
    }
    task.status = { ...status };
    this.touch(task);
  }

  private createJob(job: V1Job) {
    if (this.view.job) {
      return; // AlreadyExists
    }
    if (!this.view.task) {
      return; // Made and collected at once: its owner is gone.
    }
    if (this.lastPodMs !== undefined) {
      throw new BrokenPromise('a second Job for a task that had a Pod');
    }
    // A request for the first Job may be on its way while another replica ends the task; such a Job is taken away.
    if (this.outcomes.length > 0 && this.jobsCreated > 0) {
      throw new BrokenPromise('a Job for a task that had an outcome');
    }
    this.name ??= job.metadata?.name;
    if (job.metadata?.name !== this.name) {
      throw new BrokenPromise('two names for the Job of one task');
    }
    this.jobsCreated++;
    this.view.job = {
      ...structuredClone(job),
      metadata: {
        ...job.metadata,
        uid: `job-${++this.count}`,
        creationTimestamp: this.now,
      },
      status: { startTime: this.now },
    };
  }

  // --- what the cluster does by itself

  /** The Job controller: a Pod where one is wanted, an end where it has come. */
  runJobs() {
    const { job, pods } = this.view;
    if (!job || job.metadata?.deletionTimestamp || job.status?.conditions) {
      return;
    }
    const { backoffLimit = 6, activeDeadlineSeconds = 0 } = job.spec!;
    const startMs = job.metadata!.creationTimestamp!.getTime();
    const failed = pods.filter(pod => pod.status?.phase === 'Failed').length;
    if (pods.some(pod => pod.status?.phase === 'Succeeded')) {
      this.end('Complete');
    } else if (failed > backoffLimit) {
      this.end('Failed', 'BackoffLimitExceeded');
    } else if (this.nowMs - startMs >= activeDeadlineSeconds * 1000) {
      this.view.pods = pods.filter(pod => pod.status?.phase === 'Failed');
      this.end('Failed', 'DeadlineExceeded');
    } else if (failed === pods.length) {
      this.lastPodMs = this.nowMs;
      pods.push({
        metadata: {
          name: `pod-${++this.count}`,
          namespace: 'shop',
          uid: `pod-${this.count}`,
          creationTimestamp: this.now,
        },
        spec: job.spec!.template.spec,
        status: podStatus('Running', { running: { startedAt: this.now } }),
      });
    }
  }

  endPod(exitCode: number) {
    const pod = this.view.pods.find(
      ({ status }) => status?.phase === 'Running',
    );
    if (pod) {
      pod.status = endedWith(exitCode);
    }
  }

  /** Owners that are gone take what they own along; so does time, where it was set. */
  collectGarbage() {
    const { view } = this;
    const { job } = view;
    const ttl = job?.spec?.ttlSecondsAfterFinished;
    const endMs = job?.status?.conditions?.[0].lastTransitionTime?.getTime();
    const isExpired =
      ttl !== undefined && endMs && this.nowMs - endMs >= ttl * 1000;
    if (!view.task || isExpired || job?.metadata?.deletionTimestamp) {
      view.job = undefined;
    }
    if (!view.job) {
      view.pods = [];
    }
  }

  deleteJob(propagation: 'Foreground' | 'Background') {
    const { job } = this.view;
    if (job && propagation === 'Foreground') {
      job.metadata!.deletionTimestamp ??= this.now;
    } else {
      this.view.job = undefined;
    }
  }

  // --- what people do

  deletePods() {
    this.view.pods = [];
  }

  deleteTask() {
    this.view.task = undefined;
  }

  cancel() {
    const { task } = this.view;
    if (task) {
      task.metadata.annotations = { 'keptn-tasks/cancel': 'true' };
      this.touch(task);
    }
  }

  setDefinition(isDefined: boolean) {
    this.view.isDefined = isDefined;
  }

  private end(type: string, reason?: string) {
    this.view.job!.status!.conditions = [
      { type, status: 'True', reason, lastTransitionTime: this.now },
    ];
  }

  private touch(task: KeptnTask) {
    task.metadata.resourceVersion = String(++this.version);
  }
}
