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

import type { KubeObject } from 'sandbox-cluster';
import { until } from '../../../__testUtils__/clusterHarness';
import { ReleaseHarness } from '../../../__testUtils__/releaseHarness';
import { CLEARED_REVISIONS } from '../../../domain/release/annotations';

jest.setTimeout(240_000);
const PATIENCE_MS = 30_000;

describe('the list of cleared revisions of a namespace', () => {
  let harness: ReleaseHarness;

  beforeAll(async () => {
    harness = await ReleaseHarness.start();
  });
  afterAll(() => harness.stop());

  const list = (namespace: string): KubeObject | undefined =>
    harness.cluster
      .resource('v1', 'ConfigMap')
      .get(namespace, CLEARED_REVISIONS);

  function optOut(name: string): void {
    const namespaces = harness.cluster.resource('v1', 'Namespace');
    const namespace = structuredClone(namespaces.get(undefined, name)!);
    namespace.metadata.annotations = {};
    namespaces.update(namespace);
  }

  it('goes when it opts out, also when nobody was there to see, and counts from when it comes back', async () => {
    const first = await harness.reconcile();
    const [seen, unseen] = ['seen', 'unseen'];
    [seen, unseen].forEach(name => harness.optIn(name));
    const before = await until(() => list(seen), PATIENCE_MS);
    await until(() => list(unseen), PATIENCE_MS);

    optOut(seen);
    await until(() => !list(seen), PATIENCE_MS);
    await harness.cluster.stopRuntime(first);
    optOut(unseen);
    const second = await harness.reconcile();
    await until(() => !list(unseen), PATIENCE_MS);

    harness.optIn(seen);
    const after = await until(() => list(seen), PATIENCE_MS);
    const since = ({ metadata }: KubeObject) =>
      Date.parse(metadata.annotations!['keptn-tasks/since']);
    expect(since(after)).toBeGreaterThan(since(before));
    await harness.cluster.stopRuntime(second);
  });

  it('says on the workloads why it cannot be made, and is made when it can', async () => {
    const runtime = await harness.reconcile();
    harness.cluster.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'full' },
    });
    const quotas = harness.cluster.resource('v1', 'ResourceQuota');
    quotas.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none', namespace: 'full' },
      spec: { hard: { 'count/configmaps': '0' } },
    });
    await until(
      () => quotas.get('full', 'none')?.status?.hard !== undefined,
      PATIENCE_MS,
    );
    harness.optIn('full');
    harness.deploy('cart', { namespace: 'full' });
    const event = await until(
      () =>
        harness.cluster
          .resource('v1', 'Event')
          .list()
          .find(
            ({ metadata, reason, involvedObject }) =>
              metadata.namespace === 'full' &&
              involvedObject.kind === 'Deployment' &&
              reason === 'CreateClearedRevisionsFailed',
          ),
      PATIENCE_MS,
    );
    expect(event.message).toContain('Nothing is checked in namespace full');
    expect(event.message).toContain('exceeded quota');
    quotas.delete('full', 'none');
    await harness.running('cart', 1, 'full');
    await harness.cluster.stopRuntime(runtime);
  });
});
