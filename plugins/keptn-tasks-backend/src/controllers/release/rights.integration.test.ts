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
import { ReleaseHarness } from '../../__testUtils__/releaseHarness';
import { CLEARED_REVISIONS } from '../../domain/release/annotations';

jest.setTimeout(240_000);

const ACCOUNT = 'system:serviceaccount:keptn-system:keptn-tasks';

describe('with the rights of deploy/rbac/reconcile.yaml', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start({
      tokens: { account: { name: ACCOUNT } },
    });
    harness.cluster.applyFile('deploy/rbac/reconcile.yaml');
    harness.cluster.applyFile('deploy/gates/policy.yaml');
  });
  afterAll(() => harness.stop());

  const refused = () =>
    harness.cluster.sandbox.faults.requests
      .list()
      .filter(({ status, user }) => status === 403 && user === ACCOUNT)
      .map(({ verb, resource }) => `${verb} ${resource}`);

  it('releases go through all their phases, and nothing is refused', async () => {
    await harness.reconcile({ token: 'account', gates: 'policy' });
    await until(
      () =>
        harness.cluster
          .resource('v1', 'ConfigMap')
          .get('shop', CLEARED_REVISIONS),
      30_000,
    );
    harness.cluster.create({
      apiVersion: 'lifecycle.keptn.sh/v1',
      kind: 'KeptnEvaluationDefinition',
      metadata: { name: 'quick-enough', namespace: 'shop' },
      spec: {
        retries: 1,
        retryInterval: '1s',
        objectives: [
          { keptnMetricRef: { name: 'latency' }, evaluationTarget: '<1' },
        ],
      },
    });
    harness.context('cart', {
      preDeploymentTasks: ['passes'],
      postDeploymentTasks: ['passes'],
    });
    harness.deploy('cart', { pre: 'passes', post: 'passes', gated: false });
    harness.deploy('judged', {
      kind: 'StatefulSet',
      gated: false,
      annotations: { 'keptn.sh/pre-deployment-evaluations': 'quick-enough' },
    });
    expect((await harness.appEnded('cart', '1.0.0')).status?.status).toBe(
      'Succeeded',
    );
    expect(
      (await harness.workloadEnded('judged-judged-1.0.0')).status?.status,
    ).toBe('Failed');
    await harness.running('cart', 1);
    expect(refused()).toEqual([]);
  });

  it('so do next versions, and versions that are repeated', async () => {
    harness.deploy('cart', { version: '2.0.0', pre: 'fails', gated: false });
    expect((await harness.appEnded('cart', '2.0.0')).status?.status).toBe(
      'Failed',
    );
    const attempts = harness.appVersions('cart').length;
    const apps = harness.cluster.resource('lifecycle.keptn.sh/v1', 'KeptnApp');
    const app = apps.get('shop', 'cart')!;
    apps.update({ ...app, spec: { ...app.spec, revision: 2 } });
    await until(() => harness.appVersions('cart').length > attempts, 60_000);
    await harness.appEnded('cart', '2.0.0');
    expect(refused()).toEqual([]);
  });
});
