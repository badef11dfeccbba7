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

import type { Environment, Release } from 'backstage-plugin-keptn-tasks-common';
import { anId, secondsAgo } from '../__testUtils__/builders';
import {
  aHeldRelease,
  anAppRelease,
  anEnvironment,
  anItem,
  aRelease,
  aReleaseDetail,
  phasesOf,
} from '../__testUtils__/releaseBuilders';
import { judge, judgeDetail } from './judgePlace';
import {
  judgeReleases,
  problemsFirst,
  type ReleaseTrouble,
} from './releaseHealth';

const cart = { workloadName: 'shop-cart' };
const hold = (part: Partial<NonNullable<Release['hold']>> = {}) => ({
  reason: 'WaitsForApp',
  message: 'It waits.',
  since: secondsAgo(30),
  gateReleasable: true,
  ...part,
});
const underWay = (part: Partial<Release> = {}) =>
  aRelease({
    state: 'Progressing',
    phase: 'deployment',
    finishedAt: undefined,
    phases: phasesOf('workload', {
      deployment: { state: 'Progressing', startedAt: secondsAgo(9) },
    }),
    ...part,
  });
const waiting = (part: Partial<Release> = {}) =>
  aRelease({
    state: 'Pending',
    finishedAt: undefined,
    phases: phasesOf('workload', { deployment: { state: 'Pending' } }),
    hold: hold(),
    ...part,
  });
const failedAfter = () =>
  aRelease({
    state: 'Failed',
    phase: 'postTasks',
    phases: phasesOf('workload', {
      postTasks: {
        state: 'Failed',
        items: [
          anItem({
            definition: 'load-check',
            state: 'Failed',
            message: 'slow',
          }),
        ],
      },
    }),
  });

describe('a place is', () => {
  const cases: Array<{
    name: string;
    environment: Environment;
    kind: string;
    trouble?: Partial<ReleaseTrouble>;
  }> = [
    {
      name: 'held by a failed check before the deployment, with the Pods that wait',
      environment: anEnvironment({ workloads: [aHeldRelease()] }),
      kind: 'held',
      trouble: {
        definition: 'smoke-test',
        message: 'The script ended with exit code 1.',
        pods: 3,
      },
    },
    {
      name: 'held when the app’s check failed and the workload waits for it',
      environment: anEnvironment({
        app: anAppRelease({
          state: 'Failed',
          phase: 'preTasks',
          phases: phasesOf('app', {
            preTasks: {
              state: 'Failed',
              items: [anItem({ definition: 'approval', state: 'Failed' })],
            },
          }),
        }),
        workloads: [waiting()],
      }),
      kind: 'held',
      trouble: { definition: 'approval' },
    },
    {
      name: 'failed when a check after the deployment did',
      environment: anEnvironment({ workloads: [failedAfter()] }),
      kind: 'failed',
      trouble: { definition: 'load-check', message: 'slow', pods: 0 },
    },
    {
      name: 'failed, not held, once somebody has opened the gate',
      environment: anEnvironment({
        workloads: [
          aHeldRelease({
            hold: undefined,
            gatedPods: undefined,
            gateReleased: { reason: 'by hand', at: secondsAgo(1) },
          }),
        ],
      }),
      kind: 'failed',
    },
    {
      name: 'waiting when a definition is missing, although other tasks run',
      environment: anEnvironment({
        workloads: [
          waiting({
            state: 'Progressing',
            phases: phasesOf('workload', {
              preTasks: {
                state: 'Progressing',
                items: [
                  anItem({ state: 'Progressing' }),
                  {
                    definition: 'absent',
                    kind: 'task',
                    state: 'Pending',
                    message: 'absent does not exist.',
                  },
                ],
              },
            }),
            hold: hold({
              definition: 'absent',
              message: 'absent does not exist.',
            }),
          }),
        ],
      }),
      kind: 'waiting',
      trouble: { definition: 'absent', message: 'absent does not exist.' },
    },
    {
      name: 'waiting when its rollout is stuck, although it is deploying',
      environment: anEnvironment({
        workloads: [
          underWay({
            hold: hold({
              reason: 'RolloutStuck',
              message: 'Deployment checkout does not exist.',
              phase: 'deployment',
              gateReleasable: false,
            }),
          }),
        ],
      }),
      kind: 'waiting',
      trouble: { message: 'Deployment checkout does not exist.', gated: [] },
    },
    {
      name: 'waiting when nothing moves',
      environment: anEnvironment({ workloads: [waiting()] }),
      kind: 'waiting',
      trouble: { message: 'It waits.' },
    },
    {
      name: 'under way while a workload waits for the app’s checks, which run',
      environment: anEnvironment({
        app: anAppRelease({
          state: 'Progressing',
          phase: 'preTasks',
          finishedAt: undefined,
          phases: phasesOf('app', {
            preTasks: {
              state: 'Progressing',
              items: [anItem({ state: 'Progressing' })],
            },
          }),
        }),
        workloads: [waiting()],
      }),
      kind: 'underWay',
    },
    {
      name: 'under way while it is deployed',
      environment: anEnvironment({ workloads: [underWay()] }),
      kind: 'underWay',
    },
    {
      name: 'not looked after as asked for when its annotations are wrong',
      environment: anEnvironment({
        workloads: [aRelease()],
        problems: [{ kind: 'Deployment', name: 'checkout', messages: ['bad'] }],
      }),
      kind: 'problems',
    },
    {
      name: 'warned of when a check failed where failures do not block',
      environment: anEnvironment({
        workloads: [
          aRelease({
            state: 'Warning',
            phases: phasesOf('workload', {
              postTasks: {
                state: 'Warning',
                items: [anItem({ definition: 'load-check', state: 'Failed' })],
              },
            }),
          }),
        ],
      }),
      kind: 'warning',
      trouble: { definition: 'load-check' },
    },
    {
      name: 'well when its version passed',
      environment: anEnvironment({ workloads: [aRelease()] }),
      kind: 'passed',
    },
    {
      name: 'nothing to speak of without a version',
      environment: anEnvironment(),
      kind: 'none',
    },
  ];

  it.each(cases)('$name', ({ environment, kind, trouble }) => {
    expect(judge(environment)).toMatchObject(
      trouble ? { kind, trouble } : { kind },
    );
  });
});

describe('who is to blame', () => {
  it('is the workload whose check failed, not the app that fails with it', () => {
    const runId = anId();
    const workload = aHeldRelease(cart, { runId });
    const app = anAppRelease({ state: 'Failed', phase: 'deployment' });
    const verdict = judge(
      anEnvironment({ app, workloads: [aRelease(), workload] }),
    );
    expect(verdict).toMatchObject({
      kind: 'held',
      trouble: { subject: app, blamed: workload, runId },
    });
  });

  it('is the workload whose rollout failed when no check did', () => {
    const workload = aRelease({
      state: 'Failed',
      phase: 'deployment',
      message: 'The rollout took longer than five minutes.',
      phases: phasesOf('workload', { deployment: { state: 'Failed' } }),
    });
    const app = anAppRelease({ state: 'Failed', phase: 'deployment' });
    expect(judge(anEnvironment({ app, workloads: [workload] }))).toMatchObject({
      kind: 'failed',
      trouble: { blamed: workload, message: workload.message },
    });
  });
});

describe('all places together', () => {
  const held = anEnvironment({ namespace: 'a', workloads: [aHeldRelease()] });
  const failed = anEnvironment({ namespace: 'b', workloads: [failedAfter()] });
  const well = anEnvironment({ namespace: 'c', workloads: [aRelease()] });
  const moving = anEnvironment({ namespace: 'd', workloads: [underWay()] });

  it('are told by the most urgent, and the others are counted', () => {
    expect(judgeReleases([well, failed, moving, held])).toMatchObject({
      kind: 'held',
      trouble: { environment: held },
      others: 1,
    });
  });

  it('are shown with problems first, and otherwise in the order they came', () => {
    expect(problemsFirst([well, moving, failed, held])).toEqual([
      held,
      failed,
      moving,
      well,
    ]);
  });

  it('tell the newest release when everything passed', () => {
    const last = aRelease({ finishedAt: secondsAgo(5) });
    expect(judgeReleases([well, anEnvironment({ workloads: [last] })])).toEqual(
      { kind: 'passed', last },
    );
  });

  it('count what is under way', () => {
    const verdict = judgeReleases([well, moving, moving]);
    expect(verdict.kind === 'underWay' && verdict.releases).toHaveLength(2);
  });

  it('are nothing without any', () => {
    expect(judgeReleases([])).toEqual({ kind: 'none' });
  });
});

describe('one release', () => {
  it('of a workload is held by the failed check of its app', () => {
    const release = waiting();
    const app = anAppRelease({
      state: 'Failed',
      phase: 'preTasks',
      phases: phasesOf('app', {
        preTasks: { state: 'Failed', items: [anItem({ state: 'Failed' })] },
      }),
    });
    expect(judgeDetail(aReleaseDetail(release, { app }))).toMatchObject({
      kind: 'held',
      trouble: { subject: release, blamed: app },
    });
  });

  it('of a workload that is through is well, whatever becomes of its app', () => {
    const app = anAppRelease({ state: 'Failed', phase: 'postTasks' });
    expect(judgeDetail(aReleaseDetail(aRelease(), { app })).kind).toBe(
      'passed',
    );
  });
});
