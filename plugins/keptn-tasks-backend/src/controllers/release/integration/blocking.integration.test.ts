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

import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import { until } from '../../../__testUtils__/clusterHarness';
import type { ClusterRuntime } from '../../ClusterRuntime';

jest.setTimeout(180_000);

const CONFIG = {
  apiVersion: 'options.keptn.sh/v1alpha1',
  kind: 'KeptnConfig',
};

describe('what a failed check does', () => {
  let harness: ReleaseHarness;
  let runtime: ClusterRuntime;

  const configure = (blockDeployment: boolean, namespace = 'keptn-system') =>
    harness.apply({
      ...CONFIG,
      metadata: { name: 'keptn-config', namespace },
      spec: { blockDeployment },
    });

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    runtime = await harness.reconcile();
  });
  afterAll(() => harness.stop());

  it('is to block, unless somebody says otherwise', async () => {
    harness.deploy('blocked', { pre: 'fails' });
    const { status } = await harness.workloadEnded('blocked-blocked-1.0.0');
    expect(status?.status).toBe('Failed');
    await harness.gated('blocked', 1);
  });

  it('is to warn where the cluster says so, and what has ended keeps its outcome whatever is said later (D-34)', async () => {
    configure(false);
    // The watch has to bring it.
    await until(async () => {
      harness.deploy('warned', { pre: 'fails' });
      const version = harness.workloadVersion('warned-warned-1.0.0');
      return version?.status?.endTime !== undefined;
    }, 60_000);
    const warned = await harness.workloadEnded('warned-warned-1.0.0');
    expect(warned.status).toMatchObject({
      preDeploymentStatus: 'Warning',
      deploymentStatus: 'Succeeded',
      status: 'Succeeded',
    });
    const app = await harness.appEnded('warned', '1.0.0');
    await harness.running('warned', 1);

    configure(true);
    await harness.cluster.stopRuntime(runtime);
    runtime = await harness.reconcile();
    harness.deploy('blocked-again', { pre: 'fails' });
    const again = await harness.workloadEnded(
      'blocked-again-blocked-again-1.0.0',
    );
    expect(again.status?.status).toBe('Failed');
    expect(harness.workloadVersion('warned-warned-1.0.0')?.status).toEqual(
      warned.status,
    );
    expect(harness.appVersions('warned').at(-1)?.status).toEqual(app.status);
    expect(
      harness.workloadVersion('blocked-blocked-1.0.0')?.status?.status,
    ).toBe('Failed');
  });

  it('is not decided by a KeptnConfig of another namespace (D-58)', async () => {
    configure(true);
    configure(false, 'shop');
    harness.deploy('foreign-config', { pre: 'fails' });
    const { status } = await harness.workloadEnded(
      'foreign-config-foreign-config-1.0.0',
    );
    expect(status?.status).toBe('Failed');
  });

  it('may differ by namespace and by app', async () => {
    configure(true);
    const namespaces = harness.cluster.resource('v1', 'Namespace');
    namespaces.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'lenient',
        annotations: {
          'keptn.sh/lifecycle-toolkit': 'enabled',
          'keptn-tasks/failed-checks': 'warn',
        },
      },
    });
    harness.deploy('free', { namespace: 'lenient', pre: 'fails' });
    harness.app(
      'strict',
      '1',
      { server: '1.0.0' },
      {
        namespace: 'lenient',
        annotations: { 'keptn-tasks/failed-checks': 'block' },
      },
    );
    harness.deploy('server', {
      namespace: 'lenient',
      app: 'strict',
      pre: 'fails',
    });
    const [free, strict] = await Promise.all([
      harness.workloadEnded('free-free-1.0.0', 'lenient'),
      harness.workloadEnded('strict-server-1.0.0', 'lenient'),
    ]);
    expect([free.status?.status, strict.status?.status]).toEqual([
      'Succeeded',
      'Failed',
    ]);
  });
});
