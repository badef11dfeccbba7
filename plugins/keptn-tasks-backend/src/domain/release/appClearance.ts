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

import type { ReleaseHold } from 'backstage-plugin-keptn-tasks-common';
import type { Notice } from '../plan';
import { toIso, toMs } from '../time';
import { appPhases } from './appPhases';
import { workloadObjectName } from './names';
import { describeItem } from './phase/describeItems';
import type { PhaseLook } from './phase/Phase';
import { withStop } from './phase/sentence';
import { hasPassed, isCompleted } from './phase/states';
import type { KeptnAppVersion, KeptnWorkloadVersion } from './resources';
import { accessOf } from './phase/accessOf';

/** Its phase's tasks may begin only when all of these have passed. */
const BEFORE_WORKLOADS = new Set([
  'AppPreDeployTasks',
  'AppPreDeployEvaluations',
]);
/** A little more than the discovery of an app takes. */
const DISCOVERY_SLACK_MS = 15_000;

type Hold = Omit<ReleaseHold, 'gateReleasable'>;

/** Whether a workload may begin its phases, or what of its app it waits for. */
export type AppClearance =
  | { state: 'clear'; appVersion: KeptnAppVersion }
  | {
      state: 'waiting';
      hold: Hold;
      notices: Notice[];
      requeueAfterMs?: number;
    };

/** What is known of the app of a workload. */
export interface AppObservation {
  /** There is a KeptnApp of that name. */
  isKnown: boolean;
  versions: KeptnAppVersion[];
}

/**
 * A workload begins once the newest version of its app that lists it has passed its own checks before the deployment,
 * or they have failed where failures do not block.
 */
export function appClearance(
  version: KeptnWorkloadVersion,
  app: AppObservation,
  look: Surroundings,
): AppClearance {
  const appVersion = newestListing(version, app.versions);
  if (!appVersion) {
    return discovering(version, app, look);
  }
  const { status = {} } = appVersion;
  const since = toIso(version.metadata.creationTimestamp)!;
  if (hasPassed(status.preDeploymentEvaluationStatus)) {
    // Its tasks continue the trace of the app's deployment, which is told right after that has begun.
    return status.currentPhase === 'AppDeploy' &&
      !status.endTime &&
      !status.phaseTraceIDs?.AppDeploy
      ? waiting(running(appVersion, look, since))
      : { state: 'clear', appVersion };
  }
  if (status.status === 'Failed' || isCompleted(status.status)) {
    return failed(appVersion, look, since);
  }
  return waiting(running(appVersion, look, since));
}

/** The newest version of the app that is not superseded and has this very version of the workload. */
export function newestListing(
  { spec }: KeptnWorkloadVersion,
  versions: KeptnAppVersion[],
): KeptnAppVersion | undefined {
  return versions
    .filter(
      one =>
        one.status?.status !== 'Deprecated' &&
        one.spec.workloads?.some(
          ({ name, version }) =>
            workloadObjectName(one.spec.appName, name) === spec.workloadName &&
            version.toLowerCase() === spec.version.toLowerCase(),
        ),
    )
    .sort(
      (a, b) => createdMs(b) - createdMs(a) || revision(b) - revision(a),
    )[0];
}

function discovering(
  version: KeptnWorkloadVersion,
  { isKnown, versions }: AppObservation,
  { now, settings }: Pick<PhaseLook, 'now' | 'settings'>,
): AppClearance {
  const { app, workloadName } = version.spec;
  const createdAt = version.metadata.creationTimestamp;
  const leftMs =
    (toMs(createdAt) ?? 0) +
    settings.discoverySeconds * 1000 +
    DISCOVERY_SLACK_MS -
    now.getTime();
  const isListed = isKnown || versions.length > 0;
  const hold: Hold = {
    reason: isListed ? 'AppVersionMissing' : 'AppBeingDiscovered',
    message: isListed
      ? `Waits for app ${app}: it lists no version ${version.spec.version} of ${workloadName} yet.`
      : `App ${app} is being discovered: its workloads are collected for ${settings.discoverySeconds} s.`,
    since: toIso(createdAt)!,
  };
  return leftMs > 0
    ? { ...waiting(hold), requeueAfterMs: leftMs }
    : waiting(hold, [
        {
          type: 'Warning',
          reason: 'AppPreDeployEvaluationsAppVersionNotFound',
          message: hold.message,
        },
      ]);
}

/** What is known of the cluster beside the version and its app. */
type Surroundings = Pick<
  PhaseLook,
  'now' | 'settings' | 'keptnNamespace' | 'sources'
>;

function failed(
  appVersion: KeptnAppVersion,
  look: Surroundings,
  since: string,
): AppClearance {
  const culprit = checksOf(appVersion, look).find(
    ({ item }) => item.status === 'Failed',
  );
  const said = culprit?.trouble ? `: ${culprit.trouble.message}` : '';
  const message = withStop(
    culprit
      ? `${culprit.word} ${culprit.item.definitionName} of app ${nameOf(
          appVersion,
        )} failed${said}`
      : `The checks of app ${nameOf(appVersion)} failed`,
  );
  return waiting(
    {
      reason: 'AppCheckFailed',
      message,
      since: toIso(appVersion.status?.endTime) ?? since,
      ...(culprit && { definition: culprit.item.definitionName }),
    },
    [{ type: 'Warning', reason: 'AppPreDeployEvaluationsFailed', message }],
  );
}

function running(
  appVersion: KeptnAppVersion,
  look: Surroundings,
  since: string,
): Hold {
  const underWay = checksOf(appVersion, look).filter(
    ({ item }) => !isCompleted(item.status),
  );
  const names = underWay.map(({ item }) => item.definitionName).join(', ');
  const trouble = underWay.find(one => one.trouble)?.trouble;
  return {
    reason: 'AppChecksRunning',
    message: `Waits for the checks of app ${nameOf(appVersion)}${
      names && `: ${names}`
    }.${trouble ? ` ${withStop(trouble.message)}` : ''}`,
    since: toIso(appVersion.status?.startTime) ?? since,
  };
}

/** The checks of an app before the deployment, and why each waits or has failed. */
function checksOf(appVersion: KeptnAppVersion, look: Surroundings) {
  const its: PhaseLook = {
    ...look,
    version: appVersion,
    status: appVersion.status ?? {},
    attempt: 1,
    failedChecks: 'block',
    carriers: {},
  };
  return appPhases
    .filter(({ name }) => BEFORE_WORKLOADS.has(name))
    .flatMap(({ items: list }) =>
      (its.status[list!.field] ?? []).map(item => {
        const access = accessOf(list!.kind);
        return {
          item,
          word: access.word,
          trouble: describeItem(its, list!, access, item),
        };
      }),
    );
}

function waiting(
  hold: Hold,
  notices: Notice[] = [],
): Extract<AppClearance, { state: 'waiting' }> {
  return { state: 'waiting', hold, notices };
}

function nameOf({ spec }: KeptnAppVersion): string {
  return `${spec.appName} ${spec.version}`;
}

function createdMs({ metadata }: KeptnAppVersion): number {
  return toMs(metadata.creationTimestamp) ?? 0;
}

function revision({ spec }: KeptnAppVersion): number {
  return spec.revision ?? 1;
}
