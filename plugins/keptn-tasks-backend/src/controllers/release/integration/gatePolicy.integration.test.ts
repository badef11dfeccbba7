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
import { CLEARED_REVISIONS } from '../../../domain/release/annotations';

jest.setTimeout(240_000);

describe('with the gate policy in the cluster', () => {
  let harness: ReleaseHarness;

  const cleared = (namespace = 'shop') =>
    Object.keys(
      harness.cluster
        .resource('v1', 'ConfigMap')
        .get(namespace, CLEARED_REVISIONS)?.data ?? {},
    );

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    harness.cluster.applyFile('deploy/gates/policy.yaml');
    harness.cluster.applyFile('deploy/gates/policy-carry-annotations.yaml');
  });
  afterAll(() => harness.stop());

  it.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)(
    'Pods of a cleared revision of a %s run while the backend is down: scaled up, evicted, or on a lost node',
    async kind => {
      const runtime = await harness.reconcile({ gates: 'policy' });
      const name = `steady-${kind.toLowerCase()}`;
      await until(
        () =>
          harness.cluster
            .resource('v1', 'ConfigMap')
            .get('shop', CLEARED_REVISIONS),
        20_000,
      );
      harness.deploy(name, { kind, pre: 'passes', gated: false });
      await harness.workloadEnded(`${name}-${name}-1.0.0`);
      await harness.running(name, 1);
      expect(
        harness.pods(name)[0].metadata.annotations?.[
          'keptn.sh/scheduling-gate-removed'
        ],
      ).toBe('true');
      await until(() => cleared().some(key => key.includes(name)), 20_000);
      await harness.cluster.stopRuntime(runtime);

      // What an eviction and a lost node come to: the Pod is deleted, and another one is made.
      const pods = harness.cluster.resource('v1', 'Pod');
      const [first] = harness.pods(name);
      pods.delete('shop', first.metadata.name, { gracePeriodSeconds: 0 });
      await until(
        () =>
          harness
            .pods(name)
            .some(({ metadata }) => metadata.uid !== first.metadata.uid),
        30_000,
      );
      await harness.running(name, 1);
      if (kind !== 'DaemonSet') {
        harness.apply({
          apiVersion: 'apps/v1',
          kind,
          metadata: { name, namespace: 'shop' },
          spec: { replicas: 3 },
        });
        await harness.running(name, 3);
      }
    },
  );

  it('Pods of a new revision wait while the backend is down, and go when it is back', async () => {
    harness.deploy('steady-deployment', {
      version: '2.0.0',
      pre: 'passes',
      gated: false,
      replicas: 1,
    });
    await until(
      () => harness.pods('steady-deployment').some(pod => harness.isGated(pod)),
      30_000,
    );
    const runtime = await harness.reconcile({ gates: 'policy' });
    await harness.workloadEnded('steady-deployment-steady-deployment-2.0.0');
    await harness.running('steady-deployment', 1);
    await harness.cluster.stopRuntime(runtime);
  });

  it('the list of cleared revisions is made again when it is deleted, and without what is gone', async () => {
    const runtime = await harness.reconcile({ gates: 'policy' });
    const before = cleared();
    expect(before.length).toBeGreaterThan(0);
    harness.cluster
      .resource('v1', 'ConfigMap')
      .delete('shop', CLEARED_REVISIONS);
    await until(() => cleared().length === before.length, 30_000);
    expect(cleared().sort()).toEqual(before.sort());
    harness.cluster
      .resource('apps/v1', 'StatefulSet')
      .delete('shop', 'steady-statefulset', {
        propagationPolicy: 'Foreground',
      });
    await until(
      () => !cleared().some(key => key.includes('steady-statefulset')),
      60_000,
    );
    await harness.cluster.stopRuntime(runtime);
  });

  it('annotations that stand on the workload are enough', async () => {
    const runtime = await harness.reconcile({ gates: 'policy' });
    harness.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'outside',
        namespace: 'shop',
        annotations: {
          'keptn.sh/workload': 'outside',
          'keptn.sh/version': '1.0.0',
          'keptn.sh/pre-deployment-tasks': 'fails',
        },
      },
      spec: {
        replicas: 1,
        selector: { matchLabels: { 'test/name': 'outside' } },
        template: {
          metadata: { labels: { 'test/name': 'outside' } },
          spec: {
            terminationGracePeriodSeconds: 0,
            containers: [
              { name: 'server', image: 'ghcr.io/example/outside:1' },
            ],
          },
        },
      },
    });
    const { status } = await harness.workloadEnded('outside-outside-1.0.0');
    expect(status?.status).toBe('Failed');
    await harness.gated('outside', 1);

    // Somebody with the right to annotate the version lets them go.
    harness.apply({
      apiVersion: 'lifecycle.keptn.sh/v1',
      kind: 'KeptnWorkloadVersion',
      metadata: {
        name: 'outside-outside-1.0.0',
        namespace: 'shop',
        annotations: {
          'keptn-tasks/release-gate': 'The check is wrong, see OPS-7',
          'keptn-tasks/release-gate-by': 'user:default/ada',
        },
      },
    });
    await harness.running('outside', 1);
    const release = await until(async () => {
      const one = await harness.cluster.releaseOf('outside-outside-1.0.0');
      return one?.gateReleased && one.rollout?.available ? one : undefined;
    }, 20_000);
    // Who let them go sees them run, although the version had ended before.
    expect(release.rollout).toMatchObject({
      desired: 1,
      updated: 1,
      available: 1,
    });
    // Anybody can write a name into an annotation: it is no evidence.
    expect(release.gateReleased).toEqual({
      reason: 'The check is wrong, see OPS-7',
      at: expect.any(String),
    });
    expect(
      harness.workloadVersion('outside-outside-1.0.0')?.status?.status,
    ).toBe('Failed');
    await harness.cluster.stopRuntime(runtime);
  });
});
