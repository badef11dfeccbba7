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

import type { V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';
import type { Attempt } from 'backstage-plugin-keptn-tasks-common';
import { toIso, toMs } from '../time';
import { taskContainerStatus } from './taskContainer';

/** An attempt that is recorded already, so that it keeps its number when its Pod is gone. */
export type KnownAttempt = Pick<Attempt, 'number' | 'podName'>;

/** The Pods of a Job as attempts, in the order in which they were made. */
export function attempts(
  pods: V1Pod[],
  known: readonly KnownAttempt[] = [],
  job?: V1Job,
): Attempt[] {
  let last = Math.max(0, ...known.map(({ number }) => number));
  return inOrder(pods, known).map(pod => {
    const recorded = known.find(
      ({ podName }) => podName === pod.metadata?.name,
    );
    return attempt(pod, recorded?.number ?? ++last, job);
  });
}

/**
 * Pods in the order in which they were made. Kubernetes tells the second in which that was; two of one second have the
 * order in which they were recorded.
 */
export function inOrder(
  pods: V1Pod[],
  known: readonly KnownAttempt[] = [],
): V1Pod[] {
  const recorded = (pod: V1Pod) =>
    known.find(({ podName }) => podName === pod.metadata?.name)?.number ??
    Number.MAX_SAFE_INTEGER;
  return [...pods].sort(
    (a, b) =>
      recorded(a) - recorded(b) ||
      (toMs(a.metadata?.creationTimestamp) ?? 0) -
        (toMs(b.metadata?.creationTimestamp) ?? 0) ||
      (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? ''),
  );
}

/** Whether a Pod will not run any more. */
export function isPodFinished(pod: V1Pod, job?: V1Job): boolean {
  return ['Succeeded', 'Failed'].includes(
    stateOf(pod, taskContainerStatus(pod, job)),
  );
}

function attempt(pod: V1Pod, number: number, job?: V1Job): Attempt {
  const status = taskContainerStatus(pod, job);
  const terminated = status?.state?.terminated;
  const started = startOf(
    terminated?.startedAt ?? status?.state?.running?.startedAt,
  );
  const ended = terminated?.reason === 'Completed' ? undefined : terminated;
  return withoutUndefined({
    number,
    state: stateOf(pod, status),
    podName: pod.metadata?.name,
    nodeName: pod.spec?.nodeName,
    exitCode: terminated?.exitCode,
    reason: pod.status?.reason ?? ended?.reason,
    message: pod.status?.message ?? ended?.message,
    createdAt: toIso(pod.metadata?.creationTimestamp),
    startedAt: started,
    finishedAt: toIso(terminated?.finishedAt),
  });
}

function stateOf(
  { spec, status }: V1Pod,
  container: V1ContainerStatus | undefined,
): Attempt['state'] {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') {
    return status.phase;
  }
  const { running, terminated } = container?.state ?? {};
  // A Pod that restarts its container in place (Keptn's own do) goes on.
  if (terminated && spec?.restartPolicy !== 'OnFailure') {
    return terminated.exitCode === 0 ? 'Succeeded' : 'Failed';
  }
  return running || container?.restartCount || status?.phase === 'Running'
    ? 'Running'
    : 'Pending';
}

/** A container that never started is stamped with the year 1970. */
function startOf(time: Date | string | undefined) {
  const ms = toMs(time);
  return ms ? toIso(time) : undefined;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, content]) => content !== undefined),
  ) as T;
}
