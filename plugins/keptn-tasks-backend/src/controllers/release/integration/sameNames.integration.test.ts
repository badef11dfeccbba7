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

import { until } from '../../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';

jest.setTimeout(240_000);

describe('versions that are called alike', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  it('of workloads of one app are two, and both are released', async () => {
    harness.deploy('web', { app: 'shop', version: 'canary-1' });
    await harness.running('web', 1);
    harness.deploy('web-canary', { app: 'shop', version: '1', pre: 'passes' });
    await harness.running('web-canary', 1);
    expect(harness.tasksOf('passes')).toHaveLength(1);
    expect(harness.workloadVersion('shop-web-canary-1')?.spec).toMatchObject({
      workloadName: 'shop-web',
      version: 'canary-1',
    });
    const { version } = harness.appVersions('shop').at(-1)!.spec;
    const app = await harness.appEnded('shop', version);
    expect(app.status?.workloadStatus).toEqual([
      { workload: { name: 'web', version: 'canary-1' }, status: 'Succeeded' },
      { workload: { name: 'web-canary', version: '1' }, status: 'Succeeded' },
    ]);
  });

  it('of apps are two, and both are released', async () => {
    harness.deploy('cart', { version: 'canary-1' });
    await harness.appEnded('cart', 'canary-1');
    harness.deploy('cart-canary', { version: '1' });
    const app = await harness.appEnded('cart-canary', '1');
    expect(app.status?.status).toBe('Succeeded');
    await harness.running('cart-canary', 1);
  });

  it('of one workload are two, and each is checked', async () => {
    harness.deploy('api', { version: '1_0' });
    await harness.running('api', 1);
    harness.deploy('api', { version: '1-0', pre: 'fails' });
    await until(() => harness.tasksOf('fails').length === 1, 60_000);
    const [task] = harness.tasksOf('fails');
    expect(task.spec.context).toMatchObject({ workloadVersion: '1-0' });
    await harness.gated('api', 1);
  });
});
