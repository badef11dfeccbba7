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

import { toKubernetesTime } from '../../time';
import type {
  ItemStatus,
  KeptnAppVersionStatus,
  KeptnWorkloadVersionStatus,
  ReleaseState,
} from '../resources';
import { isCompleted } from '../phase/states';

const WORKLOAD_STATES = [
  'preDeploymentStatus',
  'preDeploymentEvaluationStatus',
  'deploymentStatus',
  'postDeploymentStatus',
  'postDeploymentEvaluationStatus',
  'status',
] as const;

const APP_STATES = [
  'preDeploymentStatus',
  'preDeploymentEvaluationStatus',
  'workloadOverallStatus',
  'postDeploymentStatus',
  'postDeploymentEvaluationStatus',
  'promotionStatus',
  'status',
] as const;

const WORKLOAD_ITEMS = [
  'preDeploymentTaskStatus',
  'postDeploymentTaskStatus',
  'preDeploymentEvaluationTaskStatus',
  'postDeploymentEvaluationTaskStatus',
] as const;

const APP_ITEMS = [...WORKLOAD_ITEMS, 'promotionTaskStatus'] as const;

/** The part of a workload version's status that changes when a newer version takes its place. */
export function deprecatedWorkloadStatus(
  status: KeptnWorkloadVersionStatus | undefined,
  at: Date,
): KeptnWorkloadVersionStatus {
  // Where its Pods were let go, they stay free.
  const isLetGo = status?.deploymentStatus === 'Progressing';
  return deprecated(
    status ?? {},
    WORKLOAD_STATES.filter(field => !isLetGo || field !== 'deploymentStatus'),
    WORKLOAD_ITEMS,
    at,
  );
}

/** The same of an app version's. */
export function deprecatedAppStatus(
  status: KeptnAppVersionStatus | undefined,
  at: Date,
): KeptnAppVersionStatus {
  return deprecated(status ?? {}, APP_STATES, APP_ITEMS, at);
}

/** What is not over becomes Deprecated; outcomes that were recorded stay. */
function deprecated<State extends string, Items extends string>(
  status: { [K in State]?: ReleaseState } & { [K in Items]?: ItemStatus[] } & {
    endTime?: string;
  },
  states: readonly State[],
  lists: readonly Items[],
  at: Date,
) {
  const endTime = toKubernetesTime(at);
  return {
    ...Object.fromEntries(
      states
        .filter(field => !isCompleted(status[field]))
        .map(field => [field, 'Deprecated']),
    ),
    ...Object.fromEntries(
      lists
        .filter(field => status[field]?.some(item => !isCompleted(item.status)))
        .map(field => [
          field,
          status[field]!.map(item =>
            isCompleted(item.status)
              ? item
              : { ...item, status: 'Deprecated', endTime },
          ),
        ]),
    ),
    endTime,
  };
}
