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
import { BROKEN, SERVER, workload } from '../__testUtils__/workloads';

const waiting = ({ status }: KubeObject) =>
  status.containerStatuses?.[0].state.waiting?.reason;

describe('An image that the sandbox has no program for', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster({
      maxProcesses: 1,
      images: [{ name: /^example\.test\/server$/, simulate: true }],
    });
  });
  afterAll(() => cluster.stop());

  /** The only Pod of a new ReplicaSet, once it fits. */
  async function podOf(
    name: string,
    podSpec: object,
    fits: (pod: KubeObject) => unknown,
  ): Promise<KubeObject> {
    cluster.create('ReplicaSet', workload(name, {}, podSpec));
    await cluster.until('ReplicaSet', name, ({ status }) => status.replicas);
    const [pod] = cluster
      .list('Pod')
      .filter(({ metadata }) => metadata.labels?.app === name);
    return cluster.until('Pod', pod.metadata.name, fits);
  }
  const isReady = ({ status }: KubeObject) =>
    status.containerStatuses?.[0].ready;

  it('runs in the Pods of workloads, without a process', async () => {
    const { metadata, status } = await podOf('runs', {}, isReady);
    expect(status).toMatchObject({
      phase: 'Running',
      containerStatuses: [
        {
          image: SERVER.image,
          ready: true,
          started: true,
          state: { running: {} },
        },
      ],
    });
    expect(
      status.conditions.map(
        ({ type, status: value }: any) => `${type}=${value}`,
      ),
    ).toEqual(
      expect.arrayContaining([
        'Initialized=True',
        'ContainersReady=True',
        'Ready=True',
      ]),
    );
    expect(await cluster.log(metadata.name)).toBe(
      `The sandbox has no program for ${SERVER.image}: this container is simulated.\n`,
    );
  });

  it('takes no place of a process', async () => {
    cluster.create('ReplicaSet', workload('many', { replicas: 5 }));
    await cluster.until(
      'ReplicaSet',
      'many',
      ({ status }) => status.availableReplicas === 5,
    );
    cluster.runPod('beside', 'true');
    const { status } = await cluster.untilPhase('beside', 'Succeeded');
    expect(status.containerStatuses[0].restartCount).toBe(0);
  });

  it('may be told to run as somebody else than root', async () => {
    const securityContext = { runAsNonRoot: true };
    const pod = await podOf('user', { securityContext }, isReady);
    expect(pod.spec.securityContext).toEqual(securityContext);
  });

  it('ends at once as an init container, which others wait for', async () => {
    const init = { name: 'init', image: 'ghcr.io/acme/migrate:1' };
    const { status } = await podOf('init', { initContainers: [init] }, isReady);
    expect(status.initContainerStatuses[0]).toMatchObject({
      ready: true,
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
  });

  it('passes every probe', async () => {
    const probe = { httpGet: { port: 1 }, periodSeconds: 1 };
    const container = {
      ...SERVER,
      startupProbe: probe,
      readinessProbe: probe,
      livenessProbe: probe,
    };
    const pod = await podOf('probed', { containers: [container] }, isReady);
    expect(cluster.events(pod.metadata.name).join()).not.toContain('Unhealthy');
  });

  it('ends well when its Pod is deleted', async () => {
    const { metadata } = await podOf('ends', {}, isReady);
    const states = cluster.record('Pod', metadata.name);
    cluster.api.resource('v1', 'Pod').delete('default', metadata.name);
    await cluster.untilGone('Pod', metadata.name);
    expect(states.at(-1)!.status.containerStatuses[0].state).toMatchObject({
      terminated: { exitCode: 0 },
    });
  });

  it('cannot be pulled when its registry is below .invalid', async () => {
    const pod = await podOf(
      'nowhere',
      { containers: [BROKEN] },
      found => waiting(found) === 'ErrImagePull',
    );
    expect(pod.status.phase).toBe('Pending');
  });

  it('cannot be pulled by Pods that are to do something and end', async () => {
    cluster.runPod('bare', '', { image: SERVER.image });
    const { status } = await cluster.until(
      'Pod',
      'bare',
      pod => waiting(pod) === 'ErrImagePull',
    );
    expect(status.phase).toBe('Pending');
  });

  it('runs in any Pod when a rule says so', async () => {
    cluster.runPod('ruled', '', { image: 'example.test/server:1' });
    const { status } = await cluster.until('Pod', 'ruled', isReady);
    expect(status.phase).toBe('Running');
  });
});
