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

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { until } from '../../__testUtils__/clusterHarness';
import { IdentityHarness } from '../../__testUtils__/identityHarness';
import { says, templateOf } from '../../__testUtils__/workloadObjects';

const EXAMPLE = resolve(
  __dirname,
  '../../../../../examples/upstream/podtato-head',
);
jest.setTimeout(180_000);
const PATIENCE_MS = 30_000;

describe('from annotations to versions', () => {
  let harness: IdentityHarness;

  beforeAll(async () => {
    harness = await IdentityHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  describe('a Deployment', () => {
    it('gets its workload, its version, its app and the version of that, as Keptn makes them', async () => {
      const replicaSet = harness.deploy('cart', {
        annotations: says('cart', '3.4.5', {
          'keptn.sh/app': 'store',
          'keptn.sh/pre-deployment-tasks': 'pre-check',
          'keptn.sh/metadata': 'branch=main',
        }),
      });
      const version = await harness.version('store-cart-3.4.5');
      const resourceReference = {
        kind: 'ReplicaSet',
        name: replicaSet.metadata.name,
        uid: replicaSet.metadata.uid,
      };
      expect(version.spec).toEqual({
        app: 'store',
        version: '3.4.5',
        resourceReference,
        preDeploymentTasks: ['pre-check'],
        metadata: { branch: 'main' },
        workloadName: 'store-cart',
      });
      const workload = harness.workload('store-cart')!;
      expect(version.metadata).toMatchObject({
        ownerReferences: [
          {
            kind: 'KeptnWorkload',
            name: 'store-cart',
            uid: workload.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
        annotations: {
          'keptn-tasks/revisions': `ReplicaSet.${replicaSet.metadata.name}`,
        },
      });
      expect(workload.metadata.ownerReferences).toEqual([
        expect.objectContaining({ kind: 'Deployment', name: 'cart' }),
      ]);
      expect(workload.metadata.annotations).toEqual({
        'keptn-tasks/revision': `ReplicaSet.${replicaSet.metadata.name}`,
      });
      const app = await harness.see(() => harness.app('store'));
      expect(app.metadata.labels).toEqual({
        'app.kubernetes.io/managed-by': 'keptn',
      });
      expect(app.spec).toEqual({
        version: '3.4.5',
        revision: 1,
        workloads: [{ name: 'cart', version: '3.4.5' }],
      });
      expect(await harness.currentVersion('store')).toMatchObject({
        metadata: { name: 'store-3.4.5-6b86b273' },
        spec: { appName: 'store', version: '3.4.5' },
      });
      await until(
        () =>
          harness.names('KeptnAppCreationRequest').length === 0 &&
          harness.app('store')?.status?.currentVersion === '3.4.5' &&
          harness.workload('store-cart')?.status?.currentVersion === '3.4.5',
        PATIENCE_MS,
      );
    });

    it('is written once: nothing is written for looks that find nothing new', async () => {
      await harness.currentVersion('store');
      const writes = () =>
        harness.cluster.sandbox.faults.requests.list({
          userAgent: 'keptn-tasks',
          writes: true,
        }).length;
      await harness.halt();
      const before = writes();
      await harness.reconcile();
      harness.deploy('settled', { annotations: says('settled', '1') });
      await harness.see(() => harness.appVersion('settled-1-6b86b273'));
      await until(
        () => harness.app('settled')?.status?.currentVersion === '1',
        PATIENCE_MS,
      );
      const made = harness.cluster.sandbox.faults.requests
        .list({ userAgent: 'keptn-tasks', writes: true })
        .slice(before);
      expect(
        made.map(({ verb, resource }) => `${verb} ${resource}`).sort(),
      ).toEqual([
        'create keptnappcreationrequests',
        'create keptnapps',
        'create keptnappversions',
        'create keptnworkloads',
        'create keptnworkloadversions',
        'delete keptnappcreationrequests',
        'patch keptnapps',
        'patch keptnworkloads',
      ]);
    });

    it('that names no app is one of its own, at once', async () => {
      await harness.halt();
      await harness.reconcile({ discoverySeconds: 600 });
      harness.deploy('alone', { annotations: says('alone', '1.0.0') });
      const app = await harness.see(() => harness.app('alone'));
      expect(app.metadata.annotations).toEqual({
        'keptn.sh/app-type': 'single-service',
      });
      expect(await harness.currentVersion('alone')).toMatchObject({
        spec: { workloads: [{ name: 'alone', version: '1.0.0' }] },
      });
      await harness.halt();
      await harness.reconcile();
    });

    it('may carry its words itself, labels included', async () => {
      harness.deploy(
        'outside',
        {},
        {
          annotations: { 'keptn.sh/post-deployment-tasks': 'note' },
          labels: {
            'app.kubernetes.io/name': 'outside',
            'app.kubernetes.io/version': '4',
          },
        },
      );
      expect(await harness.version('outside-outside-4')).toMatchObject({
        spec: { postDeploymentTasks: ['note'] },
      });
    });

    it('is not looked at before Kubernetes has acted on its template', async () => {
      const labels = (version: string) => ({
        'app.kubernetes.io/name': 'ahead',
        'app.kubernetes.io/version': version,
      });
      harness.deploy('ahead', {}, { labels: labels('1') });
      await harness.version('ahead-ahead-1');
      const changed = harness.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'ahead', namespace: 'shop', labels: labels('2') },
        spec: {
          replicas: 1,
          selector: { matchLabels: { test: 'ahead' } },
          template: templateOf('ahead', { image: 'ghcr.io/example/ahead:2' }),
        },
      });
      harness.deploy('later', { annotations: says('later', '1') });
      await harness.version('later-later-1');
      expect(harness.workloadVersion('ahead-ahead-2')).toBeUndefined();
      const replicaSet = harness.rollOut(changed);
      expect(await harness.version('ahead-ahead-2')).toMatchObject({
        metadata: {
          annotations: {
            'keptn-tasks/revisions': `ReplicaSet.${replicaSet.metadata.name}`,
          },
        },
        spec: { previousVersion: '1' },
      });
    });

    it('D-62 may have a version that no object can be called', async () => {
      harness.deploy('odd', { annotations: says('odd', '1.0.0+build/7') });
      const version = await harness.see(() => {
        const [name] = harness
          .names('KeptnWorkloadVersion')
          .filter(one => one.startsWith('odd-odd-'));
        return name ? harness.workloadVersion(name) : undefined;
      });
      expect(version.spec.version).toBe('1.0.0+build/7');
      expect((await harness.currentVersion('odd')).spec).toMatchObject({
        version: '1.0.0+build/7',
        workloads: [{ name: 'odd', version: '1.0.0+build/7' }],
      });
    });

    it('D-38 with a new template and the same version adds a revision to it', async () => {
      const words = { annotations: says('same', '1') };
      const first = harness.deploy('same', words);
      await harness.version('same-same-1');
      const second = harness.deploy('same', {
        ...words,
        image: 'ghcr.io/example/same:other',
      });
      await until(
        () =>
          harness.workloadVersion('same-same-1')?.metadata.annotations?.[
            'keptn-tasks/revisions'
          ] ===
          `ReplicaSet.${first.metadata.name},ReplicaSet.${second.metadata.name}`,
        PATIENCE_MS,
      );
      expect(
        harness.workloadVersion('same-same-1')?.spec.resourceReference.uid,
      ).toBe(second.metadata.uid);
    });

    it('that loses its KeptnWorkload gets it again', async () => {
      harness.deploy('lost', { annotations: says('lost', '1') });
      await harness.version('lost-lost-1');
      const { uid } = harness.workload('lost-lost')!.metadata;
      harness.remove('KeptnWorkload', 'lost-lost');
      await harness.see(() => {
        const again = harness.workload('lost-lost');
        return again && again.metadata.uid !== uid ? again : undefined;
      });
      await until(
        () =>
          harness
            .workloadVersion('lost-lost-1')
            ?.metadata.ownerReferences?.some(
              owner =>
                owner.uid === harness.workload('lost-lost')?.metadata.uid,
            ),
        PATIENCE_MS,
      );
    });
  });

  it('makes one app of six workloads from the manifests of podtato-head, as they are', async () => {
    await harness.halt();
    await harness.reconcile({ discoverySeconds: 4 });
    harness.optIn('podtato');
    const objects = [
      '10-definitions.yaml',
      '20-app-context.yaml',
      '30-workloads.yaml',
    ].flatMap(file =>
      parseAllDocuments(readFileSync(join(EXAMPLE, file), 'utf8')).map(
        document => document.toJS(),
      ),
    );
    for (const object of objects) {
      const created = harness.cluster.create(object);
      if (created.kind === 'Deployment') {
        harness.rollOut(created);
      }
    }
    const parts = [
      'entry',
      'hat',
      'left-arm',
      'left-leg',
      'right-arm',
      'right-leg',
    ];
    const workloads = parts.map(part => ({
      name: `podtato-head-${part}`,
      version: 'v1',
    }));
    await until(
      () =>
        harness.app('podtato-head', 'podtato')?.spec.workloads?.length === 6,
      PATIENCE_MS,
    );
    const app = harness.app('podtato-head', 'podtato')!;
    expect(app.spec.workloads).toEqual(workloads);
    expect(app.metadata.generation).toBe(1);
    expect(app.spec.version).toMatch(/^[0-9a-f]{10}$/);
    const version = await harness.currentVersion('podtato-head', 'podtato');
    expect(version.spec).toMatchObject({
      workloads,
      preDeploymentTasks: ['pre-deployment-hello'],
      postDeploymentTasks: ['post-deployment-hello'],
      metadata: { stage: 'dev', contact: 'podtato@example.com' },
    });
    expect(harness.names('KeptnWorkloadVersion', 'podtato')).toEqual(
      parts.map(part => `podtato-head-podtato-head-${part}-v1`),
    );
    expect(
      harness.workloadVersion('podtato-head-podtato-head-entry-v1', 'podtato')
        ?.spec,
    ).toMatchObject({
      preDeploymentTasks: ['pre-deployment-hello'],
      postDeploymentTasks: ['check-entry-service', 'post-deployment-hello'],
    });
    expect(await harness.problems('podtato')).toEqual([]);
  });
});
