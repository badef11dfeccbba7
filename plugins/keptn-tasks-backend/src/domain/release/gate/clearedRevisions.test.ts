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

import type { V1ConfigMap } from '@kubernetes/client-node';
import {
  aRevision,
  aVersion,
  known,
  LATER,
  LONG_BEFORE,
  SINCE,
} from './__testUtils__/builders';
import {
  clearedRevisionsManifest,
  isSameList,
  readClearedRevisions,
} from './clearedRevisions';

const cleared = [aVersion({ deploymentStatus: 'Succeeded' })];

describe('what a namespace has in its list', () => {
  it('is what is cleared of the revisions that exist, under their keys', () => {
    const { metadata, data } = clearedRevisionsManifest(
      'shop',
      [
        aRevision({ key: 'StatefulSet.db.db-5c8f', versions: cleared }),
        aRevision({ key: 'ReplicaSet.cart-2', versions: [aVersion()] }),
        aRevision({ key: 'ReplicaSet.cart-1', createdAt: LONG_BEFORE }),
      ],
      known('ReplicaSet.gone'),
    );
    expect(metadata).toEqual({
      name: 'keptn-cleared-revisions',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/managed-by': 'keptn-tasks' },
      annotations: { 'keptn-tasks/since': '2026-03-01T12:00:00.000Z' },
    });
    expect(data).toEqual({
      'ReplicaSet.cart-1': 'ran before the namespace was opted in',
      'StatefulSet.db.db-5c8f': 'shop-cart-1.0.0',
    });
  });

  it('leaves out what no key can name', () => {
    const key = `DaemonSet.${'a'.repeat(250)}.5c8f`;
    expect(
      clearedRevisionsManifest(
        'shop',
        [aRevision({ key, versions: cleared })],
        known(),
      ).data,
    ).toEqual({});
  });

  it('is what is youngest where there is too much', () => {
    const many = Array.from({ length: 6_000 }, (_, number) =>
      aRevision({
        key: `ReplicaSet.${'x'.repeat(200)}-${number}`,
        createdAt: new Date(LATER.getTime() + number),
        versions: cleared,
      }),
    );
    const { data } = clearedRevisionsManifest('shop', many, known());
    expect(JSON.stringify(data).length).toBeLessThan(1024 * 1024);
    expect(Object.keys(data!).length).toBeGreaterThan(4_000);
    expect(data).toHaveProperty([many[5_999].key]);
    expect(data).not.toHaveProperty([many[0].key]);
  });
});

describe('since when a namespace is looked after', () => {
  const now = LATER;

  it.each<[string, V1ConfigMap | undefined, Date]>([
    [
      'stands on its list',
      {
        metadata: {
          annotations: { 'keptn-tasks/since': SINCE.toISOString() },
          creationTimestamp: LATER,
        },
      },
      SINCE,
    ],
    [
      'is the age of its list where nothing useful is said',
      {
        metadata: {
          annotations: { 'keptn-tasks/since': 'yesterday' },
          creationTimestamp: SINCE,
        },
      },
      SINCE,
    ],
    ['is now where it has no list yet', undefined, now],
  ])('%s', (_, configMap, since) => {
    expect(readClearedRevisions(configMap, now).since).toEqual(since);
  });
});

it('a list is the same whatever order it has and whoever added other annotations', () => {
  const desired = clearedRevisionsManifest(
    'shop',
    [
      aRevision({ key: 'ReplicaSet.a', versions: cleared }),
      aRevision({ key: 'ReplicaSet.b', versions: cleared }),
    ],
    known(),
  );
  const existing = {
    metadata: {
      ...desired.metadata,
      annotations: { ...desired.metadata!.annotations, note: 'mine' },
    },
    data: Object.fromEntries(Object.entries(desired.data!).reverse()),
  };
  expect(isSameList(existing, desired)).toBe(true);
  expect(
    isSameList({ ...existing, data: { 'ReplicaSet.a': '' } }, desired),
  ).toBe(false);
  expect(isSameList({ ...existing, metadata: {} }, desired)).toBe(false);
});
