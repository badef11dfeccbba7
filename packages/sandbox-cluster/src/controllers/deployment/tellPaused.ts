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
import { DeploymentTools } from './DeploymentController';
import {
  findCondition,
  hasDeadline,
  newCondition,
  withCondition,
} from './conditions';

/** While a rollout is paused its deadline does not run; the Progressing condition says so. */
export function tellPaused(
  { deployments }: DeploymentTools,
  deployment: KubeObject,
): KubeObject {
  if (!hasDeadline(deployment) || deployment.metadata.deletionTimestamp) {
    return deployment;
  }
  const before = deployment.status?.conditions ?? [];
  const progressing = findCondition(before, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return deployment;
  const saysSo = progressing?.reason === 'DeploymentPaused';
  if (Boolean(deployment.spec.paused) === saysSo) return deployment;
  const condition = deployment.spec.paused
    ? newCondition(
        'Progressing',
        'Unknown',
        'DeploymentPaused',
        'Deployment is paused',
      )
    : newCondition(
        'Progressing',
        'Unknown',
        'DeploymentResumed',
        'Deployment is resumed',
      );
  return deployments.updateStatus({
    ...deployment,
    status: {
      ...deployment.status,
      conditions: withCondition(before, condition),
    },
  });
}
