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

import { CLUSTER, until } from '../../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';

jest.setTimeout(240_000);
const PATIENCE_MS = 60_000;

describe('workloads that go by another name', () => {
  let harness: ReleaseHarness;
  let namespace: string;
  let number = 0;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
    harness.definition('endless', 'sleep 600');
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  beforeEach(() => {
    number += 1;
    namespace = `place-${number}`;
    harness.optIn(namespace);
  });

  const endless = () => harness.tasksOf('endless', namespace);
  const deployAs = (
    name: string,
    version: string,
    options: { app?: string; pre?: string; image?: string } = {},
  ) =>
    harness.deploy('cart', {
      namespace,
      version,
      app: options.app,
      annotations: {
        'keptn.sh/workload': name,
        'keptn.sh/pre-deployment-tasks': options.pre ?? '',
      },
      ...(options.image && {
        podSpec: { containers: [{ name: 'server', image: options.image }] },
      }),
    });

  it.each([
    ['as a workload', { app: 'shop', after: 'shop' }],
    ['as an app', { app: 'shop', after: 'market' }],
  ])(
    'renamed %s, have the checks under way stopped, and not begun afresh',
    async (_, { app, after }) => {
      deployAs('cart', '1', { app, pre: 'endless' });
      await until(() => endless().length === 1, PATIENCE_MS);
      deployAs(app === after ? 'basket' : 'cart', '2', { app: after });
      await harness.running('cart', 1, namespace);
      const former = await harness.workloadEnded('shop-cart-1', namespace);
      expect(former.status?.status).toBe('Deprecated');
      const now = app === after ? 'shop-basket-2' : 'market-cart-2';
      await harness.workloadEnded(now, namespace);
      await harness.appEnded(after, '2', namespace);
      await until(() => endless()[0].status?.status === 'Failed', PATIENCE_MS);
      expect(endless()[0].status?.message).toContain('Superseded by');
      expect(endless()).toHaveLength(1);
      expect(
        harness.workloadVersion('shop-cart-1', namespace)?.metadata.annotations,
      ).not.toHaveProperty(['keptn-tasks/attempt']);
    },
  );

  it('leave an attempt of their app that is superseded, not failed (D-37)', async () => {
    deployAs('cart', '1', { app: 'shop', pre: 'endless' });
    await until(() => endless().length === 1, PATIENCE_MS);
    deployAs('basket', '2', { app: 'shop' });
    await harness.appEnded('shop', '2', namespace);
    const first = await harness.appEnded('shop', '1', namespace);
    expect(first.status?.status).toBe('Deprecated');
  });

  it('while they are rolled out, are not waited for, and the Pods that were let go stay free', async () => {
    deployAs('cart', '1', { app: 'shop', image: 'missing.invalid/cart:1' });
    await until(
      () =>
        harness.workloadVersion('shop-cart-1', namespace)?.status
          ?.deploymentStatus === 'Progressing',
      PATIENCE_MS,
    );
    deployAs('basket', '2', { app: 'shop' });
    const former = await harness.workloadEnded('shop-cart-1', namespace);
    expect(former.status).toMatchObject({
      status: 'Deprecated',
      deploymentStatus: 'Progressing',
      postDeploymentStatus: 'Deprecated',
    });
  });

  it('are checked again when they get their former name back', async () => {
    deployAs('cart', '1', { app: 'shop', pre: 'endless' });
    await until(() => endless().length === 1, PATIENCE_MS);
    deployAs('basket', '2', { app: 'shop' });
    await harness.workloadEnded('shop-cart-1', namespace);
    deployAs('cart', '1', { app: 'shop', pre: 'endless' });
    await until(() => endless().length === 2, PATIENCE_MS);
    expect(
      harness.workloadVersion('shop-cart-1', namespace)?.metadata.annotations,
    ).toMatchObject({ 'keptn-tasks/attempt': '2' });
  });

  it('or are no more, are not shown as asked for', async () => {
    deployAs('cart', '1', { app: 'shop' });
    await harness.workloadEnded('shop-cart-1', namespace);
    await harness.appEnded('shop', '1', namespace);
    const shown = async () =>
      (
        await harness.cluster.releases.current(
          [{ cluster: CLUSTER, namespace }],
          { previous: 0 },
        )
      ).map(({ current }) => current.name);
    expect(await shown()).toContain('shop-cart-1');
    harness.cluster.resource('apps/v1', 'Deployment').delete(namespace, 'cart');
    await until(
      async () => !(await shown()).includes('shop-cart-1'),
      PATIENCE_MS,
    );
    // A look that was under way may still go on.
    await until(
      () => !harness.workloadVersion('shop-cart-1', namespace),
      PATIENCE_MS,
    );
    expect(await shown()).not.toContain('shop-cart-1');
  });
});
