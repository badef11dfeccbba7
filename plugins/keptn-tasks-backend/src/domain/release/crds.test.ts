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

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KubeObject, SandboxCluster } from 'sandbox-cluster';
import { startSandboxCluster } from 'sandbox-cluster';
import { until } from '../../__testUtils__/until';
import type { Crd } from '../__testUtils__/crds';
import {
  fields,
  membersIn,
  readCrd,
  schemaAt,
  schemaOf,
} from '../__testUtils__/crds';

const apps = readCrd('keptnapps');
const contexts = readCrd('keptnappcontexts');
const appVersions = readCrd('keptnappversions');
const requests = readCrd('keptnappcreationrequests');
const workloads = readCrd('keptnworkloads');
const workloadVersions = readCrd('keptnworkloadversions');
const evaluations = readCrd('keptnevaluations');
const evaluationDefinitions = readCrd('keptnevaluationdefinitions');
const configs = readCrd('keptnconfigs', 'options.keptn.sh');
const all: [string, Crd][] = [
  apps,
  contexts,
  appVersions,
  requests,
  workloads,
  workloadVersions,
  evaluations,
  evaluationDefinitions,
  configs,
].map(crd => [crd.spec.names.kind, crd]);

/** kubectl keeps the whole object in an annotation. */
const ANNOTATION_LIMIT = 262_144;

const members = membersIn(
  readFileSync(path.join(__dirname, 'resources.ts'), 'utf8'),
);

describe('custom resource definitions of releases', () => {
  it.each<[string, string | undefined, Crd, string[]]>([
    ['KeptnAppSpec', undefined, apps, ['spec']],
    ['KeptnAppContextSpec', undefined, contexts, ['spec']],
    ['KeptnAppVersionSpec', undefined, appVersions, ['spec']],
    ['KeptnAppVersionStatus', undefined, appVersions, ['status']],
    [
      'ItemStatus',
      undefined,
      appVersions,
      ['status', 'promotionTaskStatus', '[]'],
    ],
    [
      'ItemStatus',
      undefined,
      workloadVersions,
      ['status', 'preDeploymentEvaluationTaskStatus', '[]'],
    ],
    ['KeptnWorkloadSpec', undefined, workloads, ['spec']],
    ['ResourceReference', undefined, workloads, ['spec', 'resourceReference']],
    ['KeptnWorkloadVersionSpec', undefined, workloadVersions, ['spec']],
    ['KeptnWorkloadVersionStatus', undefined, workloadVersions, ['status']],
    ['KeptnEvaluation', 'spec', evaluations, ['spec']],
    ['KeptnEvaluation', 'status', evaluations, ['status']],
    [
      'EvaluationItem',
      undefined,
      evaluations,
      ['status', 'evaluationStatus', '{}'],
    ],
    [
      'KeptnEvaluationDefinitionSpec',
      undefined,
      evaluationDefinitions,
      ['spec'],
    ],
    ['KeptnConfig', 'spec', configs, ['spec']],
  ])('have the fields of %s %s', (name, inside, crd, at) => {
    const { name: version } = crd.spec.versions[0];
    expect(fields(schemaOf(crd, version), ...at)).toEqual(
      members(name, inside),
    );
  });

  it.each<[string, Crd, string[], string | undefined]>([
    [
      'apps',
      apps,
      ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
      undefined,
    ],
    ['contexts', contexts, ['v1', 'v1beta1'], undefined],
    [
      'app versions',
      appVersions,
      ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
      'kav',
    ],
    ['creation requests', requests, ['v1', 'v1beta1', 'v1alpha3'], undefined],
    [
      'workloads',
      workloads,
      ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
      undefined,
    ],
    [
      'workload versions',
      workloadVersions,
      ['v1', 'v1beta1', 'v1alpha4'],
      'kwv',
    ],
    [
      'evaluations',
      evaluations,
      ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
      'ke',
    ],
    [
      'evaluation definitions',
      evaluationDefinitions,
      ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2', 'v1alpha1'],
      'ked',
    ],
    ['configs', configs, ['v1alpha1'], undefined],
  ])(
    'serve the versions of %s that Keptn serves and store what Keptn stores',
    (_, { spec }, versions, shortName) => {
      expect(
        spec.versions.map(({ name, served, storage }) => [
          name,
          served,
          storage,
        ]),
      ).toEqual(versions.map((name, index) => [name, true, index === 0]));
      expect(spec.names.shortNames).toEqual(shortName && [shortName]);
      for (const { subresources } of spec.versions) {
        expect(subresources).toEqual({ status: {} });
      }
    },
  );

  it.each(all)(
    'let kubectl apply %s from the client side, whatever its size',
    (_, crd) => {
      expect(JSON.stringify(crd).length).toBeLessThan(ANNOTATION_LIMIT / 2);
    },
  );

  it.each<[string, string, string]>([
    [
      'app versions',
      columnsOf(appVersions, 'v1'),
      'AppName Version Phase PreDeploymentStatus* PreDeploymentEvaluationStatus* WorkloadOverallStatus* ' +
        'PostDeploymentStatus* PostDeploymentEvaluationStatus* PromotionStatus* Age',
    ],
    [
      'workload versions',
      columnsOf(workloadVersions, 'v1'),
      'AppName WorkloadName WorkloadVersion Phase PreDeploymentStatus* PreDeploymentEvaluationStatus* ' +
        'DeploymentStatus* PostDeploymentStatus* PostDeploymentEvaluationStatus* Age',
    ],
    ['workloads', columnsOf(workloads, 'v1'), 'AppName Version Age'],
    [
      'evaluations',
      columnsOf(evaluations, 'v1'),
      'AppName AppVersion WorkloadName WorkloadVersion RetryCount EvaluationStatus OverallStatus Age',
    ],
  ])('show the columns of %s, some (*) only when asked', (_, is, expected) => {
    expect(is).toBe(expected);
  });

  it.each(all)('have columns of %s that show something', (_, { spec }) => {
    for (const { additionalPrinterColumns, schema } of spec.versions) {
      const paths = (additionalPrinterColumns ?? []).map(c => c.jsonPath);
      for (const at of paths.filter(p => p.startsWith('.s'))) {
        const [, ...keys] = at.split('.');
        expect(schemaAt(schema.openAPIV3Schema, ...keys)).toBeDefined();
      }
    }
  });
});

/** Titles of the columns; with a star those that `-o wide` adds. */
function columnsOf(crd: Crd, version: string): string {
  return crd.spec.versions
    .find(({ name }) => name === version)!
    .additionalPrinterColumns!.map(
      ({ name, priority }) => `${name}${priority ? '*' : ''}`,
    )
    .join(' ');
}

describe('custom resource definitions of releases, in a cluster', () => {
  let sandbox: SandboxCluster;

  beforeAll(async () => {
    sandbox = await startSandboxCluster({ controllers: false });
    for (const [, crd] of all) {
      sandbox.api
        .resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition')
        .create(structuredClone(crd) as unknown as KubeObject);
    }
    await until(() =>
      all.every(([kind, { spec }]) =>
        spec.versions.every(({ name }) =>
          sandbox.api.resource(`${spec.group}/${name}`, kind).list(),
        ),
      ),
    );
  }, 60_000);

  afterAll(() => sandbox?.stop());

  let count = 0;
  function create(
    kind: string,
    spec: unknown,
    version = 'v1',
    group = 'lifecycle.keptn.sh',
  ): KubeObject {
    return sandbox.api.resource(`${group}/${version}`, kind).create({
      apiVersion: `${group}/${version}`,
      kind,
      metadata: { name: `object-${++count}`, namespace: 'default' },
      spec,
    });
  }

  function storeStatus(object: KubeObject, status: object): KubeObject {
    return sandbox.api
      .resource(object.apiVersion, object.kind)
      .updateStatus({ ...structuredClone(object), status });
  }

  const resourceReference = { uid: 'u', kind: 'ReplicaSet', name: 'cart-1' };
  const lists = {
    preDeploymentTasks: ['a'],
    postDeploymentTasks: ['b'],
    preDeploymentEvaluations: ['c'],
    postDeploymentEvaluations: ['d'],
  };
  const app = { version: '1', workloads: [{ name: 'cart', version: '1' }] };
  const context = {
    ...lists,
    promotionTasks: ['e'],
    metadata: { team: 'blue' },
    spanLinks: ['00-1-2-01'],
  };
  const workload = {
    app: 'shop',
    version: '1',
    resourceReference,
    ...lists,
    metadata: { a: 'b' },
  };

  it.each<[string, object]>([
    ['KeptnApp', { ...app, revision: 2 }],
    ['KeptnAppContext', context],
    [
      'KeptnAppVersion',
      {
        ...app,
        ...context,
        revision: 1,
        appName: 'shop',
        previousVersion: '0',
        traceId: { traceparent: 'x' },
      },
    ],
    ['KeptnAppCreationRequest', { appName: 'shop' }],
    ['KeptnWorkload', workload],
    [
      'KeptnWorkloadVersion',
      {
        ...workload,
        workloadName: 'shop-cart',
        previousVersion: '0',
        traceId: { traceparent: 'x' },
      },
    ],
    [
      'KeptnEvaluation',
      {
        workload: 'shop-cart',
        workloadVersion: '',
        appName: 'shop',
        appVersion: '1',
        evaluationDefinition: 'latency',
        checkType: 'pre-eval',
        retries: 0,
        retryInterval: '1m30s',
      },
    ],
    [
      'KeptnEvaluationDefinition',
      {
        objectives: [
          {
            keptnMetricRef: { name: 'm', namespace: 'n' },
            evaluationTarget: '<10',
          },
        ],
        retries: 3,
        retryInterval: '0',
      },
    ],
  ])('take a %s and lose nothing of it', (kind, spec) => {
    expect(create(kind, spec).spec).toEqual(spec);
  });

  it('drop fields that they do not know', () => {
    const spec = { ...app, workload: 'shop', revision: 1 };
    expect(create('KeptnApp', spec).spec).toEqual({ ...app, revision: 1 });
  });

  it.each<[string, object, object]>([
    ['KeptnApp', app, { revision: 1 }],
    ['KeptnAppVersion', { ...app, appName: 'shop' }, { revision: 1 }],
    [
      'KeptnEvaluation',
      { evaluationDefinition: 'a', workloadVersion: '1' },
      { retries: 10, retryInterval: '5s' },
    ],
    [
      'KeptnEvaluationDefinition',
      { objectives: [] },
      { retries: 10, retryInterval: '5s' },
    ],
  ])('give a %s the defaults that Keptn gives it', (kind, spec, defaults) => {
    expect(create(kind, spec).spec).toEqual({ ...spec, ...defaults });
  });

  it('give a KeptnConfig the defaults that Keptn gives it', () => {
    expect(
      create('KeptnConfig', {}, 'v1alpha1', 'options.keptn.sh').spec,
    ).toEqual({
      keptnAppCreationRequestTimeoutSeconds: 30,
      blockDeployment: true,
      observabilityTimeout: '5m',
      restApiEnabled: false,
    });
  });

  it.each<[string, object, string]>([
    ['KeptnApp', {}, 'spec.version'],
    ['KeptnApp', { version: '1', workloads: [{ name: 'a' }] }, 'version'],
    ['KeptnAppVersion', { version: '1' }, 'spec.appName'],
    ['KeptnAppCreationRequest', {}, 'spec.appName'],
    ['KeptnWorkload', { app: 'a', version: '1' }, 'spec.resourceReference'],
    [
      'KeptnWorkload',
      { app: 'a', version: '1', resourceReference: { kind: 'b', name: 'c' } },
      'spec.resourceReference.uid',
    ],
    ['KeptnWorkloadVersion', workload, 'spec.workloadName'],
    ['KeptnEvaluation', { evaluationDefinition: 'a' }, 'workloadVersion'],
    ['KeptnEvaluationDefinition', {}, 'spec.objectives'],
    [
      'KeptnEvaluationDefinition',
      { objectives: [{ keptnMetricRef: { name: 'm' } }] },
      'evaluationTarget',
    ],
  ])('refuse a %s %j and name %s', (kind, spec, field) => {
    expect(() => create(kind, spec)).toThrow(field);
  });

  it.each(['abc5m', '0x', '-5m', '5'])(
    'D-50 refuse the duration %s everywhere',
    text => {
      const evaluation = { evaluationDefinition: 'a', workloadVersion: '' };
      expect(() =>
        create('KeptnEvaluation', { ...evaluation, retryInterval: text }),
      ).toThrow('spec.retryInterval');
      expect(() =>
        create('KeptnEvaluationDefinition', {
          objectives: [],
          retryInterval: text,
        }),
      ).toThrow('spec.retryInterval');
      expect(() =>
        create(
          'KeptnConfig',
          { observabilityTimeout: text },
          'v1alpha1',
          'options.keptn.sh',
        ),
      ).toThrow('spec.observabilityTimeout');
    },
  );

  it('have no status at first, and every state Pending once there is one', () => {
    const created = create('KeptnWorkloadVersion', {
      ...workload,
      workloadName: 'shop-cart',
    });
    expect(created.status).toBeUndefined();
    const stored = storeStatus(created, {
      currentPhase: 'WorkloadPreDeployTasks',
      preDeploymentTaskStatus: [{ definitionName: 'a' }],
      phaseTraceIDs: { WorkloadPreDeployTasks: { traceparent: 'x' } },
      unknown: 1,
    });
    expect(stored.status).toEqual({
      preDeploymentStatus: 'Pending',
      preDeploymentEvaluationStatus: 'Pending',
      deploymentStatus: 'Pending',
      postDeploymentStatus: 'Pending',
      postDeploymentEvaluationStatus: 'Pending',
      status: 'Pending',
      currentPhase: 'WorkloadPreDeployTasks',
      preDeploymentTaskStatus: [{ definitionName: 'a', status: 'Pending' }],
      phaseTraceIDs: { WorkloadPreDeployTasks: { traceparent: 'x' } },
    });
  });

  it('still take what older versions could say, and keep of it what v1 has', () => {
    const before = create('KeptnApp', { ...app, ...lists }, 'v1alpha3');
    expect(before.spec).toEqual({ ...app, ...lists, revision: 1 });
    const { name } = before.metadata;
    const now = sandbox.api
      .resource('lifecycle.keptn.sh/v1', 'KeptnApp')
      .get('default', name)!;
    expect(now.spec).toEqual({ ...app, revision: 1 });
  });

  it.each<[string, string, object]>([
    ['KeptnApp', 'v1alpha1', { ...app, ...lists }],
    ['KeptnAppVersion', 'v1alpha1', { ...app, ...lists, appName: 'shop' }],
    [
      'KeptnEvaluationDefinition',
      'v1alpha2',
      {
        source: 'prometheus',
        objectives: [{ name: 'a', query: 'b', evaluationTarget: '<1' }],
      },
    ],
  ])('take a %s of %s', (kind, version, spec) => {
    expect(create(kind, spec, version).spec).toEqual(spec);
  });

  it('take the items of an app version under their first names', () => {
    const created = create(
      'KeptnAppVersion',
      { ...app, appName: 'shop' },
      'v1alpha1',
    );
    const items = {
      preDeploymentTaskStatus: [
        { taskDefinitionName: 'a', taskName: 'b', status: 'Succeeded' },
      ],
      postDeploymentEvaluationTaskStatus: [
        {
          evaluationDefinitionName: 'a',
          evaluationName: 'b',
          status: 'Failed',
        },
      ],
    };
    expect(storeStatus(created, items).status).toMatchObject(items);
  });

  it("ask for the webhook of Keptn's definition to go, beside which None would be refused", () => {
    const resource = sandbox.api.resource(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
    );
    for (const { metadata, spec } of [apps, appVersions]) {
      expect(spec.conversion).toEqual({ strategy: 'None', webhook: null });
      expect(resource.get(undefined, metadata.name)!.spec.conversion).toEqual({
        strategy: 'None',
      });
    }
  });
});
