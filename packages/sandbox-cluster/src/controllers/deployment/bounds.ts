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
import { resolvePercent } from '../workload/percent';

/** How many Pods there may be beyond what the Deployment wants. */
export function maxSurge(deployment: KubeObject): number {
  return isRolling(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many of the wanted Pods may be missing. */
export function maxUnavailable(deployment: KubeObject): number {
  const { replicas } = deployment.spec;
  if (!isRolling(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

/** Whether Pods are replaced a few at a time. */
export function isRolling({ spec }: KubeObject): boolean {
  return spec.strategy?.type !== 'Recreate';
}

/** Surge is rounded up, unavailability down; when both come to nothing, one Pod may be missing. */
function fenceposts({ spec }: KubeObject) {
  const { rollingUpdate = {} } = spec.strategy ?? {};
  const surge = resolvePercent(rollingUpdate.maxSurge, spec.replicas, 'up');
  const unavailable = resolvePercent(
    rollingUpdate.maxUnavailable,
    spec.replicas,
    'down',
  );
  const stuck = surge === 0 && unavailable === 0;
  return { surge, unavailable: stuck ? 1 : unavailable };
}
