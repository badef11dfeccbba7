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

import type { Environment } from 'backstage-plugin-keptn-tasks-common';
import { secondsAgo } from '../src/__testUtils__/builders';
import type { FakeKeptnTasksApi } from '../src/__testUtils__/FakeKeptnTasksApi';
import {
  aHeldRelease,
  anAppRelease,
  anEnvironment,
  anItem,
  aRelease,
  phasesOf,
} from '../src/__testUtils__/releaseBuilders';
import { before, itemOf, passed } from './demoReleases';

/** Every state that a place can be in, one card each. */
export function fillGallery(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  api.releases.environments = [
    completed(),
    deploying(api),
    discovering(),
    waitingForTheApp(api),
    missingDefinition(),
    badAnnotations(),
    warned(),
    released(),
    repeated(api),
    superseded(),
    rolledBack(),
    heldLongAgo(),
    longNames(),
  ];
  return api;
}

const in_ = (namespace: string) => ({ cluster: 'sandbox', namespace });

const pendingItem = (definition: string) => ({
  definition,
  kind: 'task' as const,
  state: 'Pending' as const,
});

/** What has not begun while the first tasks are under way. */
const afterPreTasks = {
  preEvaluations: { state: 'Pending' as const },
  deployment: { state: 'Pending' as const },
  postTasks: { state: 'Pending' as const },
  postEvaluations: { state: 'Pending' as const },
};

function completed(): Environment {
  const place = in_('completed');
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place }),
    workloads: [passed({ ...place }, 900, 372)],
    previous: before({ ...place, clusterTitle: 'sandbox' }),
  });
}

function deploying(api: FakeKeptnTasksApi): Environment {
  const place = in_('deploying');
  return anEnvironment({
    ...place,
    app: anAppRelease({
      ...place,
      state: 'Progressing',
      phase: 'deployment',
      finishedAt: undefined,
    }),
    workloads: [
      aRelease({
        ...place,
        state: 'Progressing',
        phase: 'deployment',
        createdAt: secondsAgo(60),
        startedAt: secondsAgo(58),
        finishedAt: undefined,
        rollout: {
          kind: 'StatefulSet',
          name: 'checkout',
          desired: 5,
          updated: 3,
          available: 2,
          message: 'Pod checkout-3 waits for its volume.',
        },
        phases: phasesOf('workload', {
          preTasks: {
            startedAt: secondsAgo(58),
            finishedAt: secondsAgo(44),
            items: [itemOf(api, { ...place, name: 'smoke-test' }, 58, 44)],
          },
          deployment: { state: 'Progressing', startedAt: secondsAgo(44) },
          postTasks: {
            state: 'Pending',
            items: [
              { definition: 'load-check', kind: 'task', state: 'Pending' },
            ],
          },
          postEvaluations: {
            state: 'Pending',
            items: [
              { definition: 'latency', kind: 'evaluation', state: 'Pending' },
            ],
          },
        }),
      }),
    ],
  });
}

function discovering(): Environment {
  const place = in_('discovering');
  return anEnvironment({
    ...place,
    workloads: [
      aRelease({
        ...place,
        state: 'Pending',
        startedAt: undefined,
        finishedAt: undefined,
        createdAt: secondsAgo(9),
        phases: phasesOf('workload', {
          preTasks: { state: 'Pending', items: [pendingItem('smoke-test')] },
          ...afterPreTasks,
        }),
        hold: {
          reason: 'AppBeingDiscovered',
          message:
            'The app shop is made of the workloads that name it in 21 seconds.',
          since: secondsAgo(9),
          gateReleasable: true,
        },
        gatedPods: {
          count: 1,
          names: ['checkout-7d9c6-a'],
          since: secondsAgo(9),
        },
      }),
    ],
  });
}

function waitingForTheApp(api: FakeKeptnTasksApi): Environment {
  const place = in_('app-checks');
  return anEnvironment({
    ...place,
    app: anAppRelease({
      ...place,
      state: 'Progressing',
      phase: 'preTasks',
      createdAt: secondsAgo(22),
      startedAt: secondsAgo(20),
      finishedAt: undefined,
      phases: phasesOf('app', {
        preTasks: {
          state: 'Progressing',
          startedAt: secondsAgo(20),
          items: [
            itemOf(api, { ...place, name: 'change-approval' }, 20, 0, {
              state: 'Progressing',
            }),
          ],
        },
        ...afterPreTasks,
        promotion: { state: 'Pending' },
      }),
      workloads: [
        { workloadName: 'shop-checkout', version: '2.4.0', state: 'Pending' },
      ],
    }),
    workloads: [
      aRelease({
        ...place,
        state: 'Pending',
        createdAt: secondsAgo(52),
        startedAt: undefined,
        finishedAt: undefined,
        phases: phasesOf('workload', {
          preTasks: { state: 'Pending', items: [pendingItem('smoke-test')] },
          ...afterPreTasks,
        }),
        hold: {
          reason: 'WaitsForApp',
          message:
            'It begins when the checks of the app shop 2.4.0 have passed.',
          since: secondsAgo(52),
          gateReleasable: true,
        },
        gatedPods: {
          count: 2,
          names: ['checkout-7d9c6-a', 'checkout-7d9c6-b'],
          since: secondsAgo(52),
        },
      }),
    ],
  });
}

function missingDefinition(): Environment {
  const place = in_('missing-definition');
  const message =
    'The definition smoke-tset does not exist in missing-definition or keptn-system. The phase fails in 54 seconds unless it is applied.';
  return anEnvironment({
    ...place,
    app: anAppRelease({
      ...place,
      state: 'Progressing',
      phase: 'deployment',
      finishedAt: undefined,
    }),
    workloads: [
      aRelease({
        ...place,
        state: 'Progressing',
        phase: 'preTasks',
        createdAt: secondsAgo(70),
        startedAt: secondsAgo(66),
        finishedAt: undefined,
        phases: phasesOf('workload', {
          preTasks: {
            state: 'Progressing',
            startedAt: secondsAgo(66),
            items: [
              anItem({
                definition: 'db-migrate',
                startedAt: secondsAgo(65),
                finishedAt: secondsAgo(51),
              }),
              {
                definition: 'smoke-tset',
                kind: 'task',
                state: 'Pending',
                message,
              },
            ],
          },
          ...afterPreTasks,
        }),
        hold: {
          reason: 'DefinitionNotFound',
          message,
          since: secondsAgo(66),
          phase: 'preTasks',
          definition: 'smoke-tset',
          gateReleasable: true,
        },
        gatedPods: {
          count: 3,
          names: ['checkout-7d9c6-a', 'checkout-7d9c6-b', 'checkout-7d9c6-c'],
          since: secondsAgo(69),
        },
      }),
    ],
  });
}

function badAnnotations(): Environment {
  const place = in_('bad-annotations');
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place }),
    workloads: [passed({ ...place }, 400, 80)],
    problems: [
      {
        kind: 'Deployment',
        name: 'checkout',
        workloadName: 'shop-checkout',
        messages: [
          'The annotation keptn.sh/pre-deployment-task is not known. Did you mean keptn.sh/pre-deployment-tasks?',
          'keptn.sh/metadata: "commit" has no value. Write commit=5f2c1e9.',
        ],
      },
    ],
  });
}

function warned(): Environment {
  const place = in_('warning');
  const release = passed({ ...place, state: 'Warning' }, 500, 120);
  release.phases[3].state = 'Warning';
  release.phases[3].items = [
    anItem({
      definition: 'load-check',
      state: 'Warning',
      message: 'p95 was 410 ms, the objective is 250 ms.',
      startedAt: secondsAgo(420),
      finishedAt: secondsAgo(380),
    }),
  ];
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place, state: 'Warning' }),
    workloads: [release],
  });
}

function released(): Environment {
  const place = in_('gate-released');
  const held = aHeldRelease({
    ...place,
    hold: undefined,
    gatedPods: undefined,
    gateReleased: {
      by: 'user:default/anna',
      reason: 'The smoke test asks a service that is away; checked by hand.',
      at: secondsAgo(100),
    },
    rollout: {
      kind: 'Deployment',
      name: 'checkout',
      desired: 3,
      updated: 3,
      available: 3,
    },
  });
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place, state: 'Failed', phase: 'deployment' }),
    workloads: [held],
  });
}

function repeated(api: FakeKeptnTasksApi): Environment {
  const place = in_('attempt-2');
  return anEnvironment({
    ...place,
    app: anAppRelease({
      ...place,
      revision: 2,
      state: 'Progressing',
      finishedAt: undefined,
    }),
    workloads: [
      aRelease({
        ...place,
        attempt: 2,
        state: 'Progressing',
        phase: 'preTasks',
        createdAt: secondsAgo(4_000),
        startedAt: secondsAgo(12),
        finishedAt: undefined,
        gatedPods: {
          count: 3,
          names: ['checkout-7d9c6-a', 'checkout-7d9c6-b', 'checkout-7d9c6-c'],
          since: secondsAgo(3_990),
        },
        phases: phasesOf('workload', {
          preTasks: {
            state: 'Progressing',
            startedAt: secondsAgo(12),
            items: [
              itemOf(api, { ...place, name: 'smoke-test' }, 12, 0, {
                state: 'Progressing',
              }),
            ],
          },
          ...afterPreTasks,
        }),
      }),
    ],
  });
}

function superseded(): Environment {
  const place = in_('superseded');
  const old = aRelease({
    ...place,
    version: '2.3.9',
    state: 'Deprecated',
    message: '2.4.0 came before it was through.',
    createdAt: secondsAgo(1_000),
    finishedAt: secondsAgo(910),
  });
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place }),
    workloads: [passed({ ...place }, 900, 200)],
    previous: [old],
  });
}

function rolledBack(): Environment {
  const place = in_('rolled-back');
  const release = passed(
    {
      ...place,
      version: '2.3.9',
      activatedAt: secondsAgo(300),
      notes: [
        'This version was asked for again 5 minutes ago, after 2.4.0. Its checks had passed before, so its Pods were not gated again.',
      ],
    },
    86_400,
    372,
  );
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place, version: '2.3.9' }),
    workloads: [release],
    previous: before({ ...place, clusterTitle: 'sandbox' }).slice(2),
  });
}

function heldLongAgo(): Environment {
  const place = in_('held-since-yesterday');
  const held = aHeldRelease({ ...place });
  const shift = (time: string | undefined) =>
    time && new Date(Date.parse(time) - 50_000_000).toISOString();
  return anEnvironment({
    ...place,
    app: anAppRelease({
      ...place,
      state: 'Failed',
      phase: 'deployment',
      createdAt: shift(held.createdAt)!,
      finishedAt: shift(held.finishedAt),
    }),
    workloads: [
      {
        ...held,
        createdAt: shift(held.createdAt)!,
        startedAt: shift(held.startedAt),
        finishedAt: shift(held.finishedAt),
        hold: { ...held.hold!, since: shift(held.hold!.since)! },
        gatedPods: { ...held.gatedPods!, since: shift(held.gatedPods!.since) },
        phases: held.phases.map(phase => ({
          ...phase,
          startedAt: shift(phase.startedAt),
          finishedAt: shift(phase.finishedAt),
          items: phase.items.map(item => ({
            ...item,
            startedAt: shift(item.startedAt),
            finishedAt: shift(item.finishedAt),
          })),
        })),
      },
    ],
  });
}

function longNames(): Environment {
  const place = in_(
    'the-namespace-of-the-team-for-returning-customers-in-central-europe',
  );
  const workloadName = `shop-${'recommendations-for-returning-customers'.repeat(
    2,
  )}`;
  const version = '2.4.0-rc.17+build.20261124.5f2c1e9a0b3c4d5e6f708192a3b4c5d6';
  return anEnvironment({
    ...place,
    app: anAppRelease({ ...place, version }),
    workloads: [passed({ ...place, workloadName, version }, 7_000, 3_700)],
    previous: [
      passed({ ...place, workloadName, version: `${version}.1` }, 9_000, 90),
    ],
  });
}
