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

import type { V1Pod } from '@kubernetes/client-node';
import type { Release, ReleaseHold } from 'backstage-plugin-keptn-tasks-common';
import { toIso } from '../time';
import {
  RELEASE_GATE_ANNOTATION,
  RELEASE_GATE_AT_ANNOTATION,
} from './annotations';
import type { AppLook } from './appPhases';
import { appPhases, missingWorkload, stateOfWorkload } from './appPhases';
import { isCleared } from './cleared';
import type { Phase, PhaseLook } from './phase/Phase';
import type { AppVersionObservation } from './planAppVersion';
import type { WorkloadVersionObservation } from './planWorkloadVersion';
import { holdOfFailure, holdOfItems, holdOfRollout } from './projection/holdOf';
import { appNotes, workloadNotes } from './projection/notes';
import { defined, projectPhases, wireState } from './projection/projectPhases';
import { isVersionFinished } from './repeat';
import type { KeptnWorkloadVersion } from './resources';
import type { VersionPlan } from './VersionPlan';
import { workloadPhases } from './workloadPhases';

/** What the history keeps of a look at a version. */
export type ProjectedRelease = Omit<
  Release,
  'id' | 'clusterTitle' | 'activatedAt'
>;

type Planned = Pick<VersionPlan, 'status' | 'hold' | 'message'>;

const MAX_POD_NAMES = 10;

/** What people are shown of a version of an app. */
export function projectAppVersion(
  cluster: string,
  observed: AppVersionObservation,
  plan: Planned,
): ProjectedRelease {
  const look = { ...observed, status: plan.status };
  const { spec } = observed.version;
  return {
    ...projectVersion(cluster, appPhases, look, plan),
    kind: 'app',
    appName: spec.appName,
    ...defined({
      revision: spec.revision,
      hold: gatesKnown(appHold(look, plan), false),
    }),
    workloads: look.workloads.map(workload => ({
      workloadName: workload.workloadName,
      version: workload.version,
      state: wireState(stateOfWorkload(look, workload).state),
    })),
    ...someNotes(appNotes(look)),
  };
}

/** What people are shown of a version of a workload. */
export function projectWorkloadVersion(
  cluster: string,
  observed: WorkloadVersionObservation & { gatedPods: V1Pod[] },
  plan: Planned,
): ProjectedRelease {
  const look = { ...observed, status: plan.status };
  const version = { ...observed.version, status: plan.status };
  const { gatedPods, rollout } = observed;
  const { kind, name, desired, updated, available, message } = rollout;
  const isSkipped =
    plan.status.deploymentStatus === 'Deprecated' && !isCleared(version);
  const isPast =
    isVersionFinished(observed.version) &&
    observed.askedFor !== version.spec.version;
  const isReleasable = gatedPods.length > 0 && !isCleared(version);
  return {
    ...projectVersion(cluster, workloadPhases, look, plan),
    kind: 'workload',
    appName: version.spec.app,
    workloadName: version.spec.workloadName,
    ...defined({
      hold: gatesKnown(workloadHold(look, plan, version), isReleasable),
    }),
    // Nobody follows the Pods of a deployment that is skipped, or that another version has replaced.
    rollout:
      isSkipped || isPast
        ? { kind, name }
        : defined({ kind, name, desired, updated, available, message }),
    ...projectGates(gatedPods, version),
    ...someNotes(workloadNotes(look)),
  };
}

function projectVersion<Look extends PhaseLook>(
  cluster: string,
  phases: readonly Phase<Look>[],
  look: Look,
  { message: ending }: Planned,
) {
  const { version, status, attempt } = look;
  const { metadata, spec } = version;
  const current = phases.find(({ name }) => name === status.currentPhase);
  const failed = failedPhase(phases, look);
  const isWarning =
    status.status === 'Succeeded' &&
    phases.some(({ stateField }) => status[stateField] === 'Warning');
  return {
    cluster,
    namespace: metadata.namespace,
    name: metadata.name,
    version: spec.version,
    attempt,
    state: isWarning ? ('Warning' as const) : wireState(status.status),
    phases: projectPhases(phases, look),
    createdAt: toIso(metadata.creationTimestamp)!,
    ...defined({
      previousVersion: spec.previousVersion,
      phase: current?.wireName,
      traceparent: traceOf(phases, look),
      startedAt: toIso(status.startTime),
      finishedAt: toIso(status.endTime),
    }),
    ...(status.status === 'Failed' && {
      reason:
        failed?.wireName === 'deployment' ? 'DeploymentFailed' : 'CheckFailed',
      ...(failed && { message: failed.whyFailed(look) }),
    }),
    ...(status.status === 'Deprecated' && {
      reason: 'Superseded',
      ...defined({ message: ending }),
    }),
  };
}

function appHold(
  look: AppLook,
  { hold }: Planned,
): Omit<ReleaseHold, 'gateReleasable'> | undefined {
  const { status, version } = look;
  const current = appPhases.find(({ name }) => name === status.currentPhase);
  if (hold || status.endTime || !current) {
    return hold;
  }
  const absent = look.workloads.find(one => !one.workloadVersion);
  return current.wireName === 'deployment' && absent
    ? {
        reason: 'WorkloadMissing',
        message: missingWorkload(absent),
        since: toIso(status.startTime ?? version.metadata.creationTimestamp)!,
        phase: 'deployment',
      }
    : holdOfItems(current, look);
}

function workloadHold(
  look: WorkloadVersionObservation,
  { hold }: Planned,
  version: KeptnWorkloadVersion,
): Omit<ReleaseHold, 'gateReleasable'> | undefined {
  const { status, rollout } = look;
  if (hold) {
    return hold;
  }
  if (status.endTime) {
    const failed = failedPhase(workloadPhases, look);
    return failed && status.status === 'Failed' && !isCleared(version)
      ? holdOfFailure(failed, look)
      : undefined;
  }
  const current = workloadPhases.find(
    ({ name }) => name === status.currentPhase,
  );
  if (!current) {
    return undefined;
  }
  return current.wireName === 'deployment'
    ? holdOfRollout(rollout, look)
    : holdOfItems(current, look);
}

function failedPhase<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  { status }: Look,
): Phase<Look> | undefined {
  return phases.find(({ stateField }) => status[stateField] === 'Failed');
}

function gatesKnown(
  hold: Omit<ReleaseHold, 'gateReleasable'> | undefined,
  gateReleasable: boolean,
): ReleaseHold | undefined {
  return hold && { ...hold, gateReleasable };
}

function projectGates(
  pods: V1Pod[],
  { metadata }: KeptnWorkloadVersion,
): Pick<Release, 'gatedPods' | 'gateReleased'> {
  const annotations = metadata.annotations ?? {};
  const reason = annotations[RELEASE_GATE_ANNOTATION];
  const since = pods
    .flatMap(pod => toIso(pod.metadata?.creationTimestamp) ?? [])
    .sort()[0];
  return {
    ...(pods.length > 0 && {
      gatedPods: {
        count: pods.length,
        names: pods
          .map(pod => pod.metadata!.name!)
          .sort()
          .slice(0, MAX_POD_NAMES),
        ...defined({ since }),
      },
    }),
    ...(reason && {
      gateReleased: {
        reason,
        at: toIso(
          annotations[RELEASE_GATE_AT_ANNOTATION] ?? metadata.creationTimestamp,
        )!,
      },
    }),
  };
}

function traceOf<Look extends PhaseLook>(
  phases: readonly Phase<Look>[],
  { status, version }: Look,
): string | undefined {
  const traces = phases.map(
    ({ name }) => status.phaseTraceIDs?.[name]?.traceparent,
  );
  return traces.find(Boolean) ?? version.spec.traceId?.traceparent;
}

function someNotes(notes: string[]): { notes?: string[] } {
  return notes.length > 0 ? { notes } : {};
}
