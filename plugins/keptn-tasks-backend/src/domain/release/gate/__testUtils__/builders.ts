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
import { SCHEDULING_GATE } from '../../annotations';
import type {
  KeptnWorkloadVersion,
  KeptnWorkloadVersionStatus,
} from '../../resources';
import type { ClearedRevisions, ObservedRevision } from '../ObservedRevision';

/** The namespace has been looked after since noon. */
export const SINCE = new Date('2026-03-01T12:00:00.000Z');
export const LONG_BEFORE = new Date('2026-03-01T11:00:00.000Z');
export const LATER = new Date('2026-03-01T13:00:00.000Z');

export function aVersion(
  status: KeptnWorkloadVersionStatus = {},
  annotations: Record<string, string> = {},
): KeptnWorkloadVersion {
  return {
    apiVersion: 'lifecycle.keptn.sh/v1',
    kind: 'KeptnWorkloadVersion',
    metadata: {
      name: 'shop-cart-1.0.0',
      namespace: 'shop',
      uid: 'uid-version',
      annotations,
    },
    spec: {
      app: 'shop',
      version: '1.0.0',
      workloadName: 'shop-cart',
      resourceReference: { uid: 'uid-rs', kind: 'ReplicaSet', name: 'cart-1' },
    },
    status,
  };
}

export function aRevision(
  overrides: Partial<ObservedRevision> = {},
): ObservedRevision {
  return {
    key: 'ReplicaSet.cart-1',
    createdAt: LATER,
    versions: [],
    gatedPods: 0,
    freePods: 0,
    ...overrides,
  };
}

export function known(...keys: string[]): ClearedRevisions {
  return { since: SINCE, keys: new Set(keys) };
}

export function aGatedPod(overrides: { metadata?: object } = {}): V1Pod {
  return {
    metadata: {
      name: 'cart-1-x',
      namespace: 'shop',
      uid: 'uid-pod',
      resourceVersion: '7',
      ...overrides.metadata,
    },
    spec: {
      containers: [],
      schedulingGates: [{ name: SCHEDULING_GATE }],
    },
  };
}
