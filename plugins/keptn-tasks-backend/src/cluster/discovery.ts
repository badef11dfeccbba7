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

import { isClusterError } from './ClusterError';
import type { KubernetesClusterClient } from './KubernetesClusterClient';
import type { Kind } from './resourceKinds';
import { apiVersionOf, KINDS } from './resourceKinds';

/** Where admission policies are served, since Kubernetes 1.36. */
export const ADMISSION_API = 'admissionregistration.k8s.io/v1';

/** Without these no release can be looked after. */
const RELEASE_KINDS = [
  'KeptnApp',
  'KeptnAppContext',
  'KeptnAppVersion',
  'KeptnAppCreationRequest',
  'KeptnWorkload',
  'KeptnWorkloadVersion',
  'KeptnEvaluation',
  'KeptnEvaluationDefinition',
] as const satisfies Kind[];

/** Kinds that not every cluster serves. */
export interface ServedKinds {
  /** Everything that releases are made of. */
  releases: boolean;
  /** What is not, and what to do about it; absent when releases can be looked after. */
  message?: string;
  rollouts: boolean;
  metrics: boolean;
  keptnConfigs: boolean;
  mutatingPolicies: boolean;
}

/** Version of the API server, for example `v1.36.2`. */
export async function getServerVersion(
  client: KubernetesClusterClient,
): Promise<string> {
  const { gitVersion } = await client.raw<{ gitVersion: string }>(
    { method: 'GET', path: '/version' },
    { verb: 'get', resource: 'version' },
  );
  return gitVersion;
}

/** Keptn's resources that the cluster does not serve, as `keptntasks.lifecycle.keptn.sh`. Tasks need them all. */
export async function findMissingResources(
  client: KubernetesClusterClient,
): Promise<string[]> {
  return missingOf(await listServed(client, apiVersionOf('KeptnTask')), [
    'KeptnTask',
    'KeptnTaskDefinition',
  ]);
}

/** Which of the kinds the cluster serves that tasks can do without. */
export async function findServedKinds(
  client: KubernetesClusterClient,
): Promise<ServedKinds> {
  const has = async (kind: Kind) =>
    (await listServed(client, apiVersionOf(kind))).has(KINDS[kind].resource);
  const [lifecycle, admission, rollouts, metrics, keptnConfigs] =
    await Promise.all([
      listServed(client, apiVersionOf('KeptnApp')),
      listServed(client, ADMISSION_API),
      has('Rollout'),
      has('KeptnMetric'),
      has('KeptnConfig'),
    ]);
  const missing = missingOf(lifecycle, RELEASE_KINDS);
  return {
    releases: missing.length === 0,
    ...(missing.length > 0 && {
      message: `Releases are not looked after: the cluster does not serve ${missing.join(
        ', ',
      )}; apply them with kubectl apply -f deploy/crds`,
    }),
    rollouts,
    metrics,
    keptnConfigs,
    mutatingPolicies: admission.has('mutatingadmissionpolicies'),
  };
}

function missingOf(served: Set<string>, kinds: readonly Kind[]): string[] {
  return kinds
    .map(kind => KINDS[kind])
    .filter(({ resource }) => !served.has(resource))
    .map(({ resource, group }) => `${resource}.${group}`);
}

/** Plural names; none where the API group or version is unknown. */
async function listServed(
  client: KubernetesClusterClient,
  apiVersion: string,
): Promise<Set<string>> {
  try {
    const { resources } = await client.raw<{ resources: { name: string }[] }>(
      { method: 'GET', path: `/apis/${apiVersion}` },
      { verb: 'get', resource: 'discovery' },
    );
    return new Set(resources.map(({ name }) => name));
  } catch (error) {
    if (isClusterError(error, 'not-found')) {
      return new Set();
    }
    throw error;
  }
}
