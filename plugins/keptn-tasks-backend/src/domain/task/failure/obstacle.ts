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

import type { CoreV1Event, V1Job, V1Pod } from '@kubernetes/client-node';
import type { TaskSettings } from '../../settings';
import { toMs } from '../../time';
import { inOrder, isPodFinished } from '../attempts';
import { taskContainerStatus } from '../taskContainer';
import type { Finding } from './Finding';
import { missingObject } from './missingObject';
import { refusal } from './refusal';

/** What keeps the next attempt from running. */
export interface Obstacle extends Finding {
  /** When waiting longer is pointless: milliseconds since 1970. Absent for what may heal or ends with the timeout. */
  failsAtMs?: number;
  /** What the run failed of then, when that has another name than what it waits for. */
  failureReason?: string;
}

/** A Job without a Pod is ordinary for a moment; after this it is worth a word. */
export const QUIET_MS = 10_000;

const IMAGE_WAITS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** Looks at a running Job for what keeps it from running. Nothing when it runs, or when it is too early to tell. */
export function obstacle(
  observed: { job: V1Job; pods: V1Pod[]; events: CoreV1Event[] },
  now: Date,
  { graces }: Pick<TaskSettings, 'graces'>,
): Obstacle | undefined {
  const { job, events } = observed;
  const pods = inOrder(observed.pods);
  const current = pods.filter(pod => !isPodFinished(pod, job)).at(-1);
  if (current) {
    return podObstacle(current, job, events, graces);
  }
  if (job.spec?.suspend) {
    return { reason: 'Suspended', message: 'The Job is suspended.' };
  }
  const sinceLastPod = toMs(pods.at(-1)?.metadata?.creationTimestamp) ?? 0;
  return (
    refusedPods(job, events, sinceLastPod, graces) ??
    (pods.length ? undefined : missingPods(job, now))
  );
}

function podObstacle(
  pod: V1Pod,
  job: V1Job,
  events: CoreV1Event[],
  graces: TaskSettings['graces'],
): Obstacle | undefined {
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled?.reason === 'SchedulingGated') {
    return {
      reason: 'SchedulingGated',
      message: `Pod ${pod.metadata?.name} is held back by a scheduling gate.`,
    };
  }
  if (unscheduled?.reason === 'Unschedulable') {
    return {
      reason: 'Unschedulable',
      message: `No node takes the task's Pod: ${unscheduled.message ?? ''}`,
    };
  }
  const waiting = taskContainerStatus(pod, job)?.state?.waiting;
  if (waiting) {
    return containerObstacle(pod, job, waiting, events, graces);
  }
  return undefined;
}

function containerObstacle(
  pod: V1Pod,
  job: V1Job,
  waiting: { reason?: string; message?: string },
  events: CoreV1Event[],
  graces: TaskSettings['graces'],
): Obstacle | undefined {
  const { reason = '', message = '' } = waiting;
  const namespace = pod.metadata?.namespace ?? '';
  const sinceMs =
    toMs(pod.status?.startTime) ?? toMs(pod.metadata?.creationTimestamp) ?? 0;
  const startBy = sinceMs + graces.startSeconds * 1000;
  const image = taskContainerStatus(pod, job)?.image ?? 'of the task';

  if (reason === 'InvalidImageName') {
    return {
      reason: 'ImageInvalid',
      message: `"${image}" cannot be the name of an image; correct it in the definition.`,
      failsAtMs: 0,
    };
  }
  if (reason === 'ErrImageNeverPull') {
    return {
      reason: 'ImagePullFailed',
      message: `Image ${image} is not on the node and imagePullPolicy Never forbids to pull it.`,
      failsAtMs: 0,
    };
  }
  if (IMAGE_WAITS.has(reason)) {
    return {
      reason: 'WaitingForImage',
      message: `Image ${image} cannot be pulled: ${pullError(message)}`,
      failsAtMs: sinceMs + graces.imagePullSeconds * 1000,
      failureReason: 'ImagePullFailed',
    };
  }
  if (
    reason.endsWith('ConfigError') ||
    reason === 'CreateContainerError' ||
    reason === 'RunContainerError'
  ) {
    const missing = missingObject(message, namespace);
    return {
      ...(missing ?? {
        reason: 'StartFailed',
        message: `The container cannot start: ${message || reason}`,
      }),
      failsAtMs: startBy,
    };
  }
  return mountObstacle(pod, events, namespace, startBy);
}

/** A volume that cannot be mounted is told by events only; the Pod itself says `ContainerCreating` for ever. */
function mountObstacle(
  pod: V1Pod,
  events: CoreV1Event[],
  namespace: string,
  startBy: number,
): Obstacle | undefined {
  const event = latest(
    events.filter(
      ({ reason, involvedObject }) =>
        reason === 'FailedMount' &&
        (involvedObject.uid
          ? involvedObject.uid === pod.metadata?.uid
          : involvedObject.name === pod.metadata?.name),
    ),
  );
  if (!event) {
    return undefined;
  }
  const missing = missingObject(event.message ?? '', namespace);
  return missing
    ? { ...missing, failsAtMs: startBy }
    : {
        reason: 'WaitingForVolume',
        message: `A volume of the task cannot be mounted: ${
          event.message ?? ''
        }`,
      };
}

function refusedPods(
  job: V1Job,
  events: CoreV1Event[],
  afterMs: number,
  graces: TaskSettings['graces'],
): Obstacle | undefined {
  const about = events.filter(
    event =>
      event.reason === 'FailedCreate' &&
      (event.involvedObject.uid
        ? event.involvedObject.uid === job.metadata?.uid
        : event.involvedObject.name === job.metadata?.name) &&
      lastSeenMs(event) >= afterMs,
  );
  const event = latest(about);
  if (!event) {
    return undefined;
  }
  const firstMs = Math.max(afterMs, Math.min(...about.map(firstSeenMs)));
  return {
    ...refusal(event.message ?? '', job.metadata?.namespace ?? ''),
    failsAtMs: firstMs + graces.startSeconds * 1000,
  };
}

function missingPods(job: V1Job, now: Date): Obstacle | undefined {
  const createdMs = toMs(job.metadata?.creationTimestamp) ?? 0;
  return now.getTime() - createdMs < QUIET_MS
    ? undefined
    : {
        reason: 'WaitingForPods',
        message: 'The cluster has not made a Pod for the Job yet.',
      };
}

function latest(events: CoreV1Event[]): CoreV1Event | undefined {
  return [...events].sort((a, b) => lastSeenMs(a) - lastSeenMs(b)).at(-1);
}

function firstSeenMs(event: CoreV1Event): number {
  return (
    toMs(event.firstTimestamp) ??
    toMs(event.eventTime) ??
    toMs(event.metadata.creationTimestamp) ??
    0
  );
}

function lastSeenMs(event: CoreV1Event): number {
  return (
    toMs(event.series?.lastObservedTime) ??
    toMs(event.lastTimestamp) ??
    firstSeenMs(event)
  );
}

function pullError(message: string): string {
  const cause = message.replace(
    /^Back-off pulling image "[^"]*":? ?(ErrImagePull: )?/,
    '',
  );
  return cause || 'the registry gives no reason';
}
