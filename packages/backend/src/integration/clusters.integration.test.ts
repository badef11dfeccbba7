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

import type { ClusterHealth } from 'backstage-plugin-keptn-tasks-common';
import { type SandboxCluster, startSandboxCluster } from 'sandbox-cluster';
import type { BackendProcess } from '../__testUtils__/BackendProcess';
import { aScript } from '../__testUtils__/manifests';
import { CHECKOUT, freePort } from '../__testUtils__/portalConfig';
import { until } from '../__testUtils__/until';
import { finished, Workbench } from '../__testUtils__/Workbench';

jest.setTimeout(240_000);

describe('clusters that cannot be worked on, beside one that can', () => {
  let bare: SandboxCluster;
  let bench: Workbench;
  let backend: BackendProcess;
  let health: Map<string, ClusterHealth>;
  let awayPort: number;

  beforeAll(async () => {
    bare = await startSandboxCluster({
      controllers: false,
      tokens: { 'nobody-in-particular': { name: 'nobody' } },
    });
    awayPort = await freePort();
    const { url, caData, token } = bare;
    bench = await Workbench.start({
      otherClusters: [
        { name: 'away', url: `https://127.0.0.1:${awayPort}`, token: 'any' },
        { name: 'bare', url, caData, token },
        { name: 'stranger', url, caData, token: 'wrong-token' },
        { name: 'untrusted', url, token },
        { name: 'no-file', kubeconfig: '/does/not/exist' },
      ],
    });
    await bench.user.create(aScript('short', 'shop', 'echo done'));
    backend = await bench.startPortal();
    health = await until(async () => {
      const { items } = await backend.client.listClusters();
      return (
        items
          .filter(({ name }) => name !== 'sandbox')
          .every(({ message }) => message) &&
        new Map(items.map(item => [item.name, item]))
      );
    });
  });
  afterAll(async () => {
    await bench?.stop();
    await bare?.stop();
  });

  it.each([
    ['away', false, () => `127.0.0.1:${awayPort}`],
    [
      'bare',
      true,
      () =>
        'The cluster does not serve keptntasks.lifecycle.keptn.sh and keptntaskdefinitions.lifecycle.keptn.sh; apply them with kubectl apply -f deploy/crds',
    ],
    [
      'stranger',
      true,
      () =>
        'Cannot get version: Unauthorized. The cluster does not accept the credentials that are configured for it.',
    ],
    ['untrusted', false, () => 'certificate'],
    ['no-file', false, () => '/does/not/exist'],
  ])('say what is wrong: %s', (name, reachable, sentence) => {
    expect(health.get(name)).toMatchObject({
      reachable,
      reconciling: false,
      message: expect.stringContaining(sentence()),
    });
    expect(backend.output).toContain('Not at work on the cluster');
  });

  it('do not keep the good one from its work', async () => {
    expect(health.get('sandbox')).toMatchObject({
      reachable: true,
      reconciling: true,
      missingRights: [],
      missingResources: [],
    });
    expect(health.get('sandbox')?.message).toBeUndefined();
    const { run } = await backend.client.triggerRun({
      entityRef: CHECKOUT,
      cluster: 'sandbox',
      namespace: 'shop',
      definition: 'short',
    });
    const detail = await finished(backend, run.id);
    expect(detail.run.state).toBe('Succeeded');
  });

  it.each([
    [
      'a mode that there is not',
      { mode: 'foo' },
      "keptnTasks.clusters[0].mode is 'foo'; it must be 'reconcile' (this plugin runs the tasks) or 'observe' (another operator does)",
    ],
    [
      'two ways to one cluster',
      { kubeconfig: 'somewhere' },
      'keptnTasks.clusters[0]: ',
    ],
  ])(
    'do not let the backend get ready with %s, and it says which key is wrong',
    async (_what, changes, sentence) => {
      const broken = await bench.startBackend({
        clusters: [{ ...bench.clusterConfig, ...changes }],
      });
      await until(
        () => broken.output.includes('Backend startup failed'),
        120_000,
      );
      expect(broken.output).toContain(sentence);
      const readiness = `${broken.baseUrl}/.backstage/health/v1/readiness`;
      expect((await fetch(readiness)).status).toBe(503);
      expect((await broken.stop()).signal).toBeNull();
    },
  );
});
