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
import { claimChildren } from '../workload/claim';
import { writeStatus } from '../workload/writeStatus';
import { DeploymentTools } from './DeploymentController';
import { wasResized } from './annotations';
import { isRolling } from './bounds';
import { cleanUp } from './cleanUp';
import { deadlineLeft, hasDeadline } from './conditions';
import { ensureNewSet, syncRevision } from './newReplicaSet';
import { isComplete } from './progress';
import { resize } from './resize';
import { planRollingStep } from './rollingPlan';
import { Rollout, allSets, newRollout, wantedBy } from './Rollout';
import { planScaling } from './scalingPlan';
import {
  DeploymentStatus,
  countStatus,
  rolloutStatus,
  storedStatus,
} from './status';
import { tellPaused } from './tellPaused';

/** Brings one Deployment forward by one step, in the order of Kubernetes' own controller. */
export function syncDeployment(
  tools: DeploymentTools,
  stored: KubeObject,
): void {
  const deployment = tellPaused(tools, stored);
  const sets = claimChildren(tools.replicaSets, deployment);
  const found = newRollout(deployment, sets);
  if (deployment.metadata.deletionTimestamp) {
    store(tools, found, countStatus(found));
    return;
  }
  const rollout = syncRevision(tools, found);
  const resized = allSets(rollout).some(
    set => wantedBy(set) > 0 && wasResized(deployment, set),
  );
  if (deployment.spec.paused || resized) {
    const after = resize(tools, rollout, planScaling(rollout));
    if (deployment.spec.paused) cleanUp(tools, after);
    store(tools, after, countStatus(after));
    return;
  }
  if (isRolling(deployment)) rollOut(tools, rollout);
  else recreate(tools, rollout);
}

function rollOut(tools: DeploymentTools, rollout: Rollout): void {
  const ready = ensureNewSet(tools, rollout);
  finish(tools, resize(tools, ready, planRollingStep(ready)));
}

/** The old Pods have to be gone, to the last one, before there is a new one. */
function recreate(tools: DeploymentTools, rollout: Rollout): void {
  const { deployment, oldSets } = rollout;
  const active = oldSets.filter(set => wantedBy(set) > 0);
  if (active.length > 0) {
    const plan = active.map(set => ({ set, replicas: 0 }));
    finish(tools, resize(tools, rollout, plan));
    return;
  }
  const running = oldSets.some(
    ({ status }) =>
      (status?.replicas ?? 0) + (status?.terminatingReplicas ?? 0) > 0,
  );
  if (running) {
    finish(tools, rollout);
    return;
  }
  const ready = ensureNewSet(tools, rollout);
  const { replicas } = deployment.spec;
  finish(tools, resize(tools, ready, [{ set: ready.newSet!, replicas }]));
}

function finish(tools: DeploymentTools, rollout: Rollout): void {
  if (isComplete(rollout.deployment, rollout.deployment.status)) {
    cleanUp(tools, rollout);
  }
  const status = rolloutStatus(rollout);
  store(tools, rollout, status);
  if (!hasDeadline(rollout.deployment)) return;
  const left = deadlineLeft(rollout.deployment, status.conditions);
  if (left !== undefined) tools.again(rollout.deployment, Math.max(left, 1));
}

function store(
  { deployments }: DeploymentTools,
  { deployment }: Rollout,
  status: DeploymentStatus,
): void {
  writeStatus(deployments, deployment, storedStatus(status));
}
