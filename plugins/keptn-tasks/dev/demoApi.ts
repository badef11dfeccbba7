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
  type KeptnTasksApi,
  type RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { FakeKeptnTasksApi } from '../src/__testUtils__/FakeKeptnTasksApi';
import { responseError } from '../src/__testUtils__/builders';
import { fillCheckout, fillHealthy, fillManyLines } from './demoHistory';
import { fillGallery } from './demoGallery';
import { fillCheckoutReleases, fillHealthyReleases } from './demoReleases';
import { fillShop } from './demoShop';
import { playReleases } from './playReleases';

const fakeOf = (name: string) =>
  new FakeKeptnTasksApi(`component:default/${name}`);

const never = () => new Promise<never>(() => {});

/** What each entity of the demo shows. */
export const SCENARIOS: Record<string, () => KeptnTasksApi> = {
  checkout: () => live(fillCheckoutReleases(fillCheckout(fakeOf('checkout')))),
  healthy: () => live(fillHealthyReleases(fillHealthy(fakeOf('healthy')))),
  shop: () => live(fillShop(fillHealthy(fakeOf('shop')))),
  gallery: () => live(fillGallery(fillHealthy(fakeOf('gallery')))),
  'long-log': () => live(fillManyLines(fakeOf('long-log'))),
  empty: () => new FakeKeptnTasksApi(),
  loading: () =>
    Object.assign(new FakeKeptnTasksApi(), {
      listRuns: never,
      countRuns: never,
      getRun: never,
      listDefinitions: never,
      listEnvironments: never,
      listReleases: never,
    }),
  broken: () => {
    const fail = async () => {
      throw responseError(500, 'Error', 'The database is not available');
    };
    return Object.assign(new FakeKeptnTasksApi(), {
      listRuns: fail,
      countRuns: fail,
      listDefinitions: fail,
      listEnvironments: fail,
      listReleases: fail,
    });
  },
  forbidden: () => {
    const refuse = async () => {
      throw responseError(403, 'NotAllowedError', 'Not allowed');
    };
    return Object.assign(new FakeKeptnTasksApi(), {
      listRuns: refuse,
      countRuns: refuse,
      listDefinitions: refuse,
      listEnvironments: refuse,
      listReleases: refuse,
    });
  },
  offline: () => {
    const api = fillHealthyReleases(fillHealthy(fakeOf('offline')));
    api.hints.cut();
    return api;
  },
};

/** Lets what is started go on: a Job, some lines, an end. */
function live(api: FakeKeptnTasksApi): FakeKeptnTasksApi {
  const started = new Set(api.runs.map(({ id }) => id));
  playReleases(api);
  setInterval(() => {
    for (const run of api.runs) {
      if (started.has(run.id)) continue;
      started.add(run.id);
      play(api, run.id).catch(() => {});
    }
  }, 200);
  return api;
}

async function play(api: FakeKeptnTasksApi, id: string) {
  const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
  const get = () => api.getRun(id);
  const now = () => new Date().toISOString();
  const save = async (change: (detail: RunDetail) => RunDetail) =>
    api.save(change(await get()));

  await pause(600);
  await save(({ run, ...rest }) => ({
    ...rest,
    run: { ...run, state: 'Progressing', startedAt: now(), attempts: 1 },
    attempts: [{ number: 1, state: 'Running', createdAt: now() }],
    transitions: [...rest.transitions, { at: now(), state: 'Progressing' }],
  }));
  await pause(700);
  await save(detail => ({
    ...detail,
    attempts: detail.attempts.map(one => ({ ...one, startedAt: now() })),
  }));
  for (let step = 1; step <= 24; step++) {
    await pause(350);
    if ((await get()).run.cancelRequested) break;
    api.log(id, [`\u001b[32mok\u001b[0m check ${step} of 24 passed`]);
  }
  api.endLog(id);
  await save(({ run, ...rest }) => {
    const fails = rest.parameters.some(
      ({ name, value }) => name === 'FAIL' && value === 'true',
    );
    const outcome = fails ? 'Failed' : 'Succeeded';
    const state = run.cancelRequested ? 'Cancelled' : outcome;
    return {
      ...rest,
      run: { ...run, state, finishedAt: now() },
      attempts: rest.attempts.map(one => ({
        ...one,
        state: state === 'Succeeded' ? 'Succeeded' : 'Failed',
        finishedAt: now(),
      })),
      transitions: [...rest.transitions, { at: now(), state }],
    };
  });
}
