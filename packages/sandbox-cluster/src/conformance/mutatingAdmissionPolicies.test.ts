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
  admission,
  applying,
  policy,
  policyBinding,
  register,
} from './support/admission';
import { eventually } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { configMap, pod } from './support/objects';
import { configMaps, namespaces, pods } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';

const DRY = { query: { dryRun: 'All' } };

describe('MutatingAdmissionPolicies', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  /** Stable since 1.36. */
  const isServed = () => cluster.since(36);

  const create = (name: string, extra = {}, options = {}) =>
    api.post(configMaps(namespace), configMap(name, extra), options);
  /** What a new ConfigMap becomes, once it becomes what is waited for: changes of policies take a moment. */
  const becomes = (name: string, extra: object, wanted: object) =>
    eventually(`${name} becomes ${JSON.stringify(wanted)}`, async () => {
      const { body } = await create(name, extra, DRY);
      try {
        expect(body).toMatchObject(wanted);
        return true;
      } catch {
        return undefined;
      }
    });
  const name = (suffix: string) => `${namespace}-${suffix}`;
  const selected = (suffix: string) => ({
    metadata: { labels: { test: suffix } },
  });
  const when = (suffix: string) => [
    {
      name: 'selected',
      expression: `object.metadata.?labels[?'test'].orValue('') == '${suffix}'`,
    },
  ];

  it('lay what they make over new objects, and leave others alone', async () => {
    if (!isServed()) return;
    await register(
      cluster,
      policy(name('merge'), namespace, {
        matchConditions: when('merge'),
        mutations: [
          applying(
            `Object{metadata: Object.metadata{annotations: {"by": "policy"}}}`,
          ),
        ],
      }),
    );
    const extra = {
      metadata: { labels: { test: 'merge' }, annotations: { own: 'x' } },
    };
    await becomes('merged', extra, {
      metadata: { annotations: { own: 'x', by: 'policy' } },
    });
    const other = await create('other', selected('other'));
    expect(other.body.metadata.annotations).toBeUndefined();
  });

  it('merge lists by their keys, as apply does', async () => {
    if (!isServed()) return;
    const gates = policy(name('gates'), namespace, {
      mutations: [
        applying(
          'Object{spec: Object.spec{schedulingGates: [Object.spec.schedulingGates{name: "conformance.example.test/ours"}]}}',
        ),
      ],
    });
    gates.spec.matchConstraints.resourceRules[0].resources = ['pods'];
    await register(cluster, gates);
    const other = { name: 'conformance.example.test/other' };
    const gated = pod('gated', 'true', { schedulingGates: [other] });
    await eventually('both gates on a Pod', async () => {
      const { body } = await api.post(pods(namespace), gated, DRY);
      return body.spec.schedulingGates.length === 2 || undefined;
    });
    const { body } = await api.post(pods(namespace), gated, DRY);
    expect(body.spec.schedulingGates).toEqual([
      other,
      { name: 'conformance.example.test/ours' },
    ]);
  });

  it('know the namespace in variables, and nothing of it in match conditions', async () => {
    if (!isServed()) return;
    await api.patch(namespaces(namespace), {
      metadata: { annotations: { opted: 'in' } },
    });
    await register(
      cluster,
      policy(name('namespace'), namespace, {
        matchConditions: when('namespace'),
        variables: [
          {
            name: 'opted',
            expression: `namespaceObject.metadata.?annotations[?'opted'].orValue('')`,
          },
        ],
        mutations: [
          applying(
            'variables.opted == "in" ? Object{data: {"opted": variables.opted}} : Object{}',
          ),
        ],
      }),
    );
    await becomes('opted', selected('namespace'), { data: { opted: 'in' } });
    await register(
      cluster,
      policy(name('trap'), namespace, {
        matchConditions: [
          ...when('trap'),
          {
            name: 'named',
            expression: `namespaceObject.metadata.name != ''`,
          },
        ],
        mutations: [applying('Object{data: {"never": "set"}}')],
      }),
    );
    await eventually('the refusal of a policy that fails', async () => {
      const { status } = await create('trapped', selected('trap'), DRY);
      return status !== 201 || undefined;
    });
    expectStatus(await create('trapped', selected('trap'), DRY), {
      code: 403,
      message:
        /^policy '.*-trap' with binding '.*-trap' denied request: .*no such key: metadata/i,
    });
  });

  it('take parameters from the namespace of the object', async () => {
    if (!isServed()) return;
    await register(
      cluster,
      policy(name('params'), namespace, {
        matchConditions: when('params'),
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        mutations: [
          applying(
            'Object{data: {"known": object.metadata.name in params.?data.orValue({}) ? "yes" : "no"}}',
          ),
        ],
      }),
      { paramRef: { name: 'parameters', parameterNotFoundAction: 'Allow' } },
    );
    const before = await create('known-one', selected('params'), DRY);
    expect(before.body.data).toEqual({ key: 'value' });
    await create('parameters', { data: {} });
    await becomes('known-one', selected('params'), { data: { known: 'no' } });
    await api.patch(configMaps(namespace, 'parameters'), {
      data: { 'known-one': '' },
    });
    await becomes('known-one', selected('params'), { data: { known: 'yes' } });
  });

  it('refuse what misses its parameters, when told so', async () => {
    if (!isServed()) return;
    await register(
      cluster,
      policy(name('deny'), namespace, {
        matchConditions: when('deny'),
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        mutations: [applying('Object{}')],
      }),
      {
        paramRef: { name: 'nowhere', parameterNotFoundAction: 'Deny' },
        matchResources: { objectSelector: { matchLabels: { test: 'deny' } } },
      },
    );
    await eventually('the refusal', async () => {
      const { status } = await create('denied', selected('deny'), DRY);
      return status !== 201 || undefined;
    });
    expectStatus(await create('denied', selected('deny'), DRY), {
      code: 403,
      message:
        /no params found for policy binding with `Deny` parameterNotFoundAction$/,
    });
  });

  it('that fail and may, let the object pass as it is', async () => {
    if (!isServed()) return;
    await register(
      cluster,
      policy(name('ignored'), namespace, {
        failurePolicy: 'Ignore',
        matchConditions: when('ignored'),
        mutations: [applying('Object{data: {"a": object.data.missing}}')],
      }),
    );
    const { status, body } = await create('passes', selected('ignored'));
    expect([status, body.data]).toEqual([201, { key: 'value' }]);
  });

  it('see an object again after others have changed it, when they want to', async () => {
    if (!isServed()) return;
    const adds = (key: string, condition: string) => ({
      reinvocationPolicy: 'IfNeeded',
      matchConditions: when('again'),
      mutations: [
        applying(`${condition} ? Object{data: {"${key}": "set"}} : Object{}`),
      ],
    });
    await register(
      cluster,
      policy(
        name('a-second'),
        namespace,
        adds('second', "'first' in object.data"),
      ),
    );
    await register(
      cluster,
      policy(name('b-first'), namespace, adds('first', 'true')),
    );
    await becomes('again', selected('again'), {
      data: { first: 'set', second: 'set' },
    });
    const { body } = await create('again', selected('again'));
    expect(Object.keys(body.data).sort()).toEqual(['first', 'key', 'second']);
  });

  it('with an expression that does not compile are refused', async () => {
    if (!isServed()) return;
    const refused = policy(name('broken'), namespace, {
      mutations: [applying('Object{data: nothing.known}')],
    });
    expectStatus(await api.post(admission.policies(), refused), {
      code: 422,
      reason: 'Invalid',
      message:
        /spec\.mutations\[0\]\.applyConfiguration\.expression: Invalid value: .*compilation failed/s,
    });
  });

  it('are listed by discovery', async () => {
    if (!isServed()) return;
    const { body } = await api.get('/apis/admissionregistration.k8s.io/v1');
    const served = body.resources.map((resource: any) => resource.name);
    expect(served).toEqual(
      expect.arrayContaining([
        'mutatingadmissionpolicies',
        'mutatingadmissionpolicybindings',
        'mutatingwebhookconfigurations',
        'validatingwebhookconfigurations',
      ]),
    );
    expectStatus(
      await api.post(
        admission.bindings(),
        policyBinding('x', { policyName: '' }),
      ),
      { code: 422, message: /spec\.policyName: Required value/ },
    );
  });
});
