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

import { expectStatus } from './support/expectStatus';
import { deployments, statefulSets } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { workload } from './support/workloads';

// Nothing runs here: the Pods are held by a gate.
const HELD = { schedulingGates: [{ name: 'conformance.example.test/gate' }] };

describe('The scale of a workload', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  const path = deployments(namespace, 'web');
  const scale = deployments(namespace, 'web', 'scale');
  beforeAll(async () => {
    const replicas = { replicas: 2 };
    await api.post(
      deployments(namespace),
      workload('Deployment', 'web', replicas, HELD),
    );
    await api.post(
      statefulSets(namespace),
      workload('StatefulSet', 'db', { ...replicas, serviceName: 'db' }, HELD),
    );
  });

  it('tells how many Pods there are and should be, and which', async () => {
    const { status, body } = await api.get(scale);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: {
        name: 'web',
        namespace,
        uid: expect.any(String),
        resourceVersion: expect.any(String),
      },
      spec: { replicas: 2 },
      status: { replicas: expect.any(Number), selector: 'app=web' },
    });
  });

  it('changes the size by a patch', async () => {
    const { status, body } = await api.patch(scale, { spec: { replicas: 3 } });
    expect([status, body.kind, body.spec.replicas]).toEqual([200, 'Scale', 3]);
    const { body: deployment } = await api.get(path);
    expect(deployment.spec.replicas).toBe(3);
  });

  it('changes the size by a replace', async () => {
    const set = statefulSets(namespace, 'db', 'scale');
    const { body: before } = await api.get(set);
    delete before.metadata.resourceVersion;
    const { status, body } = await api.put(set, {
      ...before,
      spec: { replicas: 0 },
    });
    expect([status, body.spec]).toEqual([200, {}]);
    const { body: after } = await api.get(statefulSets(namespace, 'db'));
    expect(after.spec.replicas).toBe(0);
  });

  it('is not changed by who has seen an earlier version', async () => {
    const { body } = await api.get(scale);
    await api.patch(path, { metadata: { labels: { changed: 'yes' } } });
    expectStatus(await api.put(scale, { ...body, spec: { replicas: 9 } }), {
      code: 409,
      reason: 'Conflict',
    });
  });

  it('cannot be negative', async () => {
    expectStatus(await api.patch(scale, { spec: { replicas: -1 } }), {
      code: 422,
      reason: 'Invalid',
      message:
        /spec\.replicas: Invalid value: -1: must be greater than or equal to 0/,
    });
  });

  it('is there for workloads that exist', async () => {
    expectStatus(await api.get(deployments(namespace, 'absent', 'scale')), {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "absent" not found',
    });
  });

  it('is listed with their resources', async () => {
    const { body } = await api.get('/apis/apps/v1');
    for (const plural of ['deployments', 'replicasets', 'statefulsets']) {
      expect(body.resources).toContainEqual(
        expect.objectContaining({
          name: `${plural}/scale`,
          kind: 'Scale',
          group: 'autoscaling',
          version: 'v1',
        }),
      );
    }
  });
});
