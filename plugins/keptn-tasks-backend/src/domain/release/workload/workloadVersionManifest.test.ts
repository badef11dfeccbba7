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

import { START } from '../../__testUtils__/builders';
import { aWorkload, aWorkloadVersion } from '../__testUtils__/appBuilders';
import {
  workloadVersionManifest,
  workloadVersionPatch,
} from './workloadVersionManifest';

const workload = aWorkload('shop', 'cart', '2.0.0', {
  metadata: { annotations: { 'keptn-tasks/revision': 'ReplicaSet.cart-2' } },
});
workload.spec.preDeploymentTasks = ['check'];

describe('workloadVersionManifest', () => {
  it('copies the workload, and says which version was before and which revision it stands for', () => {
    expect(workloadVersionManifest(workload, '1.0.0')).toEqual({
      metadata: {
        name: 'shop-cart-2.0.0',
        namespace: 'shop',
        annotations: { 'keptn-tasks/revisions': 'ReplicaSet.cart-2' },
        ownerReferences: [
          expect.objectContaining({
            kind: 'KeptnWorkload',
            name: 'shop-cart',
            controller: true,
          }),
        ],
      },
      spec: {
        ...workload.spec,
        workloadName: 'shop-cart',
        previousVersion: '1.0.0',
      },
    });
  });
});

describe('workloadVersionPatch', () => {
  const version = (status?: object, revisions = 'ReplicaSet.cart-2') =>
    aWorkloadVersion('shop', 'cart', '2.0.0', {
      metadata: {
        resourceVersion: '7',
        annotations: { 'keptn-tasks/revisions': revisions },
      },
      spec: { previousVersion: '1.0.0', traceId: { traceparent: 'x' } },
      status,
    });

  it('makes a version under way follow the workload’s lists', () => {
    expect(workloadVersionPatch(version(), workload)).toEqual({
      metadata: { resourceVersion: '7' },
      spec: { preDeploymentTasks: ['check'] },
    });
  });

  it('leaves the lists of a version alone that is over', () => {
    const over = version({ status: 'Succeeded', endTime: START });
    expect(workloadVersionPatch(over, workload)).toBeUndefined();
  });

  it('D-38 adds a further revision of the same version, also when it is over', () => {
    const again = {
      ...workload,
      metadata: {
        ...workload.metadata,
        annotations: { 'keptn-tasks/revision': 'ReplicaSet.cart-3' },
      },
      spec: {
        ...workload.spec,
        resourceReference: { kind: 'ReplicaSet', name: 'cart-3', uid: 'rs-3' },
      },
    };
    const over = version({ status: 'Succeeded', endTime: START });
    expect(workloadVersionPatch(over, again)).toEqual({
      metadata: {
        resourceVersion: '7',
        annotations: {
          'keptn-tasks/revisions': 'ReplicaSet.cart-2,ReplicaSet.cart-3',
        },
      },
      spec: { resourceReference: { name: 'cart-3', uid: 'rs-3' } },
    });
  });

  it('remembers the last of very many revisions', () => {
    const many = Array.from({ length: 60 }, (_, at) => `ReplicaSet.c-${at}`);
    const patch: any = workloadVersionPatch(
      version(undefined, many.join(',')),
      workload,
    );
    const kept = patch.metadata.annotations['keptn-tasks/revisions'].split(',');
    expect(kept).toHaveLength(50);
    expect(kept.at(-1)).toBe('ReplicaSet.cart-2');
  });
});
