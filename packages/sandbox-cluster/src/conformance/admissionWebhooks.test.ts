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
import { admission, only } from './support/admission';
import { eventually } from './support/eventually';
import { expectStatus } from './support/expectStatus';
import { configMap, job } from './support/objects';
import { configMaps, jobs, pods } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import { Answer, patching, WebhookServer } from './support/webhookServer';
import { target } from './target';

// A real cluster does not reach this machine.
const group = target.kubeconfigFile ? describe.skip : describe;
const DRY = { query: { dryRun: 'All' } };

group('Admission webhooks', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);
  let answer: (request: any) => Answer = () => ({});
  const server = new WebhookServer(request => answer(request));

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.requests.length = 0;
    answer = () => ({});
  });
  afterEach(async () => {
    await api.delete(admission.mutatingWebhooks());
    await api.delete(admission.validatingWebhooks());
  });

  const hook = (extra: Record<string, unknown> = {}) => ({
    name: 'check.conformance.test',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    clientConfig: { url: server.url, caBundle: server.caBundle },
    rules: [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE', 'DELETE'],
        resources: ['configmaps'],
      },
    ],
    ...only(namespace),
    ...extra,
  });
  const register = async (
    kind: 'Mutating' | 'Validating',
    ...webhooks: object[]
  ) => {
    const path =
      kind === 'Mutating'
        ? admission.mutatingWebhooks()
        : admission.validatingWebhooks();
    const answered = await api.post(path, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: `${kind}WebhookConfiguration`,
      metadata: { name: namespace },
      webhooks,
    });
    expect(answered.status).toBe(201);
    return answered.body;
  };
  const create = (name: string, extra = {}, options = {}) =>
    api.post(configMaps(namespace), configMap(name, extra), options);
  const adds = (key: string) =>
    patching({ op: 'add', path: `/data/${key}`, value: 'set' });

  it('are told what is wanted by whom, and change it', async () => {
    await register('Mutating', hook());
    answer = () => ({ ...adds('patched'), warnings: ['Looked at'] });
    const { status, body, warnings } = await create('patched');
    expect([status, body.data]).toEqual([
      201,
      { key: 'value', patched: 'set' },
    ]);
    expect(warnings).toEqual(['299 - "Looked at"']);
    expect(server.requests).toEqual([
      {
        uid: expect.any(String),
        kind: { group: '', version: 'v1', kind: 'ConfigMap' },
        resource: { group: '', version: 'v1', resource: 'configmaps' },
        requestKind: { group: '', version: 'v1', kind: 'ConfigMap' },
        requestResource: { group: '', version: 'v1', resource: 'configmaps' },
        name: 'patched',
        namespace,
        operation: 'CREATE',
        userInfo: expect.objectContaining({ username: expect.any(String) }),
        object: expect.objectContaining({
          kind: 'ConfigMap',
          data: { key: 'value' },
        }),
        oldObject: null,
        dryRun: false,
        options: expect.objectContaining({ kind: 'CreateOptions' }),
      },
    ]);
  });

  it('see updates with what was there, and deletions', async () => {
    await create('changed');
    await register('Mutating', hook());
    await api.patch(configMaps(namespace, 'changed'), { data: { key: 'new' } });
    await api.delete(configMaps(namespace, 'changed'));
    const [update, deletion] = server.requests;
    expect(update).toMatchObject({
      operation: 'UPDATE',
      object: { data: { key: 'new' } },
      oldObject: { data: { key: 'value' } },
    });
    expect(deletion).toMatchObject({
      operation: 'DELETE',
      object: null,
      oldObject: { data: { key: 'new' } },
    });
  });

  it.each([
    ['Mutating', { code: 403, message: 'not today' }, 403, ': not today'],
    ['Validating', { message: 'not today' }, 400, ': not today'],
    ['Validating', undefined, 400, ' without explanation'],
  ] as const)(
    'that deny are quoted: %s %j',
    async (kind, status, code, why) => {
      await register(kind, hook());
      answer = () => ({ allowed: false, ...(status && { status }) });
      expectStatus(await create('denied'), {
        code,
        message: `admission webhook "check.conformance.test" denied the request${why}`,
      });
      expect((await api.get(configMaps(namespace, 'denied'))).status).toBe(404);
    },
  );

  it('see the whole object when they validate', async () => {
    await register('Validating', hook());
    await create('whole');
    expect(server.requests[0].object.metadata.uid).toEqual(expect.any(String));
  });

  it('that are not there stop a write, unless failures are ignored', async () => {
    const clientConfig = { url: 'https://127.0.0.1:1/check' };
    await register('Mutating', hook({ clientConfig }));
    expectStatus(await create('stopped'), {
      code: 500,
      reason: 'InternalError',
      message:
        'Internal error occurred: failed calling webhook "check.conformance.test": failed to call webhook: Post "https://127.0.0.1:1/check?timeout=10s": dial tcp 127.0.0.1:1: connect: connection refused',
    });
    await api.delete(admission.mutatingWebhooks());
    await register('Mutating', hook({ clientConfig, failurePolicy: 'Ignore' }));
    expect((await create('passes')).status).toBe(201);
  });

  it('whose certificate nobody vouches for are not asked', async () => {
    const clientConfig = { url: server.url };
    await register('Mutating', hook({ clientConfig }));
    expectStatus(await create('untrusted'), {
      code: 500,
      message: /x509: certificate signed by unknown authority$/,
    });
    expect(server.requests).toEqual([]);
  });

  it('are waited for as long as they say', async () => {
    answer = () => undefined;
    await register('Mutating', hook({ timeoutSeconds: 1 }));
    expectStatus(await create('slow'), {
      code: 500,
      message: /\?timeout=1s": context deadline exceeded$/,
    });
  });

  it.each<[string, (request: any) => Answer, RegExp]>([
    ['another uid', () => ({ uid: 'x' }), /expected response\.uid=/],
    [
      'a patch of no type',
      () => ({ patch: 'W10=' }),
      /webhook returned response\.patch but not response\.patchType/,
    ],
  ])('that answer with %s have failed', async (_, given, message) => {
    await register('Mutating', hook());
    answer = given;
    expectStatus(await create('odd'), { code: 500, message });
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'whose rules name others',
      {
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['UPDATE'],
            resources: ['configmaps'],
          },
        ],
      },
    ],
    [
      'that select other namespaces',
      { namespaceSelector: { matchLabels: { other: 'one' } } },
    ],
    [
      'that select other objects',
      {
        objectSelector: {
          matchExpressions: [{ key: 'x', operator: 'Exists' }],
        },
      },
    ],
    [
      'whose conditions are not met',
      {
        matchConditions: [
          { name: 'named', expression: `object.metadata.name == 'other'` },
        ],
      },
    ],
  ])('%s are not asked', async (_, extra) => {
    await register('Mutating', hook(extra));
    expect((await create('unseen', {}, DRY)).status).toBe(201);
    expect(server.requests).toEqual([]);
  });

  it('are asked about a dry run only when it has no side effects there', async () => {
    await register('Mutating', hook());
    answer = () => adds('dry');
    const { body } = await create('dry', {}, DRY);
    expect(body.data.dry).toBe('set');
    expect(server.requests[0].dryRun).toBe(true);
    expect((await api.get(configMaps(namespace, 'dry'))).status).toBe(404);
  });

  it('see an object again after others have changed it, when they want to', async () => {
    answer = ({ object }) => {
      if (!object.data.first) return adds('first');
      return object.data.second ? {} : adds('second');
    };
    await register(
      'Mutating',
      hook({ name: 'a.conformance.test', reinvocationPolicy: 'IfNeeded' }),
      hook({ name: 'b.conformance.test' }),
    );
    const { body } = await create('again');
    expect(body.data).toEqual({ key: 'value', first: 'set', second: 'set' });
    expect(server.requests).toHaveLength(3);
  });

  it('lose nothing that somebody else writes meanwhile', async () => {
    await create('raced');
    const path = configMaps(namespace, 'raced');
    await register('Mutating', hook());
    const both = await Promise.all([
      api.patch(path, { data: { a: '1' } }),
      api.patch(path, { data: { b: '2' } }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await api.get(path)).body.data).toEqual({
      key: 'value',
      a: '1',
      b: '2',
    });
  });

  it('see the Pods that controllers create', async () => {
    answer = () =>
      patching({
        op: 'add',
        path: '/spec/schedulingGates',
        value: [{ name: 'conformance.example.test/held' }],
      });
    const rules = [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE'],
        resources: ['pods'],
      },
    ];
    await register('Mutating', hook({ rules }));
    await api.post(
      jobs(namespace),
      job('held', 'true', { parallelism: 2, completions: 2 }),
    );
    const found = await eventually('two Pods of the Job', async () => {
      const { items } = (await api.get(pods(namespace))).body;
      return items.length === 2 ? items : undefined;
    });
    for (const { spec } of found) {
      expect(spec.schedulingGates).toEqual([
        { name: 'conformance.example.test/held' },
      ]);
    }
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a name without dots',
      { name: 'check' },
      /webhooks\[0\]\.name: Invalid value/,
    ],
    [
      'no word on side effects',
      { sideEffects: undefined },
      /webhooks\[0\]\.sideEffects: Required value: must specify one of None, NoneOnDryRun/,
    ],
    [
      'plain HTTP',
      { clientConfig: { url: 'http://127.0.0.1/' } },
      /webhooks\[0\]\.clientConfig\.url: Invalid value/,
    ],
    [
      'a condition that does not compile',
      { matchConditions: [{ name: 'x', expression: 'nothing ==' }] },
      /webhooks\[0\]\.matchConditions\[0\]\.expression: Invalid value: .*compilation failed/s,
    ],
  ])('with %s are refused', async (_, extra, message) => {
    expectStatus(
      await api.post(admission.mutatingWebhooks(), {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'MutatingWebhookConfiguration',
        metadata: { name: namespace },
        webhooks: [hook(extra)],
      }),
      { code: 422, reason: 'Invalid', message },
    );
  });

  it('get their defaults', async () => {
    const { webhooks } = await register('Mutating', hook());
    expect(webhooks[0]).toMatchObject({
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      reinvocationPolicy: 'Never',
      timeoutSeconds: 10,
      objectSelector: {},
      rules: [{ scope: '*' }],
    });
  });
});
