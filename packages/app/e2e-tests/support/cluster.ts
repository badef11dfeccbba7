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

import { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';

const group = 'lifecycle.keptn.sh';
const version = 'v1';

/** The namespace that the example component runs its tasks in. */
export const NAMESPACE = 'shop';

let client: CustomObjectsApi | undefined;

/** The sandbox cluster, as somebody with kubectl reaches it: not through the portal. */
function cluster(): CustomObjectsApi {
  if (!client) {
    const config = new KubeConfig();
    config.loadFromFile(process.env.SANDBOX_KUBECONFIG ?? '');
    client = config.makeApiClient(CustomObjectsApi);
  }
  return client;
}

let created = 0;

/** A name that no other journey has, also when a journey is tried again. */
export function uniqueName(prefix: string): string {
  created += 1;
  return `${prefix}-${Date.now().toString(36)}${created}`;
}

/** Creates a definition that runs a shell script in a container. */
export async function createScriptDefinition(
  name: string,
  script: string,
): Promise<void> {
  await createDefinition(name, {
    retries: 0,
    timeout: '2m',
    container: {
      name: 'script',
      image: 'busybox:1.36',
      command: ['sh', '-c', script],
    },
  });
}

/** Creates a definition that runs TypeScript. */
export async function createDenoDefinition(
  name: string,
  code: string,
  parameters: Record<string, string> = {},
): Promise<void> {
  await createDefinition(name, {
    retries: 0,
    timeout: '2m',
    deno: { inline: { code }, parameters: { map: parameters } },
  });
}

async function createDefinition(name: string, spec: object): Promise<void> {
  await cluster().createNamespacedCustomObject({
    group,
    version,
    namespace: NAMESPACE,
    plural: 'keptntaskdefinitions',
    body: {
      apiVersion: `${group}/${version}`,
      kind: 'KeptnTaskDefinition',
      metadata: { name, namespace: NAMESPACE },
      spec,
    },
  });
}

/** The workload that the component checkout stands for. */
const CHECKOUT = { appName: 'shop', workloadName: 'shop-checkout' };

/** Asks for a run of checkout the way `kubectl create` does. */
export async function createTask(
  definition: string,
  context: Record<string, string> = {},
): Promise<void> {
  await cluster().createNamespacedCustomObject({
    group,
    version,
    namespace: NAMESPACE,
    plural: 'keptntasks',
    body: {
      apiVersion: `${group}/${version}`,
      kind: 'KeptnTask',
      metadata: { generateName: `${definition}-`, namespace: NAMESPACE },
      spec: {
        taskDefinition: definition,
        context: { ...CHECKOUT, ...context },
      },
    },
  });
}
