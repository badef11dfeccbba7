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
import { applyFile } from '../__testUtils__/applyFile';
import { eventually } from '../__testUtils__/machinery';
import { TestCluster } from '../controllers/__testUtils__/testCluster';
import { KubeObject } from '../ClusterApi';

const PATIENCE_MS = 30_000;
jest.setTimeout(120_000);

describe('the gate policy with real controllers', () => {
  let cluster: TestCluster;

  beforeAll(() => {
    cluster = new TestCluster();
    const { api } = cluster;
    applyFile(api, 'deploy/gates/policy.yaml');
    applyFile(api, 'deploy/gates/policy-carry-annotations.yaml');
    const namespaces = api.resource('v1', 'Namespace');
    const namespace = namespaces.get(undefined, 'default')!;
    namespaces.update({
      ...namespace,
      metadata: {
        ...namespace.metadata,
        annotations: { 'keptn.sh/lifecycle-toolkit': 'enabled' },
      },
    });
    api.resource('v1', 'ConfigMap').create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'keptn-cleared-revisions', namespace: 'default' },
      data: {},
    });
  });
  afterAll(() => cluster.stop());

  const workload = (kind: string, name: string, image: string) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      // Beside the template: carried into it.
      annotations: { 'keptn.sh/workload': name },
    },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas: 1 }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      selector: { matchLabels: { run: name } },
      template: {
        metadata: { labels: { run: name } },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [
            { name: 'main', image, command: ['sh', '-c', 'sleep 600'] },
          ],
        },
      },
    },
  });
  const kindOf = (kind: string) => cluster.api.resource('apps/v1', kind);
  const podsOf = (name: string) =>
    cluster.api
      .resource('v1', 'Pod')
      .list('default')
      .filter(
        ({ metadata }) =>
          metadata.labels?.run === name && !metadata.deletionTimestamp,
      );
  const isGated = ({ spec }: KubeObject) => !!spec.schedulingGates?.length;
  const keyOf = ({ metadata }: KubeObject) => {
    const { kind, name } = metadata.ownerReferences![0];
    const hash = metadata.labels!['controller-revision-hash'];
    return [kind, name, hash].filter(Boolean).join('.');
  };

  function clear(pod: KubeObject) {
    const maps = cluster.api.resource('v1', 'ConfigMap');
    const map = maps.get('default', 'keptn-cleared-revisions')!;
    maps.update({ ...map, data: { ...map.data, [keyOf(pod)]: 'cleared' } });
  }

  function release(pod: KubeObject) {
    const pods = cluster.api.resource('v1', 'Pod');
    const now = pods.get('default', pod.metadata.name)!;
    pods.update({ ...now, spec: { ...now.spec, schedulingGates: [] } });
  }

  function rollOut(kind: string, name: string, change: (spec: any) => void) {
    const stored = kindOf(kind).get('default', name)!;
    const spec = structuredClone(stored.spec);
    change(spec);
    kindOf(kind).update({ ...stored, spec });
  }

  const untilPods = async (
    name: string,
    fits: (pods: KubeObject[]) => boolean,
  ) => {
    await eventually(() => fits(podsOf(name)), PATIENCE_MS);
    return podsOf(name);
  };

  it.each(['StatefulSet', 'DaemonSet'])(
    'holds each revision of a %s, not only the first (D-03)',
    async kind => {
      const name = kind.toLowerCase();
      kindOf(kind).create(workload(kind, name, 'busybox:1'));
      const [first] = await untilPods(name, pods => pods.some(isGated));
      clear(first);
      release(first);
      await untilPods(name, ([pod]) => pod?.status?.phase === 'Running');
      rollOut(kind, name, spec => {
        spec.template.spec.containers[0].image = 'busybox:2';
      });
      const [second] = await untilPods(name, pods => pods.some(isGated));
      expect(keyOf(second)).not.toBe(keyOf(first));
    },
  );

  it('does not hold the Pods by which a cleared Deployment is scaled', async () => {
    kindOf('Deployment').create(workload('Deployment', 'cart', 'busybox:1'));
    const [first] = await untilPods('cart', pods => pods.some(isGated));
    clear(first);
    rollOut('Deployment', 'cart', spec => {
      spec.replicas = 3;
    });
    const pods = await untilPods('cart', found => found.length === 3);
    expect(pods.filter(isGated).map(pod => pod.metadata.name)).toEqual([
      first.metadata.name,
    ]);
  });
});
