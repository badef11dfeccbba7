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

import type { KeptnTask } from '../resources';
import type { AppObservation } from './appClearance';
import { appClearance } from './appClearance';
import { leftoverTasks } from './phase/leftovers';
import { planPhases, skipped } from './phase/planPhases';
import { endTimeOf } from './phase/statusTime';
import {
  freshStatus,
  isRepeatDue,
  isVersionFinished,
  startTimeOf,
} from './repeat';
import type { KeptnAppVersion, TraceCarrier } from './resources';
import type { VersionPlan } from './VersionPlan';
import { report } from './VersionPlan';
import type { WorkloadLook } from './workloadPhases';
import { workloadPhases } from './workloadPhases';

/** All that a decision about a version of a workload depends on. */
export interface WorkloadVersionObservation extends WorkloadLook {
  ownedTasks: KeptnTask[];
  app: AppObservation;
  /** What the KeptnWorkload asks for now; unknown when there is none. */
  askedFor?: string;
  /** Name of the version that came after it, if there is one. */
  supersededBy?: string;
}

/**
 * What to do about a version of a workload:
 *
 *   ended, a repetition was asked for    begin again, with nothing of what was
 *   ended                                nothing, ever
 *   not begun                            wait for the app
 *   its Pods are replaced while they start   end: nobody can tell any more whether they would have
 *   else                                 its phases decide
 */
export function planWorkloadVersion(
  observed: WorkloadVersionObservation,
): VersionPlan {
  const { version, status, ownedTasks } = observed;
  if (isRepeatDue(version)) {
    return beginAgain(observed);
  }
  if (isVersionFinished(version)) {
    return ended(observed);
  }
  const cancellations = leftoverTasks(
    ownedTasks,
    status,
    workloadPhases,
    'Its checks begin again',
  );
  if (!status.currentPhase) {
    return { ...begin(observed), cancellations };
  }
  if (isReplaced(observed)) {
    return replaced(observed);
  }
  return {
    ...planPhases(workloadPhases, observed, 'WorkloadCompleted'),
    cancellations,
  };
}

function beginAgain({ ownedTasks }: WorkloadVersionObservation): VersionPlan {
  const status = freshStatus();
  return report(status, {
    cancellations: leftoverTasks(
      ownedTasks,
      status,
      workloadPhases,
      'Its checks begin again',
    ),
  });
}

function ended(observed: WorkloadVersionObservation): VersionPlan {
  const { status, now, supersededBy } = observed;
  const message = `Superseded by ${supersededBy ?? 'another version'}`;
  const after = {
    ...status,
    endTime: status.endTime ?? endTimeOf(status, now),
  };
  return report(after, {
    cancellations: leftoverTasks(
      observed.ownedTasks,
      after,
      workloadPhases,
      message,
    ),
    ...(after.status === 'Deprecated' && { message: `${message}.` }),
  });
}

function begin(observed: WorkloadVersionObservation): VersionPlan {
  const { version, status, now } = observed;
  const clearance = appClearance(version, observed.app, observed);
  if (clearance.state === 'waiting') {
    const { hold, notices, requeueAfterMs } = clearance;
    return report(status, { hold, notices, requeueAfterMs });
  }
  const { appVersion } = clearance;
  const traceId = appVersion.status?.phaseTraceIDs?.AppDeploy;
  const metadata = appVersion.spec.metadata;
  const begun = {
    ...observed,
    appVersion: appVersion.spec.version,
    status: {
      ...status,
      startTime: startTimeOf(version, now),
      ...(metadata && { appContextMetadata: metadata }),
    },
  };
  return {
    ...planPhases(workloadPhases, begun, 'WorkloadCompleted'),
    cancellations: [],
    ...(traceId && joinsTrace(observed, traceId) && { change: { traceId } }),
  };
}

/** A further attempt continues the trace of the app's further attempt. */
function joinsTrace(
  { version, attempt }: WorkloadVersionObservation,
  traceId: TraceCarrier | undefined,
): boolean {
  const { traceId: own } = version.spec;
  return (
    isTrace(traceId) &&
    (!isTrace(own) ||
      (attempt > 1 && own?.traceparent !== traceId?.traceparent))
  );
}

/** Another version is asked for, so that these Pods will never all be there. */
function isReplaced({
  version,
  status,
  rollout,
  askedFor,
}: WorkloadVersionObservation): boolean {
  return (
    status.deploymentStatus === 'Progressing' &&
    askedFor !== undefined &&
    askedFor !== version.spec.version &&
    rollout.state !== 'succeeded'
  );
}

/** What had been reached stays, that its Pods were let go above all. */
function replaced(observed: WorkloadVersionObservation): VersionPlan {
  const { status, now, askedFor } = observed;
  const deployment = workloadPhases.find(
    ({ stateField }) => stateField === 'deploymentStatus',
  )!;
  const message = `Version ${askedFor} was asked for before the rollout was complete.`;
  return report(
    {
      ...status,
      ...skipped(workloadPhases, deployment),
      status: 'Deprecated',
      endTime: endTimeOf(status, now),
    },
    {
      message,
      ends: true,
      notices: [
        {
          type: 'Normal',
          reason: 'WorkloadDeployDeprecated',
          message,
        },
      ],
      steps: [
        {
          type: 'phase-ended',
          phase: deployment.name,
          state: 'Deprecated',
          message,
        },
      ],
    },
  );
}

/** The app that a workload is released with, once it has begun. */
export function appVersionOf(
  version: WorkloadLook['version'],
  versions: KeptnAppVersion[],
): string | undefined {
  const { traceId } = version.spec;
  const joined = versions.find(
    ({ status }) =>
      isTrace(traceId) &&
      status?.phaseTraceIDs?.AppDeploy?.traceparent === traceId?.traceparent,
  );
  return joined?.spec.version;
}

function isTrace(carrier: TraceCarrier | undefined): boolean {
  return carrier !== undefined && Object.keys(carrier).length > 0;
}
