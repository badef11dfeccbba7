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

import type { ClusterHealth } from 'backstage-plugin-keptn-tasks-common';
import type { GateMode } from '../domain/release/settings';
import { isClusterError } from './ClusterError';
import { ADMISSION_API, findServedKinds } from './discovery';
import type { KubernetesClusterClient } from './KubernetesClusterClient';

/** Name of the policy, of its binding and of the webhook configuration in `deploy/gates`. */
export const GATE_NAME = 'keptn-gate';

/** Whether Pods are held as a mode says; without `message` nothing is missing. */
export type GateStatus = NonNullable<ClusterHealth['gates']>;

/** What puts the gate onto Pods in a mode, each with what to do where it is missing. */
const PARTS = {
  policy: [
    {
      resource: 'mutatingadmissionpolicies',
      missing: `the policy ${GATE_NAME} is not in the cluster; apply it with kubectl apply -f deploy/gates/policy.yaml`,
    },
    {
      resource: 'mutatingadmissionpolicybindings',
      missing: `the policy ${GATE_NAME} is bound nowhere; apply its binding with kubectl apply -f deploy/gates/policy.yaml`,
    },
  ],
  webhook: [
    {
      resource: 'mutatingwebhookconfigurations',
      missing: `the webhook configuration ${GATE_NAME} is not in the cluster; fill in deploy/gates/webhook.yaml and apply it`,
    },
  ],
} as const;

/** Looks whether what puts the gate onto Pods is in the cluster. */
export async function findGateStatus(
  client: KubernetesClusterClient,
  mode: GateMode,
): Promise<GateStatus> {
  if (mode === 'declared' || mode === 'off') {
    return { mode, ready: true };
  }
  const notHeld = (why: string): GateStatus => ({
    mode,
    ready: false,
    message: `Pods are not held: ${why}`,
  });
  if (mode === 'policy' && !(await findServedKinds(client)).mutatingPolicies) {
    return notHeld(
      `the API server does not serve MutatingAdmissionPolicy (${ADMISSION_API}, Kubernetes 1.36 or newer); set gates: webhook or gates: declared for this cluster`,
    );
  }
  try {
    for (const { resource, missing } of PARTS[mode]) {
      if (!(await isThere(client, resource))) {
        return notHeld(missing);
      }
    }
    return { mode, ready: true };
  } catch (error) {
    if (isClusterError(error, 'forbidden')) {
      return {
        mode,
        ready: false,
        message: `Whether Pods are held cannot be told: ${error.message}; grant it with kubectl apply -f deploy/rbac/reconcile.yaml`,
      };
    }
    throw error;
  }
}

async function isThere(
  client: KubernetesClusterClient,
  resource: string,
): Promise<boolean> {
  try {
    await client.raw(
      {
        method: 'GET',
        path: `/apis/${ADMISSION_API}/${resource}/${GATE_NAME}`,
      },
      {
        verb: 'get',
        resource: `${resource}.admissionregistration.k8s.io`,
        name: GATE_NAME,
      },
    );
    return true;
  } catch (error) {
    if (isClusterError(error, 'not-found')) {
      return false;
    }
    throw error;
  }
}
