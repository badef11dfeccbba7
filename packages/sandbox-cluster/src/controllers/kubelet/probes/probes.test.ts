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

import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { TestCluster } from '../../__testUtils__/testCluster';

const LOOP = 'while :; do sleep 0.05; done';
const OFTEN = { periodSeconds: 1, failureThreshold: 1 };

describe('The probes of a container', () => {
  let cluster: TestCluster;
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/well' ? 200 : 503;
    response.end();
  });
  let port: number;
  beforeAll(async () => {
    cluster = new TestCluster();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    await cluster.stop();
    server.close();
  });

  const container = (name: string) =>
    cluster.get('Pod', name)!.status.containerStatuses[0];
  const untilReady = (name: string, ready: boolean) =>
    cluster.until(
      'Pod',
      name,
      ({ status }) =>
        status.containerStatuses?.[0].state.running &&
        status.containerStatuses[0].ready === ready &&
        status.conditions.find(({ type }: any) => type === 'Ready').status ===
          (ready ? 'True' : 'False'),
    );
  const untilEvent = (name: string, event: RegExp) =>
    cluster.until('Pod', name, () =>
      cluster.events(name).some(text => event.test(text)),
    );
  const exec = (script: string) => ({
    exec: { command: ['sh', '-c', script] },
    ...OFTEN,
  });

  it('say that it is not ready, and why', async () => {
    cluster.runPod('ready', LOOP, {
      readinessProbe: exec('echo not yet; exit 1'),
    });
    await untilReady('ready', false);
    await untilEvent('ready', /^Unhealthy.*: Readiness probe failed: not yet/);
    expect(container('ready')).toMatchObject({ started: true, ready: false });
    expect(
      cluster
        .get('Pod', 'ready')!
        .status.conditions.find(({ type }: any) => type === 'Ready'),
    ).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    });
  });

  it('change with what the container does', async () => {
    const states = cluster.record('Pod', 'changes');
    const script = `sleep 0.3; touch ready; sleep 0.5; rm ready; ${LOOP}`;
    cluster.runPod('changes', script, {
      readinessProbe: exec('test -f ready'),
    });
    const seen = () =>
      states
        .map(({ status }) => status.containerStatuses?.[0])
        .filter(status => status?.state.running)
        .map(({ ready }) => ready)
        .filter((ready, at, all) => ready !== all[at - 1]);
    await cluster.until('Pod', 'changes', () => seen().length === 3);
    expect(seen()).toEqual([false, true, false]);
    expect(container('changes').restartCount).toBe(0);
  });

  it('start a container again that is not alive', async () => {
    cluster.runPod(
      'dead',
      `trap "exit 0" TERM; ${LOOP}`,
      { livenessProbe: exec('exit 3') },
      { restartPolicy: 'Always' },
    );
    await cluster.until(
      'Pod',
      'dead',
      ({ status }) => status.containerStatuses?.[0].restartCount >= 1,
    );
    expect(cluster.events('dead')).toContainEqual(
      expect.stringMatching(
        /^Killing.*: Container main failed liveness probe, will be restarted$/,
      ),
    );
  });

  it('hold the others back until it has started', async () => {
    const states = cluster.record('Pod', 'starts');
    cluster.runPod('starts', `sleep 0.4; touch up; ${LOOP}`, {
      startupProbe: { ...exec('test -f up'), failureThreshold: 1_000 },
      livenessProbe: exec('test -f up'),
    });
    await untilReady('starts', true);
    const running = states
      .map(({ status }) => status.containerStatuses?.[0])
      .find(status => status?.state.running);
    expect(running).toMatchObject({ started: false, ready: false });
    expect(container('starts')).toMatchObject({
      started: true,
      restartCount: 0,
    });
  });

  it('ask over HTTP and TCP on the loopback address', async () => {
    const ports = [{ name: 'web', containerPort: port }];
    cluster.runPod('http', LOOP, {
      ports,
      readinessProbe: { httpGet: { port: 'web', path: '/well' }, ...OFTEN },
    });
    cluster.runPod('ill', LOOP, {
      readinessProbe: { httpGet: { port, path: '/ill' }, ...OFTEN },
    });
    cluster.runPod('tcp', LOOP, {
      readinessProbe: { tcpSocket: { port }, ...OFTEN },
    });
    cluster.runPod('closed', LOOP, {
      readinessProbe: { tcpSocket: { port: 1 }, ...OFTEN },
    });
    await untilReady('http', true);
    await untilReady('tcp', true);
    await untilEvent(
      'ill',
      /Readiness probe failed: HTTP probe failed with statuscode: 503$/,
    );
    await untilEvent(
      'closed',
      /Readiness probe failed: dial tcp 127.0.0.1:1: connect: connection refused$/,
    );
    expect(container('ill').ready).toBe(false);
    expect(container('closed').ready).toBe(false);
  });

  it('fail when they take too long', async () => {
    cluster.runPod('slow', LOOP, {
      readinessProbe: { ...exec('sleep 60'), timeoutSeconds: 1 },
    });
    await untilEvent(
      'slow',
      /Readiness probe failed: command timed out: "sh -c sleep 60" timed out after 1s$/,
    );
    expect(container('slow').ready).toBe(false);
  });
});

describe('A container that is always started again', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
  });
  afterAll(() => cluster.stop());

  it('waits longer each time', async () => {
    cluster.runPod('loops', 'exit 1', {}, { restartPolicy: 'Always' });
    const { status } = await cluster.until(
      'Pod',
      'loops',
      pod =>
        pod.status.containerStatuses?.[0].state.waiting?.reason ===
        'CrashLoopBackOff',
    );
    expect(status.phase).toBe('Running');
    expect(status.containerStatuses[0]).toMatchObject({
      ready: false,
      lastState: { terminated: { exitCode: 1 } },
    });
  });

  it('is ready only when its sidecar is', async () => {
    const sidecar = {
      name: 'proxy',
      image: 'busybox',
      restartPolicy: 'Always',
      command: ['sh', '-c', LOOP],
      readinessProbe: { exec: { command: ['false'] }, ...OFTEN },
    };
    cluster.runPod('sided', LOOP, {}, { initContainers: [sidecar] });
    const { status } = await cluster.until(
      'Pod',
      'sided',
      pod => pod.status.containerStatuses?.[0].ready,
    );
    expect(
      status.conditions.find(({ type }: any) => type === 'Ready'),
    ).toMatchObject({
      status: 'False',
      message: 'containers with unready status: [proxy]',
    });
  });
});
