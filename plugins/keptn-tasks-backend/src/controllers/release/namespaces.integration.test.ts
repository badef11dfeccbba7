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

import { until } from '../../__testUtils__/clusterHarness';
import {
  IdentityHarness,
  LIFECYCLE,
} from '../../__testUtils__/identityHarness';
import { controllerReference, says } from '../../__testUtils__/workloadObjects';

jest.setTimeout(180_000);
const PATIENCE_MS = 30_000;

describe('namespaces', () => {
  let harness: IdentityHarness;

  beforeAll(async () => {
    harness = await IdentityHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  it('that have not opted in are not touched, and are from when they do', async () => {
    harness.namespace('elsewhere');
    harness.deploy(
      'stranger',
      { annotations: says('stranger', '1') },
      { namespace: 'elsewhere' },
    );
    harness.deploy('known', { annotations: says('known', '1') });
    await harness.version('known-known-1');
    for (const kind of [
      'KeptnWorkload',
      'KeptnWorkloadVersion',
      'KeptnAppCreationRequest',
      'KeptnApp',
    ]) {
      expect(harness.names(kind, 'elsewhere')).toEqual([]);
    }
    harness.optIn('elsewhere');
    await harness.version('stranger-stranger-1', 'elsewhere');
  });

  it('that opt out are left alone from then on, and their problems forgotten', async () => {
    harness.optIn('leaving');
    harness.deploy(
      'guest',
      { annotations: says('guest', '1', { 'keptn.sh/x': 'y' }) },
      { namespace: 'leaving' },
    );
    await until(
      async () => (await harness.problems('leaving')).length === 1,
      PATIENCE_MS,
    );
    harness.namespace('leaving');
    await until(
      async () => (await harness.problems('leaving')).length === 0,
      PATIENCE_MS,
    );
    harness.deploy(
      'guest',
      { annotations: says('guest', '2') },
      { namespace: 'leaving' },
    );
    harness.deploy('host', { annotations: says('host', '1') });
    await harness.version('host-host-1');
    expect(harness.workload('guest-guest', 'leaving')?.spec.version).toBe('1');
  });

  it('have what ran before they opted in left alone, until it is rolled out again or waits for us', async () => {
    harness.optIn('old', '2099-01-01T00:00:00Z');
    const place = { namespace: 'old' };
    harness.deploy('before', { annotations: says('before', '1') }, place);
    const waiting = harness.deploy(
      'waiting',
      { annotations: says('waiting', '1') },
      place,
    );
    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'waiting-pod',
        namespace: 'old',
        ownerReferences: [controllerReference(waiting)],
      },
      spec: {
        schedulingGates: [{ name: 'keptn-prechecks-gate' }],
        containers: [{ name: 'server', image: 'x:1' }],
      },
    });
    await harness.version('waiting-waiting-1', 'old');
    expect(harness.names('KeptnWorkload', 'old')).toEqual(['waiting-waiting']);
  });

  it('are waited for until it is known since when they are looked after', async () => {
    harness.namespace('new', { 'keptn.sh/lifecycle-toolkit': 'enabled' });
    harness.deploy(
      'early',
      { annotations: says('early', '1') },
      { namespace: 'new' },
    );
    harness.deploy('after', { annotations: says('after', '1') });
    await harness.version('after-after-1');
    expect(harness.names('KeptnWorkload', 'new')).toEqual([]);
    harness.lookAfter('new');
    await harness.version('early-early-1', 'new');
  });

  it('of any kind have the apps and requests processed that people make themselves', async () => {
    harness.namespace('by-hand');
    harness.cluster.create({
      apiVersion: LIFECYCLE,
      kind: 'KeptnApp',
      metadata: { name: 'own', namespace: 'by-hand' },
      spec: { version: '1', workloads: [] },
    });
    const version = await harness.currentVersion('own', 'by-hand');
    expect(version.metadata.name).toBe('own-1-6b86b273');
  });
});
