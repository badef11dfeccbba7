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
import { RUN_LABEL, target } from '../target';
import type { ClusterHandle } from './useCluster';
import { resourcePath } from './paths';

const GROUP = 'admissionregistration.k8s.io/v1';

/** Paths of what is registered to look at writes. */
export const admission = {
  policies: (name?: string) =>
    resourcePath(GROUP, undefined, 'mutatingadmissionpolicies', name),
  bindings: (name?: string) =>
    resourcePath(GROUP, undefined, 'mutatingadmissionpolicybindings', name),
  mutatingWebhooks: (name?: string) =>
    resourcePath(GROUP, undefined, 'mutatingwebhookconfigurations', name),
  validatingWebhooks: (name?: string) =>
    resourcePath(GROUP, undefined, 'validatingwebhookconfigurations', name),
};

/** Only what is in this namespace: whatever else is in the cluster stays untouched. */
export const only = (namespace: string) => ({
  namespaceSelector: {
    matchLabels: { 'kubernetes.io/metadata.name': namespace },
  },
});

const metadata = (name: string) => ({
  name,
  labels: { [RUN_LABEL]: target.run },
});

/** A policy about new ConfigMaps of one namespace. */
export function policy(
  name: string,
  namespace: string,
  spec: Record<string, unknown>,
) {
  return {
    apiVersion: GROUP,
    kind: 'MutatingAdmissionPolicy',
    metadata: metadata(name),
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: {
        ...only(namespace),
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['configmaps'],
          },
        ],
      },
      ...spec,
    },
  };
}

/** A binding of the policy of the same name. */
export function policyBinding(
  name: string,
  spec: Record<string, unknown> = {},
) {
  return {
    apiVersion: GROUP,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: metadata(name),
    spec: { policyName: name, ...spec },
  };
}

/** A mutation that applies what the expression makes. */
export const applying = (expression: string) => ({
  patchType: 'ApplyConfiguration',
  applyConfiguration: { expression },
});

/** Registers a policy with its binding; both are removed after the tests of the file. */
export async function register(
  { api, cleanUp }: ClusterHandle,
  registered: ReturnType<typeof policy>,
  binding: Record<string, unknown> = {},
): Promise<void> {
  const { name } = registered.metadata;
  cleanUp(() => api.delete(admission.policies(name)));
  cleanUp(() => api.delete(admission.bindings(name)));
  for (const [path, object] of [
    [admission.policies(), registered],
    [admission.bindings(), policyBinding(name, binding)],
  ] as const) {
    const { status, text } = await api.post(path, object);
    if (status !== 201) throw new Error(text);
  }
}
