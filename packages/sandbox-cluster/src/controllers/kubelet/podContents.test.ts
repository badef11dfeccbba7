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

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TestCluster, main } from '../__testUtils__/testCluster';

describe('What a container is given', () => {
  let cluster: TestCluster;
  beforeAll(() => {
    cluster = new TestCluster();
    cluster.create('ConfigMap', {
      name: 'settings',
      data: { LEVEL: 'high', code: 'one\ntwo\n' },
      binaryData: { raw: 'AP8=' },
    });
    cluster.create('Secret', {
      name: 'hidden',
      stringData: { token: 'tell nobody' },
    });
  });
  afterAll(() => cluster.stop());

  const outputOf = async (name: string) => {
    await cluster.untilPhase(name, 'Succeeded');
    return (await cluster.log(name)).trimEnd().split('\n');
  };

  it('has the environment it names, and nothing of this process', async () => {
    process.env.LEAKED = 'yes';
    cluster.runPod('env', 'env | sort', {
      envFrom: [
        { prefix: 'CFG_', configMapRef: { name: 'settings' } },
        { secretRef: { name: 'hidden' } },
        { configMapRef: { name: 'nowhere', optional: true } },
      ],
      env: [
        { name: 'PLAIN', value: 'value' },
        { name: 'AGAIN', value: '$(PLAIN)-$(UNKNOWN)-$$(PLAIN)-$(CFG_LEVEL)' },
        { name: 'EMPTY' },
        {
          name: 'SECRET',
          valueFrom: { secretKeyRef: { name: 'hidden', key: 'token' } },
        },
        {
          name: 'POD',
          valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
        },
        {
          name: 'MEMORY',
          valueFrom: {
            resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' },
          },
        },
      ],
      resources: { limits: { memory: '512Mi' } },
    });
    delete process.env.LEAKED;
    const lines = await outputOf('env');
    const names = lines
      .filter(line => /^\w+=/.test(line))
      .map(line => line.split('=')[0]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'AGAIN=value-$(UNKNOWN)-$(PLAIN)-high',
        'CFG_LEVEL=high',
        'EMPTY=',
        'HOSTNAME=env',
        'MEMORY=512',
        'PLAIN=value',
        'POD=env',
        'SECRET=tell nobody',
        'token=tell nobody',
      ]),
    );
    // What the shell itself sets is not ours.
    const ours = names.filter(
      name => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name),
    );
    expect(ours).not.toContain('LEAKED');
    expect(ours.slice().sort()).toEqual(
      [
        'AGAIN',
        'CFG_LEVEL',
        'CFG_code',
        'EMPTY',
        'HOME',
        'HOSTNAME',
        'MEMORY',
        'PATH',
        'PLAIN',
        'POD',
        'SECRET',
        'token',
      ].sort(),
    );
  });

  it('finds its files where it mounts them, below a private directory', async () => {
    cluster.runPod(
      'files',
      [
        'cat /etc/app/code; cat /etc/one/code.txt; cat $FILE',
        'echo note > /scratch/a; cat /scratch/a; pwd',
        'test -d /missing/part && echo directory',
        'cat /info/labels',
      ].join('; '),
      {
        env: [{ name: 'FILE', value: '/etc/secret/token' }],
        workingDir: '/work',
        volumeMounts: [
          { name: 'cfg', mountPath: '/etc/app' },
          { name: 'cfg', mountPath: '/etc/one/code.txt', subPath: 'code' },
          { name: 'cfg', mountPath: '/missing/part', subPath: 'nothing' },
          { name: 'both', mountPath: '/etc/secret' },
          { name: 'tmp', mountPath: '/scratch' },
          { name: 'info', mountPath: '/info' },
        ],
      },
      {
        volumes: [
          { name: 'cfg', configMap: { name: 'settings' } },
          { name: 'tmp', emptyDir: {} },
          {
            name: 'both',
            projected: {
              sources: [
                { secret: { name: 'hidden' } },
                { configMap: { name: 'settings', items: [] } },
              ],
            },
          },
          {
            name: 'info',
            downwardAPI: {
              items: [
                { path: 'labels', fieldRef: { fieldPath: 'metadata.name' } },
              ],
            },
          },
        ],
      },
    );
    const lines = await outputOf('files');
    const cwd = lines.find(line => line.endsWith('/work'))!;
    expect(cwd.startsWith(cluster.root)).toBe(true);
    expect(lines.filter(line => line !== cwd)).toEqual([
      'one',
      'two',
      'one',
      'two',
      'tell nobodynote',
      'directory',
      'files',
    ]);
    for (const path of ['/etc/app', '/scratch', '/missing', '/info']) {
      expect(existsSync(path)).toBe(false);
    }
  });

  it('names a key that a volume asks for and that is not there', async () => {
    const items = [{ key: 'absent', path: 'x' }];
    cluster.runPod(
      'no-item',
      'true',
      {},
      { volumes: [{ name: 'v', configMap: { name: 'settings', items } }] },
    );
    const mountEvents = () =>
      cluster.events('no-item').filter(event => event.includes('FailedMount'));
    await cluster.until('Pod', 'no-item', () => mountEvents().length > 0);
    expect(mountEvents()[0]).toContain(
      'MountVolume.SetUp failed for volume "v" : configmap references non-existent config key: absent',
    );
  });

  it('runs init containers one after the other, then all containers', async () => {
    const step = (name: string, script: string) =>
      main(script, {
        name,
        volumeMounts: [{ name: 'shared', mountPath: '/shared' }],
      });
    cluster.create('Pod', {
      name: 'steps',
      spec: {
        restartPolicy: 'Never',
        initContainers: [
          step('first', 'sleep 0.2; echo first >> /shared/order'),
          step('second', 'echo second >> /shared/order'),
        ],
        containers: [
          step('main', 'cat /shared/order'),
          step('side', 'echo side'),
        ],
        volumes: [{ name: 'shared', emptyDir: {} }],
      },
    });
    const waiting = await cluster.until(
      'Pod',
      'steps',
      ({ status }) => status.initContainerStatuses?.[0].state.running,
    );
    expect(waiting.status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [
        { state: { waiting: { reason: 'PodInitializing' } } },
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
    });
    expect(waiting.status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Initialized',
        status: 'False',
        message: 'containers with incomplete status: [first second]',
      }),
    );
    await cluster.untilPhase('steps', 'Succeeded');
    expect(await cluster.log('steps', { container: 'main' })).toBe(
      'first\nsecond\n',
    );
    expect(await cluster.log('steps', { container: 'side' })).toBe('side\n');
    await expect(cluster.log('steps')).rejects.toMatchObject({
      message:
        'a container name must be specified for pod steps, choose one of: [main side] or one of the init containers: [first second]',
    });
  });

  it('keeps restartable init containers running until the others have ended', async () => {
    const states = cluster.record('Pod', 'sidecar');
    cluster.runPod(
      'sidecar',
      'sleep 0.4; echo done',
      {},
      {
        initContainers: [
          main('trap "exit 0" TERM; while :; do sleep 0.05; done', {
            name: 'proxy',
            restartPolicy: 'Always',
          }),
          main('echo prepared', { name: 'prep' }),
        ],
      },
    );
    const { status } = await cluster.untilPhase('sidecar', 'Succeeded');
    expect(status.initContainerStatuses).toMatchObject([
      { name: 'proxy', state: { terminated: { exitCode: 0 } } },
      { name: 'prep', state: { terminated: { exitCode: 0 } } },
    ]);
    const beside = states.find(
      pod => pod.status.containerStatuses?.[0].state.running,
    )!;
    expect(beside.status.phase).toBe('Running');
    expect(beside.status.initContainerStatuses[0].state.running).toBeDefined();
  });

  it('fails with an init container that fails', async () => {
    cluster.runPod(
      'init-fails',
      'true',
      {},
      { initContainers: [main('exit 2', { name: 'prep' })] },
    );
    const { status } = await cluster.untilPhase('init-fails', 'Failed');
    expect(status).toMatchObject({
      initContainerStatuses: [{ state: { terminated: { exitCode: 2 } } }],
      containerStatuses: [
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
    });
  });

  it('leaves nothing on disk when its Pod is gone', async () => {
    const pod = cluster.runPod('cleared', 'echo x');
    await cluster.untilPhase('cleared', 'Succeeded');
    const directory = join(cluster.root, 'pods', pod.metadata.uid);
    expect(existsSync(directory)).toBe(true);
    cluster.api.resource('v1', 'Pod').delete('default', 'cleared');
    await cluster.until('Pod', 'env', () => !existsSync(directory));
  });
});
