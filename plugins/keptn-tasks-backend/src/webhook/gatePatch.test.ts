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
import type { V1Pod } from '@kubernetes/client-node';
import { gatePatch } from './gatePatch';
import type { WebhookCluster } from './WebhookClusters';

const GATE = { name: 'keptn-prechecks-gate' };
const OTHER = { name: 'example.com/quota' };

const shop: WebhookCluster = {
  ready: () => true,
  seen: async () => {},
  isOptedIn: namespace => namespace === 'shop',
  hasIdentity: ({ metadata }) =>
    metadata?.annotations?.['keptn.sh/workload'] !== undefined,
  isCleared: (namespace, key) =>
    namespace === 'shop' &&
    ['ReplicaSet.cleared', 'StatefulSet.db.db-1'].includes(key),
};

const pod = (
  owner: { kind: string; name: string; apiVersion?: string } | undefined = {
    kind: 'ReplicaSet',
    name: 'cart-1',
  },
  { metadata, spec }: { metadata?: object; spec?: object } = {},
): V1Pod => ({
  metadata: {
    annotations: { 'keptn.sh/workload': 'cart' },
    ownerReferences: owner && [
      { apiVersion: 'apps/v1', uid: 'u', controller: true, ...owner },
    ],
    ...metadata,
  },
  spec: { containers: [], ...spec },
});
const ofDatabase = (hash: string) =>
  pod(
    { kind: 'StatefulSet', name: 'db' },
    {
      metadata: {
        annotations: { 'keptn.sh/workload': 'db' },
        labels: { 'controller-revision-hash': hash },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            name: 'db',
            uid: 'u',
            controller: true,
          },
        ],
      },
    },
  );

describe('gatePatch', () => {
  it('puts our gate on a Pod whose revision is not cleared', () => {
    expect(gatePatch(pod(), 'shop', shop)).toEqual([
      { op: 'add', path: '/spec/schedulingGates', value: [GATE] },
    ]);
  });

  it('adds it beside the gates of others (D-43)', () => {
    const gated = pod(undefined, { spec: { schedulingGates: [OTHER] } });
    expect(gatePatch(gated, 'shop', shop)).toEqual([
      { op: 'add', path: '/spec/schedulingGates/-', value: GATE },
    ]);
  });

  it('holds the next revision of a StatefulSet (D-03)', () => {
    expect(gatePatch(ofDatabase('db-1'), 'shop', shop)).toBeUndefined();
    expect(gatePatch(ofDatabase('db-2'), 'shop', shop)).toHaveLength(1);
  });

  it.each<[string, V1Pod, string, Partial<WebhookCluster>]>([
    [
      'of a cleared revision',
      pod({ kind: 'ReplicaSet', name: 'cleared' }),
      'shop',
      {},
    ],
    ['of a namespace that is not opted in', pod(), 'other', {}],
    [
      'that belongs to no workload with a name',
      pod(undefined, { metadata: { annotations: {} } }),
      'shop',
      {},
    ],
    [
      'of a Job',
      pod({ kind: 'Job', name: 'check', apiVersion: 'batch/v1' }),
      'shop',
      {},
    ],
    [
      'without an owner',
      pod(undefined, {
        metadata: {
          ownerReferences: [],
          annotations: { 'keptn.sh/workload': 'cart' },
        },
      }),
      'shop',
      {},
    ],
    [
      'that has our gate already',
      pod(undefined, { spec: { schedulingGates: [GATE, OTHER] } }),
      'shop',
      {},
    ],
    [
      'whose gate was opened before',
      pod(undefined, {
        metadata: {
          annotations: {
            'keptn.sh/workload': 'cart',
            'keptn.sh/scheduling-gate-removed': 'true',
          },
          ownerReferences: pod().metadata!.ownerReferences,
        },
      }),
      'shop',
      {},
    ],
    [
      'that has a node, which no gate may stand beside',
      pod(undefined, { spec: { nodeName: 'node-1' } }),
      'shop',
      {},
    ],
    [
      'while the cluster was not seen yet',
      pod(),
      'shop',
      { ready: () => false },
    ],
  ])('leaves a Pod alone %s', (_, given, namespace, overrides) => {
    expect(
      gatePatch(given, namespace, { ...shop, ...overrides }),
    ).toBeUndefined();
  });
});
