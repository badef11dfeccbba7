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

import {
  ApiextensionsV1Api,
  CustomObjectsApi,
  KubeConfig,
} from '@kubernetes/client-node';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { startSandboxCluster, type SandboxCluster } from 'sandbox-cluster';
import type { Crd } from './__testUtils__/crds';
import {
  fields,
  membersIn,
  readCrd,
  root,
  schemaOf,
} from './__testUtils__/crds';
import type { KeptnTaskDefinition } from './resources';
import { validateDefinition } from './definition/validateDefinition';

const tasks = readCrd('keptntasks');
const definitions = readCrd('keptntaskdefinitions');
const members = membersIn(
  readFileSync(path.join(__dirname, 'resources.ts'), 'utf8'),
);

describe('custom resource definitions', () => {
  it('are what the script writes', () => {
    expect(() =>
      execFileSync(
        process.execPath,
        [path.join(root, 'scripts/generate-crds.mjs'), '--check'],
        { stdio: 'pipe' },
      ),
    ).not.toThrow();
  });

  it.each([
    ['KeptnTaskSpec', tasks, ['spec']],
    ['KeptnTaskContext', tasks, ['spec', 'context']],
    ['KeptnTaskStatus', tasks, ['status']],
    ['KeptnTaskDefinitionSpec', definitions, ['spec']],
    ['RuntimeSpec', definitions, ['spec', 'deno']],
    ['RuntimeSpec', definitions, ['spec', 'python']],
  ])('have the fields of %s', (name, crd, at) => {
    expect(fields(schemaOf(crd), ...at)).toEqual(members(name));
  });

  it.each([tasks, definitions])(
    'serve the versions that Keptn serves and store what Keptn stores',
    ({ spec }) => {
      expect(
        spec.versions.map(({ name, served, storage }) => [
          name,
          served,
          storage,
        ]),
      ).toEqual([
        ['v1', true, true],
        ['v1beta1', true, false],
        ['v1alpha3', true, false],
        ['v1alpha2', true, false],
        ['v1alpha1', true, false],
      ]);
      expect(spec.names.shortNames).toBeUndefined();
      expect(spec.conversion).toEqual({ strategy: 'None' });
    },
  );

  it('have no defaults that would hide what the definition of a task says', () => {
    const { retries, timeout } = schemaOf(tasks).properties!.spec.properties!;
    expect(retries.default).toBeUndefined();
    expect(timeout.default).toBeUndefined();
  });

  it('D-31 have columns that show something', () => {
    const paths = tasks.spec.versions[0].additionalPrinterColumns!.map(
      ({ jsonPath }) => jsonPath,
    );
    for (const at of paths.filter(p => p.startsWith('.s'))) {
      const [, ...keys] = at.split('.');
      const last = keys.pop()!;
      expect(fields(schemaOf(tasks), ...keys)).toContain(last);
    }
  });
});

describe('custom resource definitions, in a cluster', () => {
  let sandbox: SandboxCluster;
  let objects: CustomObjectsApi;

  beforeAll(async () => {
    sandbox = await startSandboxCluster({ controllers: false });
    const config = new KubeConfig();
    config.loadFromString(sandbox.kubeconfig);
    const extensions = config.makeApiClient(ApiextensionsV1Api);
    objects = config.makeApiClient(CustomObjectsApi);
    for (const crd of [tasks, definitions]) {
      await postCrd(crd);
    }
    await established(extensions);
  }, 30_000);

  afterAll(() => sandbox?.stop());

  /** As kubectl sends it: the typed client drops what it does not know. */
  function postCrd(crd: Crd) {
    return new Promise<void>((resolve, reject) => {
      const sent = request(
        `${sandbox.url}/apis/apiextensions.k8s.io/v1/customresourcedefinitions`,
        {
          method: 'POST',
          ca: Buffer.from(sandbox.caData, 'base64'),
          headers: {
            authorization: `Bearer ${sandbox.token}`,
            'content-type': 'application/json',
          },
        },
        response => {
          response.resume();
          if (response.statusCode === 201) {
            resolve();
          } else {
            reject(new Error(`HTTP ${response.statusCode}`));
          }
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(crd));
    });
  }

  async function established(extensions: ApiextensionsV1Api) {
    for (let tries = 0; tries < 100; tries++) {
      const { items } = await extensions.listCustomResourceDefinition();
      const ready = items.filter(({ status }) =>
        status?.conditions?.some(
          c => c.type === 'Established' && c.status === 'True',
        ),
      );
      if (ready.length === 2) {
        return;
      }
      await new Promise(done => setTimeout(done, 20));
    }
    throw new Error('the custom resources were not established in time');
  }

  let count = 0;
  function create(plural: string, kind: string, spec: unknown, version = 'v1') {
    return objects.createNamespacedCustomObject({
      group: 'lifecycle.keptn.sh',
      version,
      namespace: 'default',
      plural,
      body: {
        apiVersion: `lifecycle.keptn.sh/${version}`,
        kind,
        metadata: { name: `object-${++count}` },
        spec,
      },
    });
  }
  const createTask = (spec: unknown) => create('keptntasks', 'KeptnTask', spec);
  const createDefinition = (spec: unknown, version?: string) =>
    create('keptntaskdefinitions', 'KeptnTaskDefinition', spec, version);

  const inline = { inline: { code: 'x' } };

  it.each([
    { taskDefinition: 'a' },
    { taskDefinition: 'a', retries: 0, timeout: '1h30m' },
    { taskDefinition: 'a', timeout: '1.5m', checkType: 'pre' },
    {
      taskDefinition: 'a',
      context: { appName: 'shop', metadata: { commit: '1' } },
      parameters: { map: { a: '' } },
      secureParameters: { secret: 's' },
    },
  ])('take a task as it is: %j', async spec => {
    await expect(createTask(spec)).resolves.toMatchObject({ spec });
    const created = (await createTask(spec)) as { spec: object };
    expect(created.spec).toEqual(spec);
  });

  it.each([
    [{}, 'taskDefinition'],
    [{ taskDefinition: 'a', timeout: 'abc5m' }, 'spec.timeout'],
    [{ taskDefinition: 'a', timeout: '0x' }, 'spec.timeout'],
    [{ taskDefinition: 'a', timeout: '-5m' }, 'spec.timeout'],
    [{ taskDefinition: 'a', parameters: { map: { a: 1 } } }, 'spec.parameters'],
  ])('D-50 refuse a task %j and name %s', async (spec, field) => {
    await expect(createTask(spec)).rejects.toThrow(field);
  });

  const container = {
    name: 'c',
    image: 'i',
    env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.x' } } }],
    resources: { limits: { cpu: 1, memory: '1Gi' } },
    livenessProbe: { httpGet: { port: 'http' } },
    fieldOfTomorrow: { a: [1] },
  };

  it.each([
    { deno: inline },
    { python: { httpRef: { url: 'https://a' }, cmdParameters: '-v' } },
    { deno: { functionRef: { name: 'b' } }, retries: 0 },
    { container },
    { deno: inline, imagePullSecrets: [{ name: 'a' }], timeout: '90s' },
  ])('take a definition and lose nothing of it: %#', async spec => {
    await expect(createDefinition(spec)).resolves.toMatchObject({ spec });
    expect(
      validateDefinition({ metadata: {}, spec } as KeptnTaskDefinition),
    ).toEqual([]);
  });

  it.each([
    [{}, 'exactly one of deno, python and container'],
    [{ deno: inline, python: inline }, 'exactly one of deno, python'],
    [{ deno: {} }, 'exactly one of inline, httpRef'],
    [{ python: { ...inline, httpRef: { url: 'a' } } }, 'exactly one of inline'],
    [{ container: { image: 'i' } }, 'spec.container.name'],
    [{ deno: inline, timeout: '5' }, 'spec.timeout'],
  ])('refuse a definition %j and say %s', async (spec, words) => {
    await expect(createDefinition(spec)).rejects.toThrow(words);
    expect(
      validateDefinition({ metadata: {}, spec } as KeptnTaskDefinition),
    ).not.toEqual([]);
  });

  it('D-59 still take what older versions could say', async () => {
    const spec = { function: { inline: { code: 'x' } } };
    for (const version of ['v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1']) {
      await expect(createDefinition(spec, version)).resolves.toMatchObject({
        spec,
      });
    }
  });

  it('give a definition the defaults that Keptn gives it', async () => {
    await expect(createDefinition({ deno: inline })).resolves.toMatchObject({
      spec: { retries: 10, timeout: '5m', ttlSecondsAfterFinished: 300 },
    });
  });
});
