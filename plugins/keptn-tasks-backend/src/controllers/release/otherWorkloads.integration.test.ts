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
import { IdentityHarness } from '../../__testUtils__/identityHarness';
import {
  controllerReference,
  says,
  templateOf,
} from '../../__testUtils__/workloadObjects';

jest.setTimeout(180_000);

describe('workloads besides Deployments', () => {
  let harness: IdentityHarness;

  beforeAll(async () => {
    harness = await IdentityHarness.start();
    await harness.reconcile();
  });
  afterAll(() => harness.stop());

  const revisionOf = (owner: KubeObject, name: string, more: object = {}) =>
    harness.cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name,
        namespace: 'shop',
        ownerReferences: [controllerReference(owner)],
        ...more,
      },
      revision: Number(name.at(-1)),
      data: { spec: { template: owner.spec.template } },
    });
  const workloadOf = (kind: string, name: string, version: string) =>
    harness.apply({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace: 'shop' },
      spec: {
        ...(kind === 'StatefulSet' && { serviceName: name }),
        selector: { matchLabels: { test: name } },
        template: templateOf(name, { annotations: says(name, version) }),
      },
    });
  const keyOf = (name: string) =>
    harness.workloadVersion(name)?.metadata.annotations?.[
      'keptn-tasks/revisions'
    ];

  it('D-03 of kind StatefulSet have a version for each revision', async () => {
    for (const version of ['1', '2']) {
      const set = workloadOf('StatefulSet', 'db', version);
      const { metadata } = revisionOf(set, `db-abc${version}`);
      harness.setStatus(set, {
        replicas: 0,
        observedGeneration: set.metadata.generation,
        updateRevision: metadata.name,
      });
      expect(await harness.version(`db-db-${version}`)).toMatchObject({
        spec: { resourceReference: { kind: 'StatefulSet', name: 'db' } },
      });
      expect(keyOf(`db-db-${version}`)).toBe(`StatefulSet.db.db-abc${version}`);
    }
  });

  it('D-03 of kind DaemonSet have a version for each revision', async () => {
    for (const version of ['1', '2']) {
      const set = workloadOf('DaemonSet', 'agent', version);
      revisionOf(set, `agent-abc${version}`, {
        labels: { 'controller-revision-hash': `abc${version}` },
      });
      harness.setStatus(set, {
        currentNumberScheduled: 0,
        desiredNumberScheduled: 0,
        numberMisscheduled: 0,
        numberReady: 0,
        observedGeneration: set.metadata.generation,
      });
      await harness.version(`agent-agent-${version}`);
      expect(keyOf(`agent-agent-${version}`)).toBe(
        `DaemonSet.agent.abc${version}`,
      );
    }
  });

  it('may be a ReplicaSet on its own, which says its words in its template alone', async () => {
    harness.cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: 'bare',
        namespace: 'shop',
        annotations: says('wrong', '1'),
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { test: 'bare' } },
        template: templateOf('bare', { annotations: says('bare', '1') }),
      },
    });
    await harness.version('bare-bare-1');
    expect(harness.workload('bare-bare')?.metadata.ownerReferences).toEqual([
      expect.objectContaining({ kind: 'ReplicaSet', name: 'bare' }),
    ]);
    expect(harness.names('KeptnWorkload')).not.toContain('wrong-wrong');
  });

  it('may be an Argo Rollout', async () => {
    const rollout = harness.cluster.create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: {
        name: 'canary',
        namespace: 'shop',
        annotations: says('canary', '7'),
      },
      spec: { replicas: 1 },
    });
    const replicaSet = harness.cluster.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: 'canary-1',
        namespace: 'shop',
        labels: { 'rollouts-pod-template-hash': 'h1' },
        ownerReferences: [controllerReference(rollout)],
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { test: 'canary' } },
        template: templateOf('canary', {}),
      },
    });
    harness.setStatus(rollout, { currentPodHash: 'h1' });
    expect(await harness.version('canary-canary-7')).toMatchObject({
      spec: {
        resourceReference: {
          kind: 'ReplicaSet',
          uid: replicaSet.metadata.uid,
        },
      },
    });
  });
});
