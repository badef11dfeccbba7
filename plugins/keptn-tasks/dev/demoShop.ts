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

import type { Release } from 'backstage-plugin-keptn-tasks-common';
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
import { itemOf, passed, PRODUCTION } from './demoReleases';

const WORKLOADS = [
  'checkout',
  'cart',
  'catalogue',
  'payments',
  'recommendations-for-returning-customers',
  'search',
];

/** A system: an app with six workloads, one of which fails, one of which is deploying. */
export function fillShop(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  const place = PRODUCTION;
  const workloads = WORKLOADS.map((name, index): Release => {
    const base = {
      ...place,
      workloadName: `shop-${name}`,
      version: `1.${index}.${9 - index}`,
      rollout: {
        kind: 'Deployment',
        name,
        desired: 3,
        updated: 3,
        available: 3,
      },
    };
    if (name === 'payments') {
      const item = itemOf(api, { ...place, name: 'smoke-test' }, 170, 150, {
        state: 'Failed',
        message: 'The script ended with exit code 1: GET /healthz → 503.',
      });
      const held = aHeldRelease({
        ...base,
        rollout: undefined,
        createdAt: secondsAgo(210),
        startedAt: secondsAgo(175),
        finishedAt: secondsAgo(150),
        hold: {
          reason: 'PreTasksFailed',
          message: 'smoke-test failed: The script ended with exit code 1.',
          since: secondsAgo(150),
          phase: 'preTasks',
          definition: 'smoke-test',
          runId: item.runId,
          gateReleasable: true,
        },
        gatedPods: {
          count: 14,
          names: Array.from(
            { length: 10 },
            (_, pod) => `payments-7d9c6-x${pod}z`,
          ),
          since: secondsAgo(208),
        },
      });
      held.phases[0] = {
        ...held.phases[0],
        startedAt: secondsAgo(172),
        finishedAt: secondsAgo(150),
        items: [itemOf(api, { ...place, name: 'db-migrate' }, 171, 158), item],
      };
      return held;
    }
    if (name === 'search') {
      return aRelease({
        ...base,
        state: 'Progressing',
        phase: 'deployment',
        rollout: { ...base.rollout, updated: 2, available: 1 },
        createdAt: secondsAgo(205),
        startedAt: secondsAgo(175),
        finishedAt: undefined,
        phases: phasesOf('workload', {
          preTasks: {
            startedAt: secondsAgo(175),
            finishedAt: secondsAgo(40),
            items: [itemOf(api, { ...place, name: 'reindex' }, 175, 40)],
          },
          deployment: { state: 'Progressing', startedAt: secondsAgo(40) },
          postTasks: {
            state: 'Pending',
            items: [
              { definition: 'load-check', kind: 'task', state: 'Pending' },
            ],
          },
          postEvaluations: { state: 'Pending' },
        }),
      });
    }
    if (index === 2) {
      // Deployed days ago, and part of this version all the same.
      return passed({ ...base }, 300_000, 90);
    }
    const begun = 175 - index * 6;
    return aRelease({
      ...base,
      createdAt: secondsAgo(205),
      startedAt: secondsAgo(begun),
      finishedAt: secondsAgo(60 - index),
      phases: phasesOf('workload', {
        preTasks: {
          startedAt: secondsAgo(begun),
          finishedAt: secondsAgo(begun - 20),
          items: [
            itemOf(api, { ...place, name: 'smoke-test' }, begun, begun - 20),
          ],
        },
        deployment: {
          startedAt: secondsAgo(begun - 20),
          finishedAt: secondsAgo(90),
        },
        postTasks: {
          startedAt: secondsAgo(90),
          finishedAt: secondsAgo(60 - index),
          items: [
            itemOf(api, { ...place, name: 'load-check' }, 90, 60 - index),
          ],
        },
      }),
    });
  });
  const app = anAppRelease({
    ...place,
    version: '2.4.0',
    revision: 2,
    state: 'Failed',
    phase: 'deployment',
    message: 'The workload payments has failed.',
    createdAt: secondsAgo(200),
    startedAt: secondsAgo(198),
    finishedAt: secondsAgo(150),
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    phases: phasesOf('app', {
      preTasks: {
        startedAt: secondsAgo(198),
        finishedAt: secondsAgo(176),
        items: [itemOf(api, { ...place, name: 'change-approval' }, 198, 176)],
      },
      preEvaluations: {
        startedAt: secondsAgo(176),
        finishedAt: secondsAgo(175),
        items: [
          anItem({
            definition: 'error-budget',
            kind: 'evaluation',
            startedAt: secondsAgo(176),
            finishedAt: secondsAgo(175),
          }),
        ],
      },
      deployment: {
        state: 'Failed',
        startedAt: secondsAgo(175),
        finishedAt: secondsAgo(150),
      },
      postTasks: {
        state: 'Deprecated',
        items: [{ definition: 'announce', kind: 'task', state: 'Deprecated' }],
      },
      postEvaluations: { state: 'Deprecated' },
      promotion: {
        state: 'Deprecated',
        items: [
          { definition: 'promote-to-eu-2', kind: 'task', state: 'Deprecated' },
        ],
      },
    }),
    workloads: workloads.map(({ workloadName, version, state }) => ({
      workloadName: workloadName!,
      version,
      state,
    })),
  });
  api.releases.environments = [
    anEnvironment({
      ...place,
      app,
      workloads,
      previous: [
        anAppRelease({
          ...place,
          version: '2.3.9',
          createdAt: secondsAgo(90_000),
          startedAt: secondsAgo(90_000),
          finishedAt: secondsAgo(89_628),
        }),
        anAppRelease({
          ...place,
          version: '2.3.8',
          createdAt: secondsAgo(180_000),
          startedAt: secondsAgo(180_000),
          finishedAt: secondsAgo(179_700),
        }),
      ],
    }),
  ];
  return api;
}
