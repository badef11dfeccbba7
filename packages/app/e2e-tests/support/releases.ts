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
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { NAMESPACE } from './cluster';

const LIFECYCLE = 'lifecycle.keptn.sh/v1';

/** The app and the workload that the component checkout stands for. */
const APP = 'shop';
const WORKLOAD = 'checkout';

let client: KubernetesObjectApi | undefined;

function cluster(): KubernetesObjectApi {
  if (!client) {
    const config = new KubeConfig();
    config.loadFromFile(process.env.SANDBOX_KUBECONFIG ?? '');
    client = KubernetesObjectApi.makeApiClient(config);
  }
  return client;
}

let rolledOut = 0;

/** A version that no other journey rolls out, also when a journey is tried again. */
export function uniqueVersion(): string {
  rolledOut += 1;
  return `2.${Date.now() % 100_000_000}.${rolledOut}`;
}

/** Rolls a version of the checkout out, with checks around it, the way `kubectl apply` does. */
export async function rollOut(
  version: string,
  checks: { before?: string; after?: string } = {},
): Promise<void> {
  await apply({
    apiVersion: LIFECYCLE,
    kind: 'KeptnApp',
    metadata: { name: APP, namespace: NAMESPACE },
    spec: { version, workloads: [{ name: WORKLOAD, version }] },
  });
  await apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: WORKLOAD, namespace: NAMESPACE },
    spec: {
      replicas: 2,
      selector: { matchLabels: { run: WORKLOAD } },
      template: {
        metadata: {
          labels: { run: WORKLOAD },
          // A merge takes away what is null: the version before may have had it.
          annotations: {
            'keptn.sh/app': APP,
            'keptn.sh/workload': WORKLOAD,
            'keptn.sh/version': version,
            'keptn.sh/pre-deployment-tasks': checks.before ?? null,
            'keptn.sh/post-deployment-tasks': checks.after ?? null,
          },
        },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            { name: WORKLOAD, image: `ghcr.io/example/checkout:${version}` },
          ],
        },
      },
    },
  });
}

/** Gives a definition another script. */
export async function changeScript(
  definition: string,
  script: string,
): Promise<void> {
  await apply({
    apiVersion: LIFECYCLE,
    kind: 'KeptnTaskDefinition',
    metadata: { name: definition, namespace: NAMESPACE },
    spec: {
      container: {
        name: 'script',
        image: 'busybox:1.36',
        command: ['sh', '-c', script],
      },
    },
  });
}

async function apply(
  object: KubernetesObject & { spec: object },
): Promise<void> {
  try {
    await cluster().patch(
      object,
      undefined,
      undefined,
      undefined,
      undefined,
      PatchStrategy.MergePatch,
    );
  } catch (error) {
    if ((error as { code?: number }).code !== 404) throw error;
    await cluster().create(withoutNulls(object));
  }
}

function withoutNulls<T>(object: T): T {
  return JSON.parse(
    JSON.stringify(object, (_key, value) => value ?? undefined),
  );
}
