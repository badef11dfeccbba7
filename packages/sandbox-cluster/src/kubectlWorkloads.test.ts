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

import { Kubectl, describeWithKubectl } from './__testUtils__/kubectl';
import { quickTimings } from './controllers';
import type { SandboxCluster } from './startSandboxCluster';
import { startSandboxCluster } from './startSandboxCluster';

const OTHERS = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "postgres:16"}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: "agent:1"}]}
`;

jest.setTimeout(90_000);

describeWithKubectl('kubectl and workloads', () => {
  let sandbox: SandboxCluster;
  let client: Kubectl;
  const kubectl = (...args: string[]) => client.run('-n', 'shop', ...args);
  const rolledOut = (what: string) =>
    kubectl('rollout', 'status', what, '--timeout=40s');

  beforeAll(async () => {
    sandbox = await startSandboxCluster({ timings: quickTimings });
    client = new Kubectl(sandbox.kubeconfig);
    await client.run('create', 'namespace', 'shop');
    const image = '--image=nginx:1.27';
    await kubectl('create', 'deployment', 'web', image, '--replicas=2');
    await kubectl('apply', '-f', client.file('others.yaml', OTHERS));
  });

  afterAll(async () => {
    await sandbox?.stop();
    client?.remove();
  });

  it('waits for rollouts', async () => {
    expect(await rolledOut('deploy/web')).toMatch(/successfully rolled out/);
    expect(await rolledOut('sts/db')).toMatch(
      /roll ?out complete|rolling update complete/,
    );
    expect(await rolledOut('ds/agent')).toMatch(/successfully rolled out/);
  });

  it('prints what there is', async () => {
    const table = await kubectl('get', 'deploy,rs,sts,ds');
    expect(table).toMatch(/NAME +READY +UP-TO-DATE +AVAILABLE +AGE/);
    expect(table).toMatch(/deployment\.apps\/web +2\/2 +2 +2 /);
    expect(table).toMatch(/NAME +DESIRED +CURRENT +READY +AGE/);
    expect(table).toMatch(/replicaset\.apps\/web-\w+ +2 +2 +2 /);
    expect(table).toMatch(/statefulset\.apps\/db +2\/2 /);
    expect(table).toMatch(
      /NAME +DESIRED +CURRENT +READY +UP-TO-DATE +AVAILABLE +NODE SELECTOR +AGE/,
    );
    expect(table).toMatch(/daemonset\.apps\/agent +1 +1 +1 +1 +1 +<none> /);
    const revisions = await kubectl('get', 'controllerrevisions');
    expect(revisions).toMatch(/db-\w+ +statefulset\.apps\/db +1 /);
    const wide = await kubectl('get', 'deploy', '-o', 'wide');
    expect(wide).toMatch(
      /CONTAINERS +IMAGES +SELECTOR\n.*nginx +nginx:1\.27 +app=web/,
    );
  });

  it('scales', async () => {
    await kubectl('scale', 'deploy/web', '--replicas=3');
    await kubectl('scale', 'sts/db', '--current-replicas=2', '--replicas=1');
    await rolledOut('deploy/web');
    const sizes = await kubectl(
      'get',
      'deploy/web',
      'sts/db',
      '-o',
      'jsonpath={.items[*].spec.replicas}',
    );
    expect(sizes).toBe('3 1');
    await expect(
      kubectl('scale', 'deploy/web', '--current-replicas=7', '--replicas=1'),
    ).rejects.toThrow(/Expected replicas to be 7, was 3/);
  });

  it('rolls another image out, takes it back, and restarts', async () => {
    await kubectl('set', 'image', 'deploy/web', 'nginx=nginx:1.28');
    await rolledOut('deploy/web');
    await kubectl('rollout', 'undo', 'deploy/web');
    await rolledOut('deploy/web');
    const image = 'jsonpath={.spec.template.spec.containers[0].image}';
    expect(await kubectl('get', 'deploy/web', '-o', image)).toBe('nginx:1.27');
    expect(await kubectl('rollout', 'history', 'deploy/web')).toMatch(
      /\n2 .*\n3 /,
    );
    await kubectl('rollout', 'restart', 'deploy/web', 'sts/db', 'ds/agent');
    for (const what of ['deploy/web', 'sts/db', 'ds/agent']) {
      await rolledOut(what);
    }
    await kubectl('rollout', 'undo', 'sts/db');
    await rolledOut('sts/db');
  });

  it('pauses and resumes', async () => {
    await kubectl('rollout', 'pause', 'deploy/web');
    await kubectl('set', 'image', 'deploy/web', 'nginx=nginx:1.29');
    expect(await kubectl('rollout', 'resume', 'deploy/web')).toMatch(/resumed/);
    expect(await rolledOut('deploy/web')).toMatch(/successfully rolled out/);
  });

  it('deletes a namespace with all of it', async () => {
    await client.run('delete', 'namespace', 'shop', '--timeout=40s');
    expect(await client.run('get', 'pods', '-A', '-o', 'name')).toBe('');
  });
});
