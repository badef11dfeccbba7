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

import type { V1ObjectMeta } from '@kubernetes/client-node';
import { at } from '../../__testUtils__/builders';
import {
  appVersionName,
  workloadObjectName,
  workloadVersionName,
} from '../names';
import type {
  KeptnApp,
  KeptnAppSpec,
  KeptnAppVersion,
  KeptnAppVersionSpec,
  KeptnWorkload,
  KeptnWorkloadVersion,
} from '../resources';

const apiVersion = 'lifecycle.keptn.sh/v1';
const namespace = 'shop';

export function aWorkload(
  app: string,
  workload: string,
  version: string,
  more: { metadata?: V1ObjectMeta; status?: KeptnWorkload['status'] } = {},
): KeptnWorkload {
  const name = workloadObjectName(app, workload);
  return {
    apiVersion,
    kind: 'KeptnWorkload',
    metadata: { name, namespace, uid: `uid-${name}`, ...more.metadata },
    spec: {
      app,
      version,
      resourceReference: { kind: 'ReplicaSet', name: `${name}-1`, uid: 'rs-1' },
    },
    status: more.status,
  };
}

export function aWorkloadVersion(
  app: string,
  workload: string,
  version: string,
  more: {
    metadata?: V1ObjectMeta;
    spec?: Partial<KeptnWorkloadVersion['spec']>;
    status?: KeptnWorkloadVersion['status'];
  } = {},
): KeptnWorkloadVersion {
  const { metadata, spec } = aWorkload(app, workload, version);
  const name = workloadVersionName(metadata.name, version);
  return {
    apiVersion,
    kind: 'KeptnWorkloadVersion',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: at(0),
      ...more.metadata,
    },
    spec: { ...spec, workloadName: metadata.name, ...more.spec },
    status: more.status,
  };
}

export function anApp(
  more: {
    name?: string;
    labels?: Record<string, string>;
    generation?: number;
    spec?: KeptnAppSpec;
    status?: KeptnApp['status'];
  } = {},
): KeptnApp {
  const { name = 'shop', labels, generation = 1 } = more;
  return {
    apiVersion,
    kind: 'KeptnApp',
    metadata: { name, namespace, uid: `uid-${name}`, labels, generation },
    spec: more.spec ?? { version: '1.0.0', workloads: [] },
    status: more.status,
  };
}

export function anAppVersion(
  app: string,
  version: string,
  generation: number,
  more: {
    createdAt?: Date;
    spec?: Partial<KeptnAppVersionSpec>;
    status?: KeptnAppVersion['status'];
  } = {},
): KeptnAppVersion {
  const name = appVersionName(app, version, generation);
  return {
    apiVersion,
    kind: 'KeptnAppVersion',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: more.createdAt ?? at(generation),
    },
    spec: { appName: app, version, ...more.spec },
    status: more.status,
  };
}
