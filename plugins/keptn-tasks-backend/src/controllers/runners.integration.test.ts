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
import type { AddressInfo } from 'node:net';
import { ClusterHarness, until } from '../__testUtils__/clusterHarness';

jest.setTimeout(120_000);

const DENO = `const data = JSON.parse(Deno.env.get('DATA') ?? '{}');
const context = JSON.parse(Deno.env.get('KEPTN_CONTEXT') ?? '{}');
console.log('deno says ' + data.what + ' of ' + context.appName);`;
const PYTHON = `import json, os
data = json.loads(os.environ.get('DATA', '{}'))
context = json.loads(os.environ['KEPTN_CONTEXT'])
print('python says ' + data['what'] + ' of ' + context['appName'])`;

describe('running tasks', () => {
  let harness: ClusterHarness;
  const server = createServer((request, response) => {
    const isPython = request.url?.endsWith('.py');
    response.writeHead(200, {
      'content-type': isPython ? 'text/plain' : 'application/typescript',
    });
    response.end(isPython ? PYTHON : DENO);
  });

  beforeAll(async () => {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    harness = await ClusterHarness.start();
    await harness.startReconciling();
  });
  afterAll(async () => {
    await harness?.stop();
    server.close();
  });

  const url = (path: string) =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  const codeIn = (name: string, code: string, namespace = 'shop') =>
    harness.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace },
      data: { code },
    });
  const parameters = { map: { what: 'hello' } };

  it('runs every runner from every source', async () => {
    codeIn('deno-code', DENO);
    codeIn('python-code', PYTHON);
    const definitions: Record<string, object> = {
      'deno-inline': { deno: { inline: { code: DENO }, parameters } },
      'deno-config-map': {
        deno: { configMapRef: { name: 'deno-code' }, parameters },
      },
      'deno-url': { deno: { httpRef: { url: url('task.ts') }, parameters } },
      'deno-reference': {
        deno: { functionRef: { name: 'deno-inline' }, parameters },
      },
      'python-inline': { python: { inline: { code: PYTHON }, parameters } },
      'python-config-map': {
        python: { configMapRef: { name: 'python-code' }, parameters },
      },
      'python-url': {
        python: { httpRef: { url: url('task.py') }, parameters },
      },
      'python-reference': {
        python: { functionRef: { name: 'python-inline' }, parameters },
      },
      'container-command': {
        container: {
          name: 'main',
          image: 'busybox',
          command: ['sh', '-c', 'echo "container got $KEPTN_CONTEXT"'],
        },
      },
    };
    for (const [name, spec] of Object.entries(definitions)) {
      harness.createDefinition(name, spec);
      harness.createTask(name, {
        taskDefinition: name,
        context: { appName: 'checkout' },
      });
    }

    const outputs: Record<string, string[]> = {};
    for (const name of Object.keys(definitions)) {
      const { status, run } = await harness.finished(name, 60_000);
      expect([name, status.status, status.message]).toEqual([
        name,
        'Succeeded',
        undefined,
      ]);
      outputs[name] = await harness.logOf(run);
    }

    const deno = ['deno says hello of checkout'];
    const python = ['python says hello of checkout'];
    expect(outputs).toEqual({
      'deno-inline': deno,
      'deno-config-map': deno,
      'deno-url': expect.arrayContaining(deno),
      'deno-reference': deno,
      'python-inline': python,
      'python-config-map': python,
      'python-url': python,
      'python-reference': python,
      'container-command': [
        expect.stringMatching(/^container got \{.*"appName":"checkout"/),
      ],
    });
    for (const name of Object.keys(definitions)) {
      expect(harness.jobsOf(name)).toHaveLength(1);
    }
  });

  it('D-09: runs shared definitions of the Keptn namespace with their code', async () => {
    codeIn('shared-code', PYTHON, 'keptn-system');
    harness.createDefinition(
      'shared-inline',
      { deno: { inline: { code: DENO } } },
      { namespace: 'keptn-system' },
    );
    harness.createDefinition(
      'shared-config-map',
      { python: { configMapRef: { name: 'shared-code' } } },
      { namespace: 'keptn-system' },
    );
    const context = { appName: 'shared' };
    for (const name of ['shared-inline', 'shared-config-map']) {
      harness.createTask(name, { taskDefinition: name, context, parameters });
    }

    const inline = await harness.finished('shared-inline');
    const configMap = await harness.finished('shared-config-map');

    expect(await harness.logOf(inline.run)).toEqual([
      'deno says hello of shared',
    ]);
    expect(await harness.logOf(configMap.run)).toEqual([
      'python says hello of shared',
    ]);
  });

  it('hands a Secret to the code and keeps it out of the history', async () => {
    harness.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'credentials', namespace: 'shop' },
      stringData: { SECURE_DATA: '{"token":"top-secret-value"}' },
    });
    harness.createDefinition('secretive', {
      deno: {
        inline: {
          code: `console.log(JSON.parse(Deno.env.get('SECURE_DATA')).token.length)`,
        },
        secureParameters: { secret: 'credentials' },
      },
    });
    harness.createTask('secretive', { taskDefinition: 'secretive' });

    const { run, detail } = await harness.finished('secretive');

    expect(await harness.logOf(run)).toEqual(['16']);
    expect(JSON.stringify(detail)).toContain('credentials');
    expect(JSON.stringify(detail)).not.toContain('top-secret-value');
  });

  it('takes at most six writes for a run and lets its Job expire only then', async () => {
    const { requests } = harness.sandbox.faults;
    harness.createDefinition('counted', {
      deno: { inline: { code: `console.log('one')` } },
    });
    await until(() =>
      harness
        .list('ConfigMap')
        .some(({ metadata }) => metadata.name === 'keptnfn-counted'),
    );
    await until(
      () =>
        harness
          .list('KeptnTaskDefinition')
          .find(({ metadata }) => metadata.name === 'counted')?.status
          ?.function,
    );
    requests.clear();
    harness.createTask('counted', { taskDefinition: 'counted' });

    await harness.finished('counted');
    await until(
      () =>
        harness.jobsOf('counted')[0]?.spec.ttlSecondsAfterFinished === 300 &&
        harness.eventsOf('counted').length === 2,
    );

    const writes = requests
      .list({ writes: true, userAgent: 'keptn-tasks' })
      .filter(({ resource }) => resource !== 'leases')
      .map(({ verb, resource, subresource }) =>
        [verb, resource, subresource].filter(Boolean).join(' '),
      );
    expect(writes.sort()).toEqual([
      'create events',
      'create events',
      'create jobs',
      'patch jobs',
      'patch keptntasks status',
      'patch keptntasks status',
    ]);
    const reads = requests
      .list({ writes: false, userAgent: 'keptn-tasks' })
      .filter(
        ({ verb, resource, subresource }) =>
          subresource !== 'log' && resource !== 'leases' && verb !== 'watch',
      );
    expect(reads.map(({ verb, url: path }) => `${verb} ${path}`)).toEqual([]);
  });

  it('keeps the ConfigMap of a definition as the definition says', async () => {
    const first = harness.createDefinition('changing', {
      deno: { inline: { code: `console.log('first')` } },
    });
    const configMap = () =>
      harness
        .list('ConfigMap')
        .find(({ metadata }) => metadata.name === 'keptnfn-changing');
    await until(() => configMap()?.data.code === `console.log('first')`);

    const definitions = harness.resource(
      'lifecycle.keptn.sh/v1',
      'KeptnTaskDefinition',
    );
    const current = structuredClone(
      definitions.get('shop', first.metadata.name)!,
    );
    current.spec.deno.inline.code = `console.log('second')`;
    definitions.update(current);
    await until(() => configMap()?.data.code === `console.log('second')`);

    // Somebody deletes it: it comes back.
    harness.resource('v1', 'ConfigMap').delete('shop', 'keptnfn-changing');
    await until(() => configMap()?.data.code === `console.log('second')`);
  });
});
