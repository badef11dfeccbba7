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

import { formatSeconds } from '../duration';
import { evaluationPhase } from './evaluationPhase';
import type { Phase, PhaseLook, PhaseStep } from './phase/Phase';
import { withStop } from './phase/sentence';
import { statusTime } from './phase/statusTime';
import { LINGERING_MS } from './projection/holdOf';
import type { KeptnWorkloadVersion } from './resources';
import type { RolloutOutcome } from './rollout/RolloutOutcome';
import { taskPhase } from './taskPhase';

/** What the phases of a workload depend on. */
export interface WorkloadLook extends PhaseLook {
  version: KeptnWorkloadVersion;
  rollout: RolloutOutcome;
  /** How long the rollout may take. */
  rolloutSeconds: number;
}

/** While its Pods were held, a rollout may have been given up; it goes on by itself once they are free. */
const RECOVERY_MS = 30_000;

const deployment: Phase<WorkloadLook> = {
  name: 'WorkloadDeploy',
  title: 'Workload Deployment',
  wireName: 'deployment',
  stateField: 'deploymentStatus',
  plan: planRollout,
  whyFailed: ({ rollout, rolloutSeconds }) =>
    withStop(
      rollout.state === 'failed'
        ? rollout.message ?? `${rollout.kind} ${rollout.name} has failed`
        : `The rollout was not complete within ${formatSeconds(
            rolloutSeconds,
          )}${rollout.message ? `: ${rollout.message}` : ''}`,
    ),
};

/** The phases of a version of a workload, in their order. */
export const workloadPhases: readonly Phase<WorkloadLook>[] = [
  taskPhase({
    name: 'WorkloadPreDeployTasks',
    title: 'Workload Pre-Deployment Tasks',
    wireName: 'preTasks',
    stateField: 'preDeploymentStatus',
    field: 'preDeploymentTaskStatus',
    checkType: 'pre',
    names: ({ spec }) => spec.preDeploymentTasks,
  }),
  evaluationPhase({
    name: 'WorkloadPreDeployEvaluations',
    title: 'Workload Pre-Deployment Evaluations',
    wireName: 'preEvaluations',
    stateField: 'preDeploymentEvaluationStatus',
    field: 'preDeploymentEvaluationTaskStatus',
    checkType: 'pre-eval',
    names: ({ spec }) => spec.preDeploymentEvaluations,
  }),
  deployment,
  taskPhase({
    name: 'WorkloadPostDeployTasks',
    title: 'Workload Post-Deployment Tasks',
    wireName: 'postTasks',
    stateField: 'postDeploymentStatus',
    field: 'postDeploymentTaskStatus',
    checkType: 'post',
    names: ({ spec }) => spec.postDeploymentTasks,
  }),
  evaluationPhase({
    name: 'WorkloadPostDeployEvaluations',
    title: 'Workload Post-Deployment Evaluations',
    wireName: 'postEvaluations',
    stateField: 'postDeploymentEvaluationStatus',
    field: 'postDeploymentEvaluationTaskStatus',
    checkType: 'post-eval',
    names: ({ spec }) => spec.postDeploymentEvaluations,
  }),
];

/** `Progressing` is what lets the Pods go. The time that they may take counts from then. */
function planRollout({
  status,
  rollout,
  rolloutSeconds,
  now,
}: WorkloadLook): PhaseStep {
  const deploymentStartTime = status.deploymentStartTime ?? statusTime(now);
  const report = { deploymentStartTime };
  if (rollout.state === 'succeeded') {
    return { state: 'Succeeded', report };
  }
  const patienceMs = rolloutSeconds * 1000;
  const leftMs =
    Date.parse(deploymentStartTime) +
    (rollout.state === 'failed'
      ? Math.min(RECOVERY_MS, patienceMs)
      : patienceMs) -
    now.getTime();
  if (leftMs <= 0) {
    return { state: 'Failed', report };
  }
  const tellMs = Date.parse(deploymentStartTime) + LINGERING_MS - now.getTime();
  return {
    state: 'Progressing',
    report,
    requeueAfterMs: tellMs > 0 ? Math.min(leftMs, tellMs) : leftMs,
  };
}
