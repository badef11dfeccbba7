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

/** Since when the Pod is ready, in milliseconds; `undefined` while it is not. */
export function readySince(pod: KubeObject): number | undefined {
  const condition = (pod.status?.conditions ?? []).find(
    ({ type, status }: any) => type === 'Ready' && status === 'True',
  );
  return condition && (parseTime(condition.lastTransitionTime) ?? 0);
}

/** Milliseconds until the Pod has been ready for long enough; `undefined` while it is not ready. */
export function availableIn(
  pod: KubeObject,
  minReadySeconds: number = 0,
  now: number = Date.now(),
): number | undefined {
  const since = readySince(pod);
  if (since === undefined) return undefined;
  if (minReadySeconds === 0) return 0;
  return Math.max(0, since + minReadySeconds * 1_000 - now);
}

/** Whether the Pod has been ready for long enough. */
export function isAvailable(
  pod: KubeObject,
  minReadySeconds?: number,
  now?: number,
): boolean {
  return availableIn(pod, minReadySeconds, now) === 0;
}

/** When the next of the Pods becomes available by the mere passing of time, in milliseconds from now. */
export function nextAvailability(
  pods: KubeObject[],
  minReadySeconds?: number,
): number | undefined {
  const waits = pods
    .map(pod => availableIn(pod, minReadySeconds))
    .filter((wait): wait is number => wait !== undefined && wait > 0);
  return waits.length > 0 ? Math.min(...waits) : undefined;
}
