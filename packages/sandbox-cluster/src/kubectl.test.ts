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

import { spawn } from 'node:child_process';
import path from 'node:path';
import { Kubectl, describeWithKubectl } from './__testUtils__/kubectl';
import type { SandboxCluster } from './startSandboxCluster';
import { startSandboxCluster } from './startSandboxCluster';

const definitions = path.resolve(__dirname, '../../../deploy/crds');

describeWithKubectl('kubectl', () => {
  let sandbox: SandboxCluster;
  let client: Kubectl;
  const kubectl = (...args: string[]) => client.run(...args);
  const manifest = (name: string, text: string) => client.file(name, text);

  beforeAll(async () => {
    sandbox = await startSandboxCluster();
    client = new Kubectl(sandbox.kubeconfig);
    await kubectl('apply', '-f', definitions);
    await kubectl(
      'wait',
      '--for=condition=Established',
      'crd/keptntasks.lifecycle.keptn.sh',
      'crd/keptntaskdefinitions.lifecycle.keptn.sh',
    );
    await kubectl('create', 'namespace', 'shop');
  }, 60_000);

  afterAll(async () => {
    await sandbox?.stop();
    client?.remove();
  });

  it('lists the custom resources among the API resources', async () => {
    const resources = await kubectl(
      'api-resources',
      '--api-group=lifecycle.keptn.sh',
    );
    expect(resources).toMatch(
      /keptntasks\s+lifecycle\.keptn\.sh\/v1\s+true\s+KeptnTask/,
    );
  });

  it('tells the version of the server', async () => {
    expect(await kubectl('version')).toMatch(/Server Version: v1\.\d+/);
  });

  it('applies, applies again without a change, and applies a change', async () => {
    const task = (parameter: string) =>
      manifest(
        'task.yaml',
        `apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTask
metadata: {name: applied, namespace: shop}
spec:
  taskDefinition: smoke-test
  context: {appName: shop, appVersion: 1.0.0}
  parameters: {map: {service: ${parameter}}}
`,
      );
    expect(await kubectl('apply', '-f', task('cart'))).toMatch(
      /applied created/,
    );
    expect(await kubectl('apply', '-f', task('cart'))).toMatch(
      /applied unchanged/,
    );
    expect(await kubectl('apply', '-f', task('checkout'))).toMatch(
      /applied configured/,
    );
    expect(
      await kubectl(
        'apply',
        '--server-side',
        '--force-conflicts',
        '-f',
        task('ledger'),
      ),
    ).toMatch(/serverside-applied/);
    expect(
      await kubectl(
        '-n',
        'shop',
        'get',
        'keptntask',
        'applied',
        '-o',
        'jsonpath={.spec.parameters.map.service}',
      ),
    ).toBe('ledger');
  });

  it('prints the columns of the definition', async () => {
    const table = await kubectl('-n', 'shop', 'get', 'keptntasks');
    const [head, row] = table.split('\n');
    expect(head).toMatch(/^NAME\s+APPNAME\s+APPVERSION/);
    expect(row).toMatch(/^applied\s+shop\s+1\.0\.0/);
  });

  it('refuses what the schema refuses, naming the field', async () => {
    const file = manifest(
      'bad.yaml',
      `apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTask
metadata: {name: bad, namespace: shop}
spec: {taskDefinition: smoke-test, timeout: soon}
`,
    );
    await expect(kubectl('apply', '-f', file)).rejects.toThrow(/spec\.timeout/);
  });

  it('patches, annotates, labels and deletes', async () => {
    await kubectl(
      '-n',
      'shop',
      'create',
      'configmap',
      'settings',
      '--from-literal=a=1',
    );
    await kubectl(
      '-n',
      'shop',
      'patch',
      'configmap',
      'settings',
      '-p',
      '{"data":{"b":"2"}}',
    );
    await kubectl(
      '-n',
      'shop',
      'annotate',
      'configmap',
      'settings',
      'note=yes',
    );
    await kubectl('-n', 'shop', 'label', 'configmap', 'settings', 'tier=web');
    const stored = JSON.parse(
      await kubectl(
        '-n',
        'shop',
        'get',
        'configmap',
        '-l',
        'tier=web',
        '-o',
        'json',
      ),
    );
    expect(stored.items[0]).toMatchObject({
      data: { a: '1', b: '2' },
      metadata: { annotations: { note: 'yes' } },
    });
    expect(
      await kubectl('-n', 'shop', 'delete', 'configmap', 'settings'),
    ).toMatch(/deleted/);
    await expect(
      kubectl('-n', 'shop', 'get', 'configmap', 'settings'),
    ).rejects.toThrow(/configmaps "settings" not found/);
  });

  it('runs a Job, follows its log, waits for it and describes it', async () => {
    const file = manifest(
      'job.yaml',
      `apiVersion: batch/v1
kind: Job
metadata: {name: counter, namespace: shop}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: count
          image: busybox
          command: [sh, -c, 'for i in 1 2 3; do echo line $i; sleep 0.3; done']
`,
    );
    await kubectl('apply', '-f', file);
    await kubectl(
      '-n',
      'shop',
      'wait',
      '--for=condition=Ready',
      'pod',
      '-l',
      'job-name=counter',
      '--timeout=20s',
    );
    expect(await kubectl('-n', 'shop', 'logs', '-f', 'job/counter')).toBe(
      'line 1\nline 2\nline 3\n',
    );
    await kubectl(
      '-n',
      'shop',
      'wait',
      '--for=condition=complete',
      'job/counter',
      '--timeout=30s',
    );
    const description = await kubectl(
      '-n',
      'shop',
      'describe',
      'job',
      'counter',
    );
    expect(description).toMatch(/Pods Statuses:\s+0 Active.*1 Succeeded/);
    expect(description).toMatch(/SuccessfulCreate.*Created pod: counter-/);
    expect(
      await kubectl('-n', 'shop', 'describe', 'pod', '-l', 'job-name=counter'),
    ).toMatch(/Reason:\s+Completed/);
  });

  it('watches', async () => {
    const watch = spawn(
      'kubectl',
      [
        '-n',
        'shop',
        'get',
        'configmaps',
        '-w',
        '--output-watch-events',
        '-o',
        'name',
      ],
      { env: client.environment },
    );
    try {
      const seen = new Promise<string>((resolve, reject) => {
        let text = '';
        watch.stdout.on('data', chunk => {
          text += chunk;
          if (text.includes('configmap/seen')) resolve(text);
        });
        watch.once('exit', () => reject(new Error(`the watch ended: ${text}`)));
      });
      await kubectl('-n', 'shop', 'create', 'configmap', 'seen');
      await expect(seen).resolves.toContain('configmap/seen');
    } finally {
      watch.removeAllListeners('exit');
      watch.kill();
    }
  });

  it('creates with a generated name', async () => {
    const file = manifest(
      'generated.yaml',
      `apiVersion: lifecycle.keptn.sh/v1
kind: KeptnTask
metadata: {generateName: hello-, namespace: shop}
spec: {taskDefinition: smoke-test}
`,
    );
    expect(await kubectl('create', '-f', file)).toMatch(
      /keptntask\.lifecycle\.keptn\.sh\/hello-\w{5} created/,
    );
  });

  it('asks what somebody may do', async () => {
    expect(await kubectl('auth', 'can-i', 'create', 'jobs')).toBe('yes\n');
    await expect(
      kubectl('auth', 'can-i', 'create', 'jobs', '--as=nobody'),
    ).rejects.toMatchObject({ stdout: expect.stringContaining('no') });
  });
});
