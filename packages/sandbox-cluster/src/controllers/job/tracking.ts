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

import { KubeObject } from '../../ClusterApi';
import { JobContext, uncounted } from './JobContext';
import {
  JobCondition,
  ensureCondition,
  hasCondition,
  terminalConditionOf,
} from './conditions';
import { releasePod } from './managePods';
import { decideByPolicy } from './podFailurePolicy';
import { countsAsFailed, hasTrackingFinalizer } from './podState';

/**
 * Counts ended Pods exactly once: note their uids in the status, take the finalizer off, then move them into
 * the counters. The condition that ends the Job is written with the last of these writes, when no Pod is
 * left that could still be running.
 */
export function track(context: JobContext, changed: boolean): void {
  const { job, tools } = context;
  const { status } = job;
  let dirty = setNumbers(context) || changed || !status.uncountedTerminatedPods;
  status.uncountedTerminatedPods = status.uncountedTerminatedPods ?? {};
  dirty = settle(job, finalizersLeft(context)) || dirty;

  const done = context.pods.filter(
    pod => hasTrackingFinalizer(pod) && mayRelease(context, pod),
  );
  for (const pod of done) dirty = note(context, pod) || dirty;
  if (context.target && !hasCondition(job, context.target.type)) {
    dirty = ensureCondition(status, context.target) || dirty;
  }
  if (dirty) write(context);
  tools.backoff.keep(job.metadata.uid, context.backoff);

  for (const pod of done) releasePod(tools.pods, pod);
  dirty = settle(job, finalizersLeft(context));
  const end = endOf(context);
  if (end) {
    ensureCondition(status, end);
    if (end.type === 'Complete') status.completionTime = end.lastTransitionTime;
  }
  if (dirty || end) write(context);
  if (end) announce(context, end);
}

function setNumbers({ job, active, ready, terminating }: JobContext): boolean {
  const { status } = job;
  const changed =
    (status.active ?? 0) !== active.length ||
    status.ready !== ready ||
    status.terminating !== terminating;
  if (active.length > 0) status.active = active.length;
  else delete status.active;
  status.ready = ready;
  status.terminating = terminating;
  return changed;
}

function mayRelease({ job, target }: JobContext, pod: KubeObject): boolean {
  return (
    Boolean(job.metadata.deletionTimestamp) ||
    Boolean(target) ||
    countsAsFailed(pod, job) ||
    pod.status?.phase === 'Succeeded'
  );
}

/** Notes the uid of an ended Pod; tells whether that is news. */
function note({ job, target }: JobContext, pod: KubeObject): boolean {
  const { uid } = pod.metadata;
  const pending = job.status.uncountedTerminatedPods;
  const known =
    uncounted(job, 'succeeded').includes(uid) ||
    uncounted(job, 'failed').includes(uid);
  if (known) return false;
  if (pod.status?.phase === 'Succeeded') {
    pending.succeeded = [...uncounted(job, 'succeeded'), uid];
    return true;
  }
  // When the Job is to fail, whatever has not ended yet counts as failed.
  const failed = countsAsFailed(pod, job) || target?.type === 'FailureTarget';
  if (!failed || decideByPolicy(job, pod)?.action === 'Ignore') return false;
  pending.failed = [...uncounted(job, 'failed'), uid];
  return true;
}

function finalizersLeft({ tools, job }: JobContext): Set<string> {
  const pods = tools.owned.of(job.metadata.namespace!, job.metadata.uid);
  return new Set(
    pods.filter(hasTrackingFinalizer).map(({ metadata }) => metadata.uid),
  );
}

/** Moves noted Pods whose finalizer is gone into the counters; tells whether there were any. */
function settle(job: KubeObject, withFinalizer: Set<string>): boolean {
  let moved = false;
  for (const kind of ['succeeded', 'failed'] as const) {
    const noted = uncounted(job, kind);
    const left = noted.filter(uid => withFinalizer.has(uid));
    if (left.length === noted.length) continue;
    moved = true;
    job.status[kind] = (job.status[kind] ?? 0) + noted.length - left.length;
    if (left.length > 0) job.status.uncountedTerminatedPods[kind] = left;
    else delete job.status.uncountedTerminatedPods[kind];
  }
  return moved;
}

function endOf({ job, target, terminating }: JobContext) {
  if (!target || terminating > 0) return undefined;
  if (uncounted(job, 'succeeded').length > 0) return undefined;
  if (uncounted(job, 'failed').length > 0) return undefined;
  return terminalConditionOf(target);
}

function write(context: JobContext): void {
  const { tools, job } = context;
  const stored = tools.jobs.updateStatus(job);
  context.job = { ...job, metadata: stored.metadata };
}

function announce({ tools, job }: JobContext, end: JobCondition): void {
  const failed = end.type === 'Failed';
  tools.events.record(job, {
    type: failed ? 'Warning' : 'Normal',
    reason: failed ? end.reason : 'Completed',
    message: failed ? end.message : 'Job completed',
  });
}
