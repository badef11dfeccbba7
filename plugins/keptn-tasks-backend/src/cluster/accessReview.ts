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

import type { MissingRight } from 'backstage-plugin-keptn-tasks-common';
import type { ClusterConfig } from './ClusterConfig';
import type { ServedKinds } from './discovery';
import type { KubernetesClusterClient } from './KubernetesClusterClient';
import type { RequiredRight } from './requiredRights';
import { requiredRights } from './requiredRights';

interface AccessReview {
  status?: { allowed?: boolean };
}

/** What a review has found. */
export interface AccessReviewResult {
  missing: MissingRight[];
  /** Whether one of them is needed for anything at all. */
  blocks: boolean;
}

/** Asks the API server which of the rights are missing that a mode needs on what the cluster serves. */
export async function reviewAccess(
  client: KubernetesClusterClient,
  config: Pick<ClusterConfig, 'mode' | 'keptnNamespace'>,
  served?: ServedKinds,
): Promise<AccessReviewResult> {
  const asked = requiredRights(config.mode, served).flatMap(right =>
    right.verbs.map(verb => ({ right, verb })),
  );
  const allowed = await Promise.all(
    asked.map(({ right, verb }) => isAllowed(client, right, verb, config)),
  );
  const missing = asked.filter((_, index) => !allowed[index]);
  return {
    missing: missing.map(({ right, verb }) => describe(right, verb, config)),
    blocks: missing.some(({ right }) => right.vital),
  };
}

async function isAllowed(
  client: KubernetesClusterClient,
  right: RequiredRight,
  verb: string,
  config: Pick<ClusterConfig, 'keptnNamespace'>,
): Promise<boolean> {
  const [resource, subresource] = right.resource.split('/');
  const review = await client.raw<AccessReview>(
    {
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb,
            group: right.group,
            resource,
            subresource,
            namespace: right.where && config.keptnNamespace,
            name: right.name,
          },
        },
      },
    },
    { verb: 'create', resource: 'selfsubjectaccessreviews' },
  );
  return review.status?.allowed === true;
}

function describe(
  right: RequiredRight,
  verb: string,
  { mode, keptnNamespace }: Pick<ClusterConfig, 'mode' | 'keptnNamespace'>,
): MissingRight {
  const { group, resource } = right;
  const namespace = right.where && keptnNamespace;
  const kind = group ? `${resource}.${group}` : resource;
  const what = right.name ? `${kind} ${right.name}` : kind;
  const place = namespace ? `namespace ${namespace}` : 'all namespaces';
  return {
    verb,
    resource,
    ...(group && { group }),
    ...(namespace && { namespace }),
    message: `The right to ${verb} ${what} in ${place} is missing; grant it with kubectl apply -f deploy/rbac/${mode}.yaml`,
  };
}
