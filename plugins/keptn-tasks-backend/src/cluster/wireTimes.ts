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

import type {
  CoreV1Event,
  V1Job,
  V1ObjectMeta,
  V1Pod,
} from '@kubernetes/client-node';
import type { ClusterObject, Kind, ResourceTypes } from './resourceKinds';

/**
 * Turns the times of an object that came as JSON into the `Date`s that its type promises. Times that are strings in
 * their types (those of Keptn's resources) and those of a Lease, which has its own precision, stay as they are.
 * Changes and returns the object.
 */
export function reviveTimes<K extends Kind>(
  kind: K,
  object: ResourceTypes[K],
): ResourceTypes[K] {
  reviveMeta((object as ClusterObject).metadata);
  switch (kind) {
    case 'Job':
      reviveJob(object as V1Job);
      break;
    case 'Pod':
      revivePod(object as V1Pod);
      break;
    case 'Event':
      reviveEvent(object as CoreV1Event);
      break;
    default:
  }
  return object;
}

function reviveMeta(metadata: V1ObjectMeta | undefined) {
  revive(metadata, 'creationTimestamp', 'deletionTimestamp');
}

function reviveJob({ status }: V1Job) {
  revive(status, 'startTime', 'completionTime');
  status?.conditions?.forEach(condition =>
    revive(condition, 'lastTransitionTime', 'lastProbeTime'),
  );
}

function revivePod({ status }: V1Pod) {
  revive(status, 'startTime');
  status?.conditions?.forEach(condition =>
    revive(condition, 'lastTransitionTime', 'lastProbeTime'),
  );
  for (const container of [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
  ]) {
    for (const state of [container.state, container.lastState]) {
      revive(state?.running, 'startedAt');
      revive(state?.terminated, 'startedAt', 'finishedAt');
    }
  }
}

function reviveEvent(event: CoreV1Event) {
  revive(event, 'firstTimestamp', 'lastTimestamp', 'eventTime');
  revive(event.series, 'lastObservedTime');
}

function revive<T extends object>(
  holder: T | undefined,
  ...fields: (keyof T)[]
) {
  for (const field of fields) {
    const value = holder?.[field] as unknown;
    if (typeof value === 'string') {
      (holder as Record<keyof T, unknown>)[field] = new Date(value);
    } else if (value === null) {
      delete holder![field];
    }
  }
}
