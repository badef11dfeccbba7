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

import { aRun } from '../__testUtils__/builders';
import {
  aHeldRelease,
  anAppRelease,
  anEnvironment,
  anItem,
  aRelease,
  phasesOf,
} from '../__testUtils__/releaseBuilders';
import {
  currentOf,
  describePlace,
  releaseOfRun,
  shownRunIds,
} from './environments';
import { filtersOfRun } from './releaseOfRun';
import { hasFilters, writeFilters } from './listFilters';
import { readReleaseFilters } from './releaseFilters';
import { canRepeat, planRepeat } from './repeatPlan';

describe('repeating', () => {
  const app = anAppRelease({
    phases: phasesOf('app', {
      preTasks: { items: [anItem({ definition: 'approval' })] },
      postTasks: { items: [anItem({ definition: 'approval' })] },
    }),
  });

  it('an app repeats its own checks, each named once, and the failed ones of its workloads', () => {
    const environment = anEnvironment({
      app,
      workloads: [aHeldRelease(), aRelease({ workloadName: 'shop-cart' })],
    });
    expect(planRepeat(app, environment)).toEqual({
      checks: ['approval'],
      workloads: ['checkout'],
      stopsRunning: false,
    });
  });

  it('a workload repeats its own checks only', () => {
    expect(planRepeat(aHeldRelease(), undefined)).toEqual({
      checks: ['smoke-test'],
      workloads: [],
      stopsRunning: false,
    });
  });

  it('stops what still runs', () => {
    const running = { ...app, state: 'Progressing' as const };
    expect(planRepeat(running, undefined).stopsRunning).toBe(true);
  });

  it('is for apps that were not replaced, and for workloads that have failed', () => {
    expect(canRepeat(app)).toBe(true);
    expect(canRepeat({ ...app, state: 'Deprecated' })).toBe(false);
    expect(canRepeat(aHeldRelease())).toBe(true);
    expect(canRepeat(aRelease())).toBe(false);
  });
});

describe('release filters', () => {
  it('come back from the address as they were', () => {
    const filters = {
      states: ['Failed' as const, 'Deprecated' as const],
      kind: 'workload' as const,
      app: 'shop',
      workload: 'shop-cart',
      version: '2.4.0+build.7',
      cluster: 'production',
      namespace: 'shop',
    };
    const search = new URLSearchParams(writeFilters(filters).toString());
    expect(readReleaseFilters(search)).toEqual(filters);
  });

  it('ignore what they do not know', () => {
    const search = new URLSearchParams('state=Odd&kind=pod&cursor=x&version=');
    expect(hasFilters(readReleaseFilters(search))).toBe(false);
  });
});

describe('the release of a run', () => {
  const context = {
    appName: 'shop',
    appVersion: '2.4.0',
    workloadName: 'shop-cart',
    workloadVersion: '1.9.0',
  };
  const trigger = { source: 'release' as const };
  const place = { states: [], cluster: 'sandbox', namespace: 'shop' };

  it('is found in the list by the workload and its version', () => {
    const run = aRun({
      trigger,
      context: { ...context, objectType: 'Workload' },
    });
    expect(filtersOfRun(run)).toEqual({
      ...place,
      kind: 'workload',
      workload: 'shop-cart',
      version: '1.9.0',
    });
  });

  it('is found in the list by the app and its version', () => {
    const run = aRun({ trigger, context: { ...context, objectType: 'App' } });
    expect(filtersOfRun(run)).toEqual({
      ...place,
      kind: 'app',
      app: 'shop',
      version: '2.4.0',
    });
  });

  it('is none when somebody ran the task on demand', () => {
    expect(filtersOfRun(aRun({ context }))).toBeUndefined();
  });

  it('is known when it is asked for now', () => {
    const run = aRun({ trigger });
    const release = aRelease({
      phases: phasesOf('workload', {
        preTasks: { items: [anItem({ runId: run.id })] },
      }),
    });
    const environments = [anEnvironment({ workloads: [release] })];
    expect(releaseOfRun(run.id, environments)).toBe(release);
    expect(shownRunIds(environments)).toEqual(new Set([run.id]));
  });
});

describe('the version that is asked for now', () => {
  it('is found for an older one of the same workload in the same place', () => {
    const now = aRelease();
    const environments = [
      anEnvironment({ app: anAppRelease(), workloads: [now] }),
    ];
    expect(currentOf(aRelease({ version: '2.3.9' }), environments)).toBe(now);
    expect(
      currentOf(aRelease({ namespace: 'elsewhere' }), environments),
    ).toBeUndefined();
  });
});

describe('the place of a release', () => {
  it.each([
    ['Production EU', 'Production EU'],
    // "Sandbox · sandbox/shop" would say the same twice.
    ['Sandbox', undefined],
    ['sandbox', undefined],
    [undefined, undefined],
  ])('with the cluster titled %p has the title %p', (clusterTitle, title) => {
    const place = { cluster: 'sandbox', namespace: 'shop', clusterTitle };
    expect(describePlace(place)).toEqual({ title, address: 'sandbox/shop' });
  });
});
