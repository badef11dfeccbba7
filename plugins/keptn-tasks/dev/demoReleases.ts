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

import type {
  Release,
  ReleaseItem,
  Run,
} from 'backstage-plugin-keptn-tasks-common';
import { aRun, aRunDetail, secondsAgo } from '../src/__testUtils__/builders';
import type { FakeKeptnTasksApi } from '../src/__testUtils__/FakeKeptnTasksApi';
import {
  aHeldRelease,
  anAppRelease,
  anEnvironment,
  anItem,
  aRelease,
  phasesOf,
} from '../src/__testUtils__/releaseBuilders';

/** Where production is, with the name that people know it by. */
export const PRODUCTION = {
  cluster: 'production',
  clusterTitle: 'Production EU',
  namespace: 'shop',
};

/** Where a version is tried first. */
export const STAGING = {
  cluster: 'staging',
  clusterTitle: 'Staging',
  namespace: 'shop',
};

/** Releases of a component in two places: held in production, through in staging. */
export function fillCheckoutReleases(
  api: FakeKeptnTasksApi,
): FakeKeptnTasksApi {
  const failed = api.runs.find(
    run => run.state === 'Failed' && run.attempts === 3,
  )!;
  const migrated = itemOf(api, { ...PRODUCTION, name: 'db-migrate' }, 203, 190);
  const held = aHeldRelease({
    ...PRODUCTION,
    previousVersion: '2.3.9',
    hold: {
      reason: 'PreTasksFailed',
      message: failed.message!,
      since: failed.finishedAt!,
      phase: 'preTasks',
      definition: 'smoke-test',
      runId: failed.id,
      gateReleasable: true,
    },
  });
  held.phases[0].items = [
    migrated,
    {
      ...anItem({ state: 'Failed', runId: failed.id, message: failed.message }),
      startedAt: failed.startedAt,
      finishedAt: failed.finishedAt,
    },
  ];
  held.phases[0].finishedAt = failed.finishedAt;
  held.finishedAt = failed.finishedAt;
  held.phases[3].items = [
    { definition: 'load-check', kind: 'task', state: 'Deprecated' },
    { definition: 'notify', kind: 'task', state: 'Deprecated' },
  ];
  const shop = { workloadName: 'shop-cart', version: '1.9.0' };
  const app = (place: typeof PRODUCTION, state: Release['state']) =>
    anAppRelease({
      ...place,
      version: '2.4.0',
      state,
      phase: state === 'Failed' ? 'deployment' : undefined,
      phases: phasesOf('app', {
        preTasks: {
          startedAt: secondsAgo(240),
          finishedAt: secondsAgo(206),
          items: [itemOf(api, { ...place, name: 'change-approval' }, 240, 206)],
        },
        deployment: {
          state,
          startedAt: secondsAgo(206),
          finishedAt: state === 'Failed' ? failed.finishedAt : secondsAgo(180),
        },
        postTasks: {
          state: state === 'Failed' ? 'Deprecated' : 'Succeeded',
          items: [],
        },
      }),
      workloads: [
        { workloadName: 'shop-checkout', version: '2.4.0', state },
        { ...shop, state: 'Succeeded' },
      ],
      createdAt: secondsAgo(242),
      startedAt: secondsAgo(240),
      finishedAt: state === 'Failed' ? failed.finishedAt : secondsAgo(180),
    });
  api.releases.environments = [
    anEnvironment({
      ...STAGING,
      app: app(STAGING, 'Succeeded'),
      workloads: [passed({ ...STAGING, version: '2.4.0' }, 2_000, 95)],
      previous: before(STAGING).slice(0, 3),
    }),
    anEnvironment({
      ...PRODUCTION,
      app: app(PRODUCTION, 'Failed'),
      workloads: [held],
      previous: before(PRODUCTION),
    }),
  ];
  api.releases.older = Array.from({ length: 40 }, (_, index) =>
    passed(
      { ...PRODUCTION, version: `2.2.${40 - index}` },
      500_000 + index * 40_000,
      200 + index,
    ),
  );
  return api;
}

/** What came before: one that passed, one that passed, one that did not. */
export function before(
  place: typeof PRODUCTION,
  workloadName = 'shop-checkout',
): Release[] {
  const part = { ...place, workloadName };
  return [
    passed({ ...part, version: '2.3.9' }, 86_400, 372),
    passed({ ...part, version: '2.3.8' }, 172_800, 340),
    aHeldRelease({
      ...part,
      version: '2.3.7',
      hold: undefined,
      gatedPods: undefined,
      createdAt: secondsAgo(200_000),
      startedAt: secondsAgo(200_000),
      finishedAt: secondsAgo(199_940),
    }),
  ];
}

/** A version of a workload that went through. */
export function passed(
  part: Partial<Release>,
  age: number,
  took: number,
): Release {
  return aRelease({
    rollout: {
      kind: 'Deployment',
      name: 'checkout',
      desired: 3,
      updated: 3,
      available: 3,
    },
    createdAt: secondsAgo(age),
    startedAt: secondsAgo(age),
    finishedAt: secondsAgo(age - took),
    ...part,
    phases: phasesOf('workload', {
      preTasks: {
        startedAt: secondsAgo(age),
        finishedAt: secondsAgo(age - 0.2 * took),
        items: [
          anItem({
            startedAt: secondsAgo(age),
            finishedAt: secondsAgo(age - 0.2 * took),
          }),
        ],
      },
      deployment: {
        startedAt: secondsAgo(age - 0.2 * took),
        finishedAt: secondsAgo(age - 0.6 * took),
      },
      postTasks: {
        startedAt: secondsAgo(age - 0.6 * took),
        finishedAt: secondsAgo(age - took),
        items: [
          anItem({
            definition: 'load-check',
            startedAt: secondsAgo(age - 0.6 * took),
            finishedAt: secondsAgo(age - took),
          }),
        ],
      },
    }),
  });
}

/** A task of a release that passed, with its run. */
export function itemOf(
  api: FakeKeptnTasksApi,
  { name, ...place }: { cluster: string; namespace: string; name: string },
  from: number,
  to: number,
  part: Partial<ReleaseItem> & {
    state?: 'Succeeded' | 'Failed' | 'Progressing';
  } = {},
): ReleaseItem {
  const { state = 'Succeeded', message } = part;
  const finishedAt = state === 'Progressing' ? undefined : secondsAgo(to);
  const run: Run = aRun({
    cluster: place.cluster,
    namespace: place.namespace,
    taskName: `pre-${name}-${Math.round(from)}`,
    definition: { name, hash: '77aa01c3bb' },
    phase: 'pre',
    version: '2.4.0',
    state,
    message,
    trigger: { source: 'release' },
    createdAt: secondsAgo(from),
    startedAt: secondsAgo(from - 0.6),
    finishedAt,
  });
  api.save(
    aRunDetail(run, {
      attempts: [
        {
          number: 1,
          state: {
            Succeeded: 'Succeeded',
            Failed: 'Failed',
            Progressing: 'Running',
          }[state] as 'Succeeded',
          createdAt: secondsAgo(from - 0.9),
          startedAt: secondsAgo(from - 2.4),
          finishedAt,
        },
      ],
    }),
  );
  return anItem({
    definition: name,
    name: run.taskName,
    runId: run.id,
    startedAt: run.startedAt,
    finishedAt,
    ...part,
    state,
  });
}

/** A component on which everything is well, with a release in one place. */
export function fillHealthyReleases(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  const place = {
    cluster: 'sandbox',
    clusterTitle: 'sandbox',
    namespace: 'shop',
  };
  api.releases.environments = [
    anEnvironment({
      workloads: [passed({ ...place, version: '2.3.9' }, 900, 372)],
      app: anAppRelease({ ...place, version: '2.3.9' }),
      previous: before(place).slice(1),
    }),
  ];
  return api;
}
