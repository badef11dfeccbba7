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

import { Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { TestCluster } from '../__testUtils__/testCluster';

const DENO = 'ghcr.io/keptn/deno-runtime:v3.0.1';
const PYTHON = 'ghcr.io/keptn/python-runtime:v1.0.7';

describe('Runner images', () => {
  let cluster: TestCluster;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    cluster = new TestCluster();
    server = createServer((request, response) => {
      const script = request.url?.endsWith('.py')
        ? 'import sys\nprint("from python", sys.argv)\n'
        : 'console.log("from deno", Deno.env.get("DATA"));\n';
      response.setHeader('content-type', 'application/typescript');
      response.end(script);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await cluster.stop();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  /** The container of a Job that runs a function, as its reconciler makes it. */
  const runner = (name: string, image: string, env: any, more: any = {}) =>
    cluster.create('Pod', {
      name,
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'keptn-function-runner',
            image,
            imagePullPolicy: 'IfNotPresent',
            env: Object.entries(env).map(([key, value]) => ({
              name: key,
              value,
            })),
            ...more.container,
          },
        ],
        volumes: more.volumes,
      },
    });

  const code = (configMap: string, mountPath: string) => ({
    container: {
      volumeMounts: [
        { name: 'function-mount', mountPath, subPath: 'code', readOnly: true },
      ],
    },
    volumes: [{ name: 'function-mount', configMap: { name: configMap } }],
  });

  const outcome = async (name: string) => {
    const pod = await cluster.until('Pod', name, ({ status }) =>
      ['Succeeded', 'Failed'].includes(status.phase),
    );
    return { phase: pod.status.phase, log: await cluster.log(name), pod };
  };

  it('Deno: mounted code with its environment and permissions', async () => {
    cluster.create('ConfigMap', {
      name: 'deno-code',
      data: {
        code: `
          const data: { target: string } = JSON.parse(Deno.env.get('DATA')!);
          console.log('target', data.target, Deno.env.get('KEPTN_CONTEXT'));
          await Deno.writeTextFile('note', 'x');
          console.log(await Deno.readTextFile('note'));
          for (const denied of [
            () => Deno.env.get('CMD_ARGS'),
            () => new Deno.Command('true').outputSync(),
          ]) {
            try { denied(); console.log('allowed'); } catch (e) { console.log(e.name); }
          }`,
      },
    });
    runner(
      'deno-inline',
      DENO,
      {
        DATA: '{"target":"http://cart:8080"}',
        KEPTN_CONTEXT: '{}',
        CMD_ARGS: '',
        SCRIPT: '/var/data/function.ts',
      },
      code('deno-code', '/var/data/function.ts'),
    );
    expect(await outcome('deno-inline')).toMatchObject({
      phase: 'Succeeded',
      log: 'target http://cart:8080 {}\nx\nNotCapable\nNotCapable\n',
    });
  });

  it('Deno: code from a URL', async () => {
    const SCRIPT = `${url}/function.ts`;
    runner('deno-http', DENO, { DATA: '{"a":1}', SCRIPT });
    const { phase, log } = await outcome('deno-http');
    expect([phase, log.split('\n').at(-2)]).toEqual([
      'Succeeded',
      'from deno {"a":1}',
    ]);
  });

  it('Deno: a script that fails, and one that needs too much memory', async () => {
    cluster.create('ConfigMap', {
      name: 'deno-throws',
      data: { code: 'throw new Error("no luck");' },
    });
    runner(
      'deno-throws',
      DENO,
      { SCRIPT: '/var/data/function.ts' },
      code('deno-throws', '/var/data/function.ts'),
    );
    cluster.create('ConfigMap', {
      name: 'deno-greedy',
      data: {
        code: 'const all = []; for (;;) all.push(new Array(1e4).fill(Math.random()));',
      },
    });
    const greedy = code('deno-greedy', '/var/data/function.ts');
    runner(
      'deno-greedy',
      DENO,
      { SCRIPT: '/var/data/function.ts' },
      {
        ...greedy,
        container: {
          ...greedy.container,
          resources: { limits: { memory: '128Mi' } },
        },
      },
    );
    const failed = await outcome('deno-throws');
    expect(failed.phase).toBe('Failed');
    expect(failed.log).toContain('no luck');
    const { pod } = await outcome('deno-greedy');
    expect(pod.status.containerStatuses[0].state.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });

  it('Python: mounted code; CMD_ARGS belong to the interpreter', async () => {
    cluster.create('ConfigMap', {
      name: 'python-code',
      data: {
        code: 'import os, sys\nprint(os.environ["DATA"], sys.flags.quiet, sys.argv[1:])\n',
      },
    });
    runner(
      'python-inline',
      PYTHON,
      { DATA: '{"a":1}', CMD_ARGS: '-q', SCRIPT: '/var/data/function.py' },
      code('python-code', '/var/data/function.py'),
    );
    expect(await outcome('python-inline')).toMatchObject({
      phase: 'Succeeded',
      log: '{"a":1} 1 []\n',
    });
  });

  it('Python: code from a URL; a download that fails is an empty program', async () => {
    runner('python-http', PYTHON, { SCRIPT: `${url}/function.py` });
    expect(await outcome('python-http')).toMatchObject({
      phase: 'Succeeded',
      log: "from python ['-']\n",
    });
    runner('python-nothing', PYTHON, { SCRIPT: 'http://127.0.0.1:1/x.py' });
    expect(await outcome('python-nothing')).toMatchObject({
      phase: 'Succeeded',
      log: '',
    });
  });

  it('take a command and arguments of their own', async () => {
    const mounted = code('python-code', '/var/data/function.py');
    runner(
      'own-command',
      PYTHON,
      { DATA: 'x' },
      {
        ...mounted,
        container: {
          ...mounted.container,
          command: ['python3'],
          args: ['/var/data/function.py', '--level', '3'],
        },
      },
    );
    expect(await outcome('own-command')).toMatchObject({
      phase: 'Succeeded',
      log: "x 0 ['--level', '3']\n",
    });
    const script = 'set -eu; curl --fail --silent "$SCRIPT" | python3 - "$@"';
    runner(
      'own-shell',
      PYTHON,
      { SCRIPT: `${url}/function.py` },
      { container: { command: ['sh', '-c', script, 'run', 'one'] } },
    );
    expect(await outcome('own-shell')).toMatchObject({
      phase: 'Succeeded',
      log: "from python ['-', 'one']\n",
    });
  });

  it('the official Deno image recognises subcommands', async () => {
    runner(
      'official',
      'denoland/deno:2.0.6',
      {},
      { container: { args: ['eval', 'console.log(1 + 1)'] } },
    );
    expect(await outcome('official')).toMatchObject({
      phase: 'Succeeded',
      log: '2\n',
    });
  });

  it('say what to install when a program is missing', async () => {
    const bare = new TestCluster({
      images: [{ name: /^docker\.io\/library\/snake$/, cmd: ['python3'] }],
      executables: { python3: '/no/such/python3' },
    });
    try {
      bare.create('Pod', {
        name: 'snake',
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'main',
              image: 'snake',
              // This machine may have the program as well.
              env: [{ name: 'PATH', value: '/nowhere' }],
            },
          ],
        },
      });
      const { status } = await bare.untilPhase('snake', 'Failed');
      const { terminated } = status.containerStatuses[0].state;
      expect(terminated).toMatchObject({ reason: 'StartError', exitCode: 128 });
      expect(terminated.message).toContain('install Python 3');
    } finally {
      await bare.stop();
    }
  });
});
