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

import type { KeptnWorkload } from '../resources';
import type { DesiredWorkload } from './workloadManifest';
import { workloadManifest, workloadPatch } from './workloadManifest';

const desired: DesiredWorkload = {
  owner: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop', uid: 'deployment-uid' },
  },
  identity: {
    appName: 'shop',
    isSingleService: false,
    workloadName: 'shop-cart',
    version: '3.4.5',
    checks: { preDeploymentTasks: ['pre-check'] },
    metadata: { branch: 'main' },
  },
  resource: { kind: 'ReplicaSet', name: 'cart-694d86866f', uid: 'rs-uid' },
  revision: 'ReplicaSet.cart-694d86866f',
};

const stored = (overrides: Partial<KeptnWorkload['spec']> = {}) => {
  const manifest = workloadManifest(desired);
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnWorkload',
    ...manifest,
    metadata: { ...manifest.metadata, uid: 'w', resourceVersion: '7' },
    spec: { ...manifest.spec, ...overrides },
  } as KeptnWorkload;
};

describe('workloadManifest', () => {
  it('belongs to the workload without being controlled by it, and names its Pods’ owner', () => {
    expect(workloadManifest(desired)).toEqual({
      metadata: {
        name: 'shop-cart',
        namespace: 'shop',
        annotations: { 'keptn-tasks/revision': 'ReplicaSet.cart-694d86866f' },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'cart',
            uid: 'deployment-uid',
          },
        ],
      },
      spec: {
        app: 'shop',
        version: '3.4.5',
        resourceReference: {
          kind: 'ReplicaSet',
          name: 'cart-694d86866f',
          uid: 'rs-uid',
        },
        preDeploymentTasks: ['pre-check'],
        metadata: { branch: 'main' },
      },
    });
  });
});

describe('workloadPatch', () => {
  it('writes nothing when nothing differs', () => {
    expect(workloadPatch(stored(), desired)).toBeUndefined();
    expect(
      workloadPatch(stored({ postDeploymentTasks: [] }), desired),
    ).toBeUndefined();
  });

  it('writes what differs, and takes away what is asked for no more', () => {
    const before = stored({
      version: '3.4.4',
      postDeploymentTasks: ['note'],
      metadata: { branch: 'main', commit: 'a' },
    });
    expect(workloadPatch(before, desired)).toEqual({
      metadata: { resourceVersion: '7' },
      spec: {
        version: '3.4.5',
        postDeploymentTasks: null,
        metadata: { commit: null },
      },
    });
  });

  it('takes over what Keptn’s operator has made, from the ReplicaSet', () => {
    const before = stored();
    before.metadata.annotations = { theirs: 'kept' };
    before.metadata.ownerReferences = [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'cart-694d86866f',
        uid: 'rs-uid',
      },
    ];
    expect(workloadPatch(before, desired)).toEqual({
      metadata: {
        resourceVersion: '7',
        annotations: { 'keptn-tasks/revision': 'ReplicaSet.cart-694d86866f' },
        ownerReferences: [expect.objectContaining({ kind: 'Deployment' })],
      },
    });
  });
});
