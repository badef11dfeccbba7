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
import { applyFile } from '../__testUtils__/applyFile';
import {
  eventually,
  startMachinery,
  writeOptions,
} from '../__testUtils__/machinery';
import { KubeObject } from '../ClusterApi';
import { deepCopy } from '../schema/json';
import { updateObject } from '../service/update';

const GATE = { name: 'keptn-prechecks-gate' };
const machinery = startMachinery();
const { api } = machinery;
let count = 0;

/** An update by a user, not by one of the server's own controllers. */
function update(object: KubeObject): KubeObject {
  const { registry } = machinery.context;
  const { namespace, name } = object.metadata;
  const type = registry.findKind(object.apiVersion, object.kind)!;
  return updateObject(
    machinery.context,
    { type, namespace, name },
    deepCopy(object),
    writeOptions(),
  );
}

async function makeNamespace(optIn?: string): Promise<string> {
  count += 1;
  const name = `shop-${count}`;
  api.resource('v1', 'Namespace').create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      ...(optIn && { annotations: { 'keptn.sh/lifecycle-toolkit': optIn } }),
    },
  });
  await eventually(
    () => !!api.resource('v1', 'ServiceAccount').get(name, 'default'),
  );
  return name;
}

function clear(namespace: string, ...keys: string[]) {
  const maps = api.resource('v1', 'ConfigMap');
  const name = 'keptn-cleared-revisions';
  const wanted = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: Object.fromEntries(keys.map(key => [key, 'cleared'])),
  };
  const stored = maps.get(namespace, name);
  if (stored) maps.update({ ...stored, data: wanted.data });
  else maps.create(wanted);
}

interface PodOptions {
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  owner?: { kind: string; name: string; apiVersion?: string } | null;
  gates?: Array<{ name: string }>;
  nodeName?: string;
}

function makePod(namespace: string, options: PodOptions = {}): KubeObject {
  count += 1;
  const {
    annotations = { 'keptn.sh/workload': 'cart' },
    owner = { kind: 'ReplicaSet', name: 'cart-1' },
    labels,
    gates,
    nodeName,
  } = options;
  return api.resource('v1', 'Pod').create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${count}`,
      namespace,
      annotations,
      ...(labels && { labels }),
      ...(owner && {
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            uid: `uid-of-${owner.name}`,
            controller: true,
            ...owner,
          },
        ],
      }),
    },
    spec: {
      containers: [{ name: 'main', image: 'busybox' }],
      ...(gates && { schedulingGates: gates }),
      ...(nodeName && { nodeName }),
    },
  });
}

const gatesOf = (pod: KubeObject) => pod.spec.schedulingGates ?? [];

beforeAll(() => {
  applyFile(api, 'deploy/gates/policy.yaml');
  applyFile(api, 'deploy/gates/policy-carry-annotations.yaml');
});

describe('deploy/gates/policy.yaml', () => {
  let shop: string;

  beforeAll(async () => {
    shop = await makeNamespace('enabled');
    clear(
      shop,
      'ReplicaSet.cleared',
      'StatefulSet.db.db-1',
      'DaemonSet.agent.abc',
    );
  });

  const named = (kind: string, name: string, hash?: string): PodOptions => ({
    owner: { kind, name },
    ...(hash && { labels: { 'controller-revision-hash': hash } }),
  });

  it.each<[string, PodOptions]>([
    ['annotated Pods of a ReplicaSet', named('ReplicaSet', 'cart-1')],
    [
      'Pods that carry the key as a label',
      { annotations: {}, labels: { 'keptn.sh/workload': 'cart' } },
    ],
    [
      'Pods with the recommended label',
      { annotations: {}, labels: { 'app.kubernetes.io/name': 'cart' } },
    ],
    [
      'Pods of the next revision of a StatefulSet (D-03)',
      named('StatefulSet', 'db', 'db-2'),
    ],
    [
      'Pods of the next revision of a DaemonSet (D-03)',
      named('DaemonSet', 'agent', 'abd'),
    ],
    [
      'Pods of a StatefulSet that is called like a cleared ReplicaSet',
      named('StatefulSet', 'cleared', 'cleared-1'),
    ],
  ])('holds %s', (_, options) => {
    const pod = makePod(shop, options);
    expect(gatesOf(pod)).toEqual([GATE]);
    expect(pod.status.conditions[0].reason).toBe('SchedulingGated');
  });

  it.each<[string, PodOptions]>([
    ['Pods of a cleared ReplicaSet', named('ReplicaSet', 'cleared')],
    [
      'Pods of the cleared revision of a StatefulSet',
      named('StatefulSet', 'db', 'db-1'),
    ],
    [
      'Pods of the cleared revision of a DaemonSet',
      named('DaemonSet', 'agent', 'abc'),
    ],
    ['Pods that name no workload', { annotations: { other: 'x' } }],
    ['Pods with an empty name', { annotations: { 'keptn.sh/workload': '' } }],
    ['bare Pods', { owner: null }],
    ['Pods that have a node already', { nodeName: 'node-1' }],
    [
      'Pods of Jobs',
      { owner: { kind: 'Job', name: 'check', apiVersion: 'batch/v1' } },
    ],
    [
      'mirror Pods',
      { owner: { kind: 'Node', name: 'node-1', apiVersion: 'v1' } },
    ],
    [
      'Pods of controllers of other groups',
      {
        owner: { kind: 'ReplicaSet', name: 'x', apiVersion: 'example.com/v1' },
      },
    ],
    [
      'Pods of a StatefulSet without a revision',
      { owner: { kind: 'StatefulSet', name: 'db' } },
    ],
    [
      'Pods whose gate was opened before',
      {
        annotations: {
          'keptn.sh/workload': 'cart',
          'keptn.sh/scheduling-gate-removed': 'true',
        },
      },
    ],
  ])('leaves %s alone', (_, options) => {
    expect(gatesOf(makePod(shop, options))).toEqual([]);
  });

  it('keeps the gates of other systems beside ours (D-43)', () => {
    const pod = makePod(shop, { gates: [{ name: 'example.com/quota' }] });
    expect(gatesOf(pod)).toEqual([{ name: 'example.com/quota' }, GATE]);
  });

  it('does not hold the further Pods of a revision once it is cleared', async () => {
    const namespace = await makeNamespace('enabled');
    clear(namespace);
    expect(gatesOf(makePod(namespace))).toEqual([GATE]);
    clear(namespace, 'ReplicaSet.cart-1');
    expect(gatesOf(makePod(namespace))).toEqual([]);
  });

  it('leaves Pods that exist alone (D-45)', async () => {
    const namespace = await makeNamespace('enabled');
    const pod = makePod(namespace);
    clear(namespace);
    const updated = update({
      ...pod,
      metadata: { ...pod.metadata, labels: { touched: 'yes' } },
    });
    expect(gatesOf(updated)).toEqual([]);
  });

  it.each([
    ['a namespace that is not opted in', undefined],
    ['a namespace that is opted out', 'disabled'],
  ])('touches nothing in %s', async (_, optIn) => {
    const namespace = await makeNamespace(optIn);
    clear(namespace);
    expect(gatesOf(makePod(namespace))).toEqual([]);
  });

  it('touches nothing where there is no ConfigMap yet', async () => {
    const namespace = await makeNamespace('enabled');
    expect(gatesOf(makePod(namespace))).toEqual([]);
  });
});

describe('deploy/gates/policy-carry-annotations.yaml', () => {
  let shop: string;

  beforeAll(async () => {
    shop = await makeNamespace('enabled');
  });

  interface Meta {
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
  }

  function makeWorkload(
    own: Meta,
    template: Meta = {},
    { namespace = shop, kind = 'Deployment' } = {},
  ): KubeObject {
    count += 1;
    const labels = { run: `w-${count}` };
    return api.resource('apps/v1', kind).create({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: `w-${count}`, namespace, ...own },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { ...template, labels: { ...template.labels, ...labels } },
          spec: { containers: [{ name: 'main', image: 'busybox:1' }] },
        },
      },
    });
  }

  const carriedBy = ({ spec }: KubeObject) =>
    spec.template.metadata.annotations ?? {};
  const carried = { 'keptn-tasks/carried': 'true' };

  it.each(['Deployment', 'StatefulSet', 'DaemonSet'])(
    'carries the annotations of a %s to its template',
    kind => {
      const annotations = {
        'keptn.sh/workload': 'cart',
        'keptn.sh/pre-deployment-tasks': 'check,scan',
        'keptn.sh/unknown': 'too',
      };
      const workload = makeWorkload(
        { annotations: { ...annotations, other: 'x' } },
        { annotations: { own: 'y' } },
        { kind },
      );
      expect(carriedBy(workload)).toEqual({
        ...annotations,
        ...carried,
        own: 'y',
      });
    },
  );

  it('carries what the recommended labels mean, Keptn’s own keys first', () => {
    const workload = makeWorkload({
      annotations: { 'keptn.sh/version': '2.0' },
      labels: {
        'app.kubernetes.io/name': 'cart',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/version': '1.0',
        'keptn.sh/post-deployment-tasks': 'report',
      },
    });
    expect(carriedBy(workload)).toEqual({
      ...carried,
      'keptn.sh/workload': 'cart',
      'keptn.sh/app': 'shop',
      'keptn.sh/version': '2.0',
      'keptn.sh/post-deployment-tasks': 'report',
    });
  });

  it.each<[string, Meta, Meta]>([
    ['that names no workload', { annotations: { 'keptn.sh/app': 'x' } }, {}],
    [
      'whose template names one',
      { annotations: { 'keptn.sh/workload': 'cart' } },
      { labels: { 'app.kubernetes.io/name': 'cart' } },
    ],
  ])('leaves a workload %s alone', (_, own, template) => {
    expect(carriedBy(makeWorkload(own, template))).toEqual({});
  });

  it('touches nothing in a namespace that is not opted in', async () => {
    const namespace = await makeNamespace();
    const workload = makeWorkload(
      { annotations: { 'keptn.sh/workload': 'cart' } },
      {},
      { namespace },
    );
    expect(carriedBy(workload)).toEqual({});
  });

  function change(workload: KubeObject, own: Meta, image?: string) {
    const template = structuredClone(workload.spec.template);
    if (image) template.spec.containers[0].image = image;
    return update({
      ...workload,
      metadata: { ...workload.metadata, ...own },
      spec: { ...workload.spec, template },
    });
  }

  it('keeps what it carried in step, from the next change of the template on', () => {
    const first = makeWorkload({
      annotations: {
        'keptn.sh/workload': 'cart',
        'keptn.sh/version': '1',
        'keptn.sh/pre-deployment-tasks': 'check',
      },
    });
    const annotations = {
      'keptn.sh/workload': 'cart',
      'keptn.sh/version': '2',
    };
    const relabelled = change(first, { annotations });
    expect(relabelled.spec).toEqual(first.spec);
    expect(carriedBy(relabelled)['keptn.sh/version']).toBe('1');
    const next = change(relabelled, {}, 'busybox:2');
    expect(carriedBy(next)).toEqual({
      ...carried,
      ...annotations,
      'keptn.sh/pre-deployment-tasks': '',
    });
  });

  it('rolls nothing out when a client sends the template without what was carried', () => {
    const annotations = { 'keptn.sh/workload': 'cart' };
    const first = makeWorkload({ annotations });
    const template = structuredClone(first.spec.template);
    delete template.metadata.annotations;
    const again = update({ ...first, spec: { ...first.spec, template } });
    expect(again.spec).toEqual(first.spec);
    expect(carriedBy(again)).toEqual({ ...carried, ...annotations });
  });
});
