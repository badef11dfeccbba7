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

import {
  RELEASE_PHASES,
  type Environment,
  type Release,
  type ReleaseDetail,
  type ReleaseItem,
  type ReleasePhase,
  type ReleasePhaseName,
} from 'backstage-plugin-keptn-tasks-common';
import { anId, secondsAgo } from './builders';

/** A task that passed within twelve seconds. */
export function anItem(part: Partial<ReleaseItem> = {}): ReleaseItem {
  return {
    definition: 'smoke-test',
    kind: 'task',
    name: `pre-${part.definition ?? 'smoke-test'}-84213`,
    state: 'Succeeded',
    startedAt: secondsAgo(300),
    finishedAt: secondsAgo(288),
    ...part,
  };
}

/** All phases of an app or a workload, those that are not given with nothing to do. */
export function phasesOf(
  kind: Release['kind'],
  given: Partial<Record<ReleasePhaseName, Partial<ReleasePhase>>> = {},
): ReleasePhase[] {
  return RELEASE_PHASES.filter(
    name => kind === 'app' || name !== 'promotion',
  ).map(name => ({ name, state: 'Succeeded', items: [], ...given[name] }));
}

/** Version 2.4.0 of the workload checkout, which passed. */
export function aRelease(part: Partial<Release> = {}): Release {
  const { kind = 'workload', version = '2.4.0', appName = 'shop' } = part;
  const workloadName =
    kind === 'workload'
      ? part.workloadName ?? `${appName}-checkout`
      : undefined;
  return {
    id: anId(),
    cluster: 'sandbox',
    namespace: 'shop',
    kind,
    name: `${workloadName ?? appName}-${version}`,
    appName,
    workloadName,
    version,
    attempt: 1,
    state: 'Succeeded',
    phases: phasesOf(kind, {
      preTasks: {
        startedAt: secondsAgo(300),
        finishedAt: secondsAgo(288),
        items: [anItem()],
      },
      deployment: { startedAt: secondsAgo(288), finishedAt: secondsAgo(260) },
    }),
    createdAt: secondsAgo(302),
    startedAt: secondsAgo(300),
    finishedAt: secondsAgo(260),
    ...part,
  };
}

/** Version 2.4.0 of the app shop, which passed. */
export function anAppRelease(part: Partial<Release> = {}): Release {
  return aRelease({
    kind: 'app',
    revision: 1,
    phases: phasesOf('app'),
    ...part,
  });
}

/** A workload whose smoke test has failed, so that its Pods are held. */
export function aHeldRelease(
  part: Partial<Release> = {},
  item: Partial<ReleaseItem> = {},
): Release {
  const failed = anItem({
    state: 'Failed',
    startedAt: secondsAgo(200),
    finishedAt: secondsAgo(180),
    message: 'The script ended with exit code 1.',
    ...item,
  });
  const label = part.workloadName ?? 'shop-checkout';
  return aRelease({
    state: 'Failed',
    phase: 'preTasks',
    finishedAt: secondsAgo(180),
    hold: {
      reason: 'PreTasksFailed',
      message: 'smoke-test failed: The script ended with exit code 1.',
      since: secondsAgo(180),
      phase: 'preTasks',
      definition: 'smoke-test',
      runId: failed.runId,
      gateReleasable: true,
    },
    gatedPods: {
      count: 3,
      names: ['a', 'b', 'c'].map(end => `${label}-7d9c6-${end}`),
      since: secondsAgo(205),
    },
    ...part,
    phases: phasesOf('workload', {
      preTasks: {
        state: 'Failed',
        startedAt: secondsAgo(205),
        finishedAt: secondsAgo(180),
        items: [failed],
      },
      preEvaluations: { state: 'Deprecated' },
      deployment: { state: 'Deprecated' },
      postTasks: { state: 'Deprecated' },
      postEvaluations: { state: 'Deprecated' },
    }),
  });
}

/** The shop in the sandbox, with nothing in it. */
export function anEnvironment(part: Partial<Environment> = {}): Environment {
  return {
    cluster: 'sandbox',
    namespace: 'shop',
    appName: 'shop',
    workloads: [],
    previous: [],
    problems: [],
    ...part,
  };
}

/** The release with everything that is kept of it. */
export function aReleaseDetail(
  release: Release,
  part: Partial<Omit<ReleaseDetail, 'release'>> = {},
): ReleaseDetail {
  return {
    release,
    workloads: [],
    steps: stepsOf(release),
    runs: [],
    previous: [],
    ...part,
  };
}

function stepsOf(release: Release): ReleaseDetail['steps'] {
  const steps: ReleaseDetail['steps'] = [
    { at: release.createdAt, state: 'Pending' },
  ];
  for (const { name, state, startedAt } of release.phases) {
    if (startedAt) {
      steps.push({ at: startedAt, state: 'Progressing', phase: name });
    }
    if (state === 'Failed') break;
  }
  if (release.finishedAt) {
    const { state, phase, message, hold, finishedAt } = release;
    steps.push({
      at: finishedAt,
      state,
      phase,
      message: message ?? hold?.message,
    });
  }
  return steps;
}
