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

import { toMs } from '../time';
import { evaluationPhase } from './evaluationPhase';
import { earliest } from './phase/earliest';
import type { Phase, PhaseLook, PhaseStep } from './phase/Phase';
import { stateOfWorkloads } from './phase/states';
import { isRepeatDue } from './repeat';
import type {
  KeptnAppVersion,
  KeptnWorkloadVersion,
  ReleaseState,
} from './resources';
import { taskPhase } from './taskPhase';

/** A workload as the app lists it, and its version as far as that exists. */
export interface ListedWorkload {
  name: string;
  version: string;
  /** Name of the KeptnWorkload. */
  workloadName: string;
  workloadVersion?: KeptnWorkloadVersion;
}

/** What the phases of an app depend on. */
export interface AppLook extends PhaseLook {
  version: KeptnAppVersion;
  workloads: ListedWorkload[];
  /** It was made to repeat the checks of its version. */
  repeats: boolean;
}

/** Whoever repeats the checks of its workloads does so right after it was made. */
const REPEAT_GRACE_MS = 30_000;

const deployment: Phase<AppLook> = {
  name: 'AppDeploy',
  title: 'App Deployment',
  wireName: 'deployment',
  stateField: 'workloadOverallStatus',
  plan: planWorkloads,
  whyFailed: look =>
    look.workloads
      .filter(workload =>
        ['Failed', 'Deprecated'].includes(
          stateOfWorkload(look, workload).state,
        ),
      )
      .map(({ workloadName, version, workloadVersion }) =>
        workloadVersion?.status?.status === 'Deprecated'
          ? `Workload ${workloadName} ${version} was superseded by another version.`
          : `Workload ${workloadName} ${version} failed.`,
      )
      .join(' '),
};

/** The phases of a version of an app, in their order. */
export const appPhases: readonly Phase<AppLook>[] = [
  taskPhase({
    name: 'AppPreDeployTasks',
    title: 'App Pre-Deployment Tasks',
    wireName: 'preTasks',
    stateField: 'preDeploymentStatus',
    field: 'preDeploymentTaskStatus',
    checkType: 'pre',
    names: ({ spec }) => spec.preDeploymentTasks,
  }),
  evaluationPhase({
    name: 'AppPreDeployEvaluations',
    title: 'App Pre-Deployment Evaluations',
    wireName: 'preEvaluations',
    stateField: 'preDeploymentEvaluationStatus',
    field: 'preDeploymentEvaluationTaskStatus',
    checkType: 'pre-eval',
    names: ({ spec }) => spec.preDeploymentEvaluations,
  }),
  deployment,
  taskPhase({
    name: 'AppPostDeployTasks',
    title: 'App Post-Deployment Tasks',
    wireName: 'postTasks',
    stateField: 'postDeploymentStatus',
    field: 'postDeploymentTaskStatus',
    checkType: 'post',
    names: ({ spec }) => spec.postDeploymentTasks,
  }),
  evaluationPhase({
    name: 'AppPostDeployEvaluations',
    title: 'App Post-Deployment Evaluations',
    wireName: 'postEvaluations',
    stateField: 'postDeploymentEvaluationStatus',
    field: 'postDeploymentEvaluationTaskStatus',
    checkType: 'post-eval',
    names: ({ spec }) => spec.postDeploymentEvaluations,
  }),
  taskPhase({
    name: 'PromotionTasks',
    title: 'Promotion Tasks',
    wireName: 'promotion',
    stateField: 'promotionStatus',
    field: 'promotionTaskStatus',
    checkType: 'promotion',
    names: version => (version as KeptnAppVersion).spec.promotionTasks,
    isLeftOut: ({ settings }) => !settings.promotionTasks,
  }),
];

/** The deployment of an app is that of its workloads. */
function planWorkloads(look: AppLook): PhaseStep {
  const states = look.workloads.map(workload =>
    stateOfWorkload(look, workload),
  );
  return {
    state: stateOfWorkloads(states.map(({ state }) => state)),
    report: {
      workloadStatus: look.workloads.map(({ name, version }, index) => ({
        workload: { name, version },
        status: states[index].state,
      })),
    },
    notices: look.workloads
      .filter(({ workloadVersion }) => !workloadVersion)
      .map(workload => ({
        type: 'Warning',
        reason: 'ReconcileWorkloadNotFound',
        message: missingWorkload(workload),
      })),
    requeueAfterMs: earliest(...states.map(({ againMs }) => againMs)),
  };
}

/** What an app waits for that lists a version which nobody deploys. */
export function missingWorkload({
  workloadName,
  version,
}: ListedWorkload): string {
  return `Waits for workload ${workloadName}: no Pod template asks for its version ${version} yet.`;
}

/**
 * How far a workload is, for its app. One that is about to begin again counts as one that has not begun: what became
 * of it before is no news.
 */
export function stateOfWorkload(
  { version, status, repeats, settings, now }: AppLook,
  { name, workloadVersion }: ListedWorkload,
): { state: ReleaseState; againMs?: number } {
  const recorded = status.workloadStatus?.find(
    ({ workload }) => workload?.name === name,
  );
  if (status.endTime && recorded) {
    // Its workloads may have gone on to something else.
    return { state: recorded.status ?? 'Pending' };
  }
  const state = workloadVersion?.status?.status ?? 'Pending';
  if (!workloadVersion || !['Failed', 'Deprecated'].includes(state)) {
    return { state };
  }
  if (isRepeatDue(workloadVersion)) {
    return { state: 'Pending' };
  }
  const createdMs = toMs(version.metadata.creationTimestamp) ?? 0;
  const endedMs = toMs(workloadVersion.status?.endTime) ?? 0;
  if (state === 'Deprecated' && endedMs > createdMs) {
    // Another version was asked for: the app's next attempt takes the place of this one, once it was discovered.
    const againMs =
      endedMs +
      settings.discoverySeconds * 1_000 +
      REPEAT_GRACE_MS -
      now.getTime();
    return againMs > 0 ? { state: 'Pending', againMs } : { state };
  }
  const againMs = createdMs + REPEAT_GRACE_MS - now.getTime();
  return (repeats || state === 'Deprecated') &&
    endedMs <= createdMs &&
    againMs > 0
    ? { state: 'Pending', againMs }
    : { state };
}
