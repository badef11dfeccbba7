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

const EXAMPLE = 'examples/upstream/podtato-head';
const PARTS = [
  'entry',
  'hat',
  'left-arm',
  'left-leg',
  'right-arm',
  'right-leg',
];

jest.setTimeout(240_000);

describe('the manifests of podtato-head', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
  });
  afterAll(() => harness.stop());

  it('are released as they are: one app of six workloads, with checks on both levels', async () => {
    await harness.reconcile();
    for (const file of [
      '00-namespace.yaml',
      '10-definitions.yaml',
      '20-app-context.yaml',
      '30-workloads.yaml',
    ]) {
      harness.cluster.applyFile(`${EXAMPLE}/${file}`);
    }
    const ended = () =>
      harness
        .appVersions('podtato-head', 'podtato')
        .find(
          ({ spec, status }) => spec.workloads?.length === 6 && status?.endTime,
        );
    const app = await until(
      ended,
      180_000,
      () =>
        `podtato-head: ${JSON.stringify(
          harness
            .appVersions('podtato-head', 'podtato')
            .map(({ status }) => status),
        )}`,
    );
    expect(app.status).toMatchObject({
      preDeploymentStatus: 'Succeeded',
      workloadOverallStatus: 'Succeeded',
      postDeploymentStatus: 'Succeeded',
      status: 'Succeeded',
    });
    for (const part of PARTS) {
      const name = `podtato-head-podtato-head-${part}-v1`;
      expect(harness.workloadVersion(name, 'podtato')?.status).toMatchObject({
        deploymentStatus: 'Succeeded',
        postDeploymentStatus: 'Succeeded',
        status: 'Succeeded',
      });
    }
    expect(harness.tasksOf('check-entry-service', 'podtato')).toHaveLength(1);
  });
});
