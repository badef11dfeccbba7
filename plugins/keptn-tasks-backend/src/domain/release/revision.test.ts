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
  isListable,
  revisionKey,
  revisionKeyOf,
  revisionKeyOfTemplate,
} from './revision';

const owner = (kind: string, name: string, extra: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  uid: `uid-${name}`,
  controller: true,
  ...extra,
});

describe('the revision of a Pod', () => {
  it.each([
    [
      'is its ReplicaSet',
      { ownerReferences: [owner('ReplicaSet', 'cart-7d9f')] },
      'ReplicaSet.cart-7d9f',
    ],
    [
      'of a StatefulSet is told by the hash in its label, which begins with the name',
      {
        ownerReferences: [owner('StatefulSet', 'db')],
        labels: { 'controller-revision-hash': 'db-5c8f' },
      },
      'StatefulSet.db.db-5c8f',
    ],
    [
      'of a DaemonSet is told by the hash in its label',
      {
        ownerReferences: [owner('DaemonSet', 'agent')],
        labels: { 'controller-revision-hash': '5c8f' },
      },
      'DaemonSet.agent.5c8f',
    ],
    [
      'follows from its controller, whoever else owns it',
      {
        ownerReferences: [
          owner('ReplicaSet', 'other', { controller: undefined }),
          owner('ReplicaSet', 'cart-7d9f'),
        ],
      },
      'ReplicaSet.cart-7d9f',
    ],
    [
      'is unknown while a StatefulSet or DaemonSet has not labelled it',
      { ownerReferences: [owner('DaemonSet', 'agent')] },
      undefined,
    ],
    [
      'of a Job is none',
      { ownerReferences: [owner('Job', 'seed', { apiVersion: 'batch/v1' })] },
      undefined,
    ],
    [
      'of a kind of the same name from elsewhere is none',
      {
        ownerReferences: [
          owner('StatefulSet', 'db', { apiVersion: 'apps.example.com/v1' }),
        ],
        labels: { 'controller-revision-hash': 'db-5c8f' },
      },
      undefined,
    ],
    ['without an owner is none', {}, undefined],
  ])('%s', (_, metadata, key) => {
    expect(revisionKeyOf({ metadata })).toBe(key);
  });
});

describe('the revision that a ControllerRevision stands for', () => {
  it('of a StatefulSet has the name of the ControllerRevision as its hash', () => {
    expect(
      revisionKeyOfTemplate({
        revision: 1,
        metadata: {
          name: 'db-5c8f',
          ownerReferences: [owner('StatefulSet', 'db')],
        },
      }),
    ).toBe('StatefulSet.db.db-5c8f');
  });

  it('of a DaemonSet has its label as its hash', () => {
    expect(
      revisionKeyOfTemplate({
        revision: 1,
        metadata: {
          name: 'agent-5c8f',
          labels: { 'controller-revision-hash': '5c8f' },
          ownerReferences: [owner('DaemonSet', 'agent')],
        },
      }),
    ).toBe('DaemonSet.agent.5c8f');
  });
});

it('a key that no ConfigMap can have is not listed', () => {
  expect(
    isListable(revisionKey({ kind: 'ReplicaSet', name: 'a'.repeat(242) })),
  ).toBe(true);
  expect(
    isListable(revisionKey({ kind: 'ReplicaSet', name: 'a'.repeat(243) })),
  ).toBe(false);
});
