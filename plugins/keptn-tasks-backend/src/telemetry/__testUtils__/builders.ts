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

import type {
  KeptnAppVersion,
  KeptnEvaluation,
  KeptnWorkloadVersion,
} from '../../domain/release/resources';
import type { KeptnTask } from '../../domain/resources';

const apiVersion = 'lifecycle.keptn.sh/v1';

/** A time of the day that the tests play on. */
export const at = (time: string) => `2026-03-01T${time}Z`;

type Parts<T> = {
  name?: string;
  uid?: string;
  namespace?: string;
  annotations?: Record<string, string>;
  spec?: object;
  status?: T extends { status?: infer S } ? S : never;
};

function metadata(name: string, parts: Parts<unknown>) {
  return {
    name: parts.name ?? name,
    namespace: parts.namespace ?? 'shop',
    uid: parts.uid ?? `uid of ${parts.name ?? name}`,
    annotations: parts.annotations,
  };
}

export function appVersion(
  parts: Parts<KeptnAppVersion> = {},
): KeptnAppVersion {
  return {
    apiVersion,
    kind: 'KeptnAppVersion',
    metadata: metadata('shop-1-6b86b273', parts),
    spec: { appName: 'shop', version: '1', ...parts.spec },
    status: parts.status,
  };
}

export function workloadVersion(
  parts: Parts<KeptnWorkloadVersion> = {},
): KeptnWorkloadVersion {
  return {
    apiVersion,
    kind: 'KeptnWorkloadVersion',
    metadata: metadata('shop-cart-2', parts),
    spec: {
      app: 'shop',
      workloadName: 'shop-cart',
      version: '2',
      resourceReference: { uid: 'r', kind: 'ReplicaSet', name: 'cart-1' },
      ...parts.spec,
    },
    status: parts.status,
  };
}

export function task(parts: Parts<KeptnTask> = {}): KeptnTask {
  return {
    apiVersion,
    kind: 'KeptnTask',
    metadata: metadata('pre-smoke-12345', parts),
    spec: {
      taskDefinition: 'smoke',
      checkType: 'pre',
      context: { appName: 'shop', appVersion: '1' },
      ...parts.spec,
    },
    status: parts.status,
  };
}

export function evaluation(
  parts: Parts<KeptnEvaluation> = {},
): KeptnEvaluation {
  return {
    apiVersion,
    kind: 'KeptnEvaluation',
    metadata: metadata('pre-eval-latency-12345', parts),
    spec: {
      appName: 'shop',
      appVersion: '1',
      workloadVersion: '',
      evaluationDefinition: 'latency',
      checkType: 'pre-eval',
      ...parts.spec,
    },
    status: parts.status,
  };
}
