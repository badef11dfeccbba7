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
  anAppRelease,
  anEnvironment,
  aRelease,
} from '../__testUtils__/releaseBuilders';
import { releaseLabel, subjectOf, workloadLabel } from './releaseNames';

describe('the name of a workload', () => {
  it.each([
    ['shop-checkout', 'shop', 'checkout'],
    ['checkout', 'shop', 'checkout'],
    ['shop', 'shop', 'shop'],
    ['shop-', 'shop', 'shop-'],
    ['shopping-cart', 'shop', 'shopping-cart'],
  ])('of %s in the app %s is %s', (workload, app, label) => {
    expect(workloadLabel(workload, app)).toBe(label);
  });

  it('of a release of an app is the app’s', () => {
    expect(releaseLabel(anAppRelease())).toBe('shop');
  });
});

describe('an environment is about', () => {
  const app = anAppRelease();
  const one = aRelease();
  const other = aRelease({ workloadName: 'shop-cart' });
  it('the app when several of its workloads are shown', () => {
    const environment = anEnvironment({ app, workloads: [one, other] });
    expect(subjectOf(environment)).toBe(app);
  });

  it('the workload when it is the only one that is shown', () => {
    expect(subjectOf(anEnvironment({ app, workloads: [one] }))).toBe(one);
  });

  it('the app when what came before is of it, although it has one workload only', () => {
    const environment = anEnvironment({
      app,
      workloads: [one],
      previous: [anAppRelease({ version: '2.3.9' })],
    });
    expect(subjectOf(environment)).toBe(app);
  });

  it('the workload while the app is being discovered', () => {
    expect(subjectOf(anEnvironment({ workloads: [one] }))).toBe(one);
  });

  it('nothing while there is no version', () => {
    expect(subjectOf(anEnvironment())).toBeUndefined();
  });
});
