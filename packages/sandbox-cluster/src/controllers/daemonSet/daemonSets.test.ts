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

import { KubeObject } from '../../ClusterApi';
import { TestCluster } from '../__testUtils__/testCluster';
import { BROKEN, version, workload } from '../__testUtils__/workloads';

describe('A DaemonSet', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  const make = (name: string, spec = {}, podSpec = {}) =>
    cluster.create('DaemonSet', workload(name, spec, podSpec));
  const until = (name: string, fits: (set: KubeObject) => unknown) =>
    cluster.until('DaemonSet', name, fits);
  const settled = (name: string) =>
    until(
      name,
      ({ status, metadata }) =>
        status.observedGeneration === metadata.generation &&
        status.updatedNumberScheduled === 1 &&
        status.numberAvailable === 1,
    );
  const pods = (app: string) =>
    cluster.list('Pod').filter(({ metadata }) => metadata.labels?.app === app);
  const revisions = (app: string) =>
    cluster
      .list('ControllerRevision')
      .filter(({ metadata }) => metadata.labels?.app === app);

  it('has a Pod on the node, and tells so', async () => {
    make('agent');
    const set = await settled('agent');
    expect(set.status).toEqual({
      currentNumberScheduled: 1,
      numberMisscheduled: 0,
      desiredNumberScheduled: 1,
      numberReady: 1,
      observedGeneration: 1,
      updatedNumberScheduled: 1,
      numberAvailable: 1,
    });
    const [revision] = revisions('agent');
    const hash = revision.metadata.labels!['controller-revision-hash'];
    expect(revision).toMatchObject({
      metadata: { name: `agent-${hash}` },
      revision: 1,
      data: { spec: { template: { $patch: 'replace' } } },
    });
    const [pod] = pods('agent');
    expect(pod.metadata).toMatchObject({
      name: expect.stringMatching(/^agent-[a-z0-9]{5}$/),
      labels: {
        app: 'agent',
        'controller-revision-hash': hash,
        'pod-template-generation': '1',
      },
    });
    expect(pod.spec.nodeName).toBe('sandbox');
    expect(
      pod.spec.affinity.nodeAffinity
        .requiredDuringSchedulingIgnoredDuringExecution,
    ).toEqual({
      nodeSelectorTerms: [
        {
          matchFields: [
            { key: 'metadata.name', operator: 'In', values: ['sandbox'] },
          ],
        },
      ],
    });
    expect(cluster.events('agent')).toEqual([
      `SuccessfulCreate: Created pod: ${pod.metadata.name}`,
    ]);
  });

  it('replaces the Pod when its template changes', async () => {
    make('rolls');
    await settled('rolls');
    const [{ metadata }] = pods('rolls');
    cluster.change('DaemonSet', 'rolls', version('2'));
    await settled('rolls');
    expect(pods('rolls').map(pod => pod.metadata.uid)).not.toContain(
      metadata.uid,
    );
    expect(revisions('rolls')).toHaveLength(2);
    expect(cluster.get('DaemonSet', 'rolls')!.metadata.annotations).toEqual({
      'deprecated.daemonset.template.generation': '2',
    });
  });

  it('with a surge keeps the old Pod until the new one works', async () => {
    make('surges', {
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
    });
    await settled('surges');
    const [{ metadata }] = pods('surges');
    cluster.change('DaemonSet', 'surges', {
      spec: { template: { spec: { containers: [BROKEN] } } },
    });
    await until('surges', () => pods('surges').length === 2);
    expect(
      cluster.get('Pod', metadata.name)!.metadata.deletionTimestamp,
    ).toBeUndefined();
    cluster.change('DaemonSet', 'surges', {
      spec: {
        template: {
          spec: { containers: [{ ...BROKEN, image: 'nginx:1.28' }] },
        },
      },
    });
    await cluster.untilGone('Pod', metadata.name);
    await settled('surges');
  });

  it('with OnDelete waits for somebody to delete the Pod', async () => {
    make('manual', { updateStrategy: { type: 'OnDelete' } });
    await settled('manual');
    const [{ metadata }] = pods('manual');
    cluster.change('DaemonSet', 'manual', version('2'));
    await until(
      'manual',
      ({ status }) => status.updatedNumberScheduled === undefined,
    );
    expect(pods('manual')[0].metadata.uid).toBe(metadata.uid);
    cluster.api.resource('v1', 'Pod').delete('default', metadata.name);
    await settled('manual');
  });

  it('replaces a Pod that has failed', async () => {
    make('failed');
    await settled('failed');
    const [pod] = pods('failed');
    cluster.api
      .resource('v1', 'Pod')
      .updateStatus({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    await cluster.untilGone('Pod', pod.metadata.name);
    await settled('failed');
    expect(cluster.events('failed')).toContain(
      `FailedDaemonPod: Found failed daemon pod default/${pod.metadata.name} on node sandbox, will try to kill it`,
    );
  });

  it('leaves nodes alone that its template does not want', async () => {
    make('elsewhere', {}, { nodeSelector: { disk: 'ssd' } });
    const { status } = await until(
      'elsewhere',
      found => found.status.observedGeneration === 1,
    );
    expect(status.desiredNumberScheduled).toBe(0);
    expect(pods('elsewhere')).toEqual([]);
  });
});
