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
import { parseTime } from '../common/time';

/** Holds a Pod in place until its Job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';

export function isTerminal(pod: KubeObject): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Neither ended nor told to end. */
export function isActive(pod: KubeObject): boolean {
  return !isTerminal(pod) && !pod.metadata.deletionTimestamp;
}

/** Told to end, and not ended yet. */
export function isTerminating(pod: KubeObject): boolean {
  return !isTerminal(pod) && Boolean(pod.metadata.deletionTimestamp);
}

export function isReady(pod: KubeObject): boolean {
  return (pod.status?.conditions ?? []).some(
    (condition: any) =>
      condition.type === 'Ready' && condition.status === 'True',
  );
}

export function hasTrackingFinalizer(pod: KubeObject): boolean {
  return pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

/** A Job whose lost Pods are only replaced when they have really failed. */
export function replacesFailedOnly(job: KubeObject): boolean {
  return job.spec.podReplacementPolicy === 'Failed';
}

/**
 * Whether the Pod counts as failed. A Pod that is being deleted does too, as it may never reach a phase,
 * unless the Job wants to wait for it.
 */
export function countsAsFailed(pod: KubeObject, job: KubeObject): boolean {
  if (pod.status?.phase === 'Failed') return true;
  if (replacesFailedOnly(job)) return false;
  return (
    Boolean(pod.metadata.deletionTimestamp) && pod.status?.phase !== 'Succeeded'
  );
}

/** When the Pod ended, in milliseconds: its last container, else its Ready condition, else its deletion. */
export function finishTime(pod: KubeObject): number {
  const ended = (pod.status?.containerStatuses ?? []).map((status: any) =>
    parseTime(status.state?.terminated?.finishedAt),
  );
  if (ended.length > 0 && ended.every((at: unknown) => at !== undefined)) {
    return Math.max(...ended);
  }
  const ready = (pod.status?.conditions ?? []).find(
    (condition: any) =>
      condition.type === 'Ready' && condition.status === 'False',
  );
  const deleted = parseTime(pod.metadata.deletionTimestamp);
  const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1_000;
  return (
    (isTerminal(pod) ? parseTime(ready?.lastTransitionTime) : undefined) ??
    (deleted === undefined ? undefined : deleted - grace) ??
    Date.now()
  );
}
