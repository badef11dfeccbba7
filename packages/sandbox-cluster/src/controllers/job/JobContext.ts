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

import { KubeObject, ResourceClient } from '../../ClusterApi';
import { EventRecorder } from '../common/EventRecorder';
import { BackoffRecord, BackoffStore } from './BackoffStore';
import { OwnedPods } from './OwnedPods';
import { JobCondition } from './conditions';
import { decideByPolicy } from './podFailurePolicy';
import {
  countsAsFailed,
  hasTrackingFinalizer,
  isActive,
  isReady,
  isTerminating,
} from './podState';

/** What the Job controller works with. */
export interface JobTools {
  jobs: ResourceClient;
  pods: ResourceClient;
  events: EventRecorder;
  owned: OwnedPods;
  backoff: BackoffStore;
  /** Looks at the Job again in `delayMs`. */
  again(job: KubeObject, delayMs: number): void;
}

/** One look at a Job: what is there, and what was decided about it on the way. */
export interface JobContext {
  readonly tools: JobTools;
  /** A copy; its status is what will be written. */
  job: KubeObject;
  readonly pods: KubeObject[];
  active: KubeObject[];
  ready: number;
  terminating: number;
  /** Including those that are not in the status yet. */
  readonly succeeded: number;
  readonly failed: number;
  readonly backoff: BackoffRecord;
  /** SuccessCriteriaMet or FailureTarget, once the Job is to end. */
  target?: JobCondition;
}

/** Uids of ended Pods that are noted but not yet in the counters. */
export function uncounted(
  job: KubeObject,
  kind: 'succeeded' | 'failed',
): string[] {
  return job.status.uncountedTerminatedPods?.[kind] ?? [];
}

export function newContext(tools: JobTools, stored: KubeObject): JobContext {
  const job = structuredClone(stored);
  job.status = job.status ?? {};
  const pods = tools.owned.of(job.metadata.namespace!, job.metadata.uid);
  const fresh = pods.filter(
    pod =>
      hasTrackingFinalizer(pod) &&
      !uncounted(job, 'succeeded').includes(pod.metadata.uid) &&
      !uncounted(job, 'failed').includes(pod.metadata.uid),
  );
  const newSucceeded = fresh.filter(pod => pod.status?.phase === 'Succeeded');
  const newFailed = fresh.filter(
    pod =>
      countsAsFailed(pod, job) && decideByPolicy(job, pod)?.action !== 'Ignore',
  );
  const active = pods.filter(isActive);
  return {
    tools,
    job,
    pods,
    active,
    ready: active.filter(isReady).length,
    terminating: pods.filter(isTerminating).length,
    succeeded:
      (job.status.succeeded ?? 0) +
      uncounted(job, 'succeeded').length +
      newSucceeded.length,
    failed:
      (job.status.failed ?? 0) +
      uncounted(job, 'failed').length +
      newFailed.length,
    backoff: tools.backoff.next(job.metadata.uid, newSucceeded, newFailed),
  };
}
