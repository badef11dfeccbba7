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
import { eventually } from './eventually';
import { configMaps, roleBindings, roles, serviceAccounts } from './paths';
import type { ClusterHandle } from './useCluster';
import type { Widgets } from './widgets';

/** Name of the user that the service account `reader` of a namespace is. */
export const readerOf = (namespace: string) =>
  `system:serviceaccount:${namespace}:reader`;

/**
 * Makes a service account before the tests that may get and list ConfigMaps, get and list the Secret `known`, and patch
 * the status of widgets.
 */
export function useReader(
  { api }: ClusterHandle,
  namespace: string,
  widgets: Widgets,
): void {
  beforeAll(async () => {
    await api.post(serviceAccounts(namespace), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'reader' },
    });
    await api.post(roles(namespace), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'reader' },
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['known'],
          verbs: ['get', 'list'],
        },
        {
          apiGroups: [widgets.group],
          resources: [`${widgets.plural}/status`],
          verbs: ['patch'],
        },
      ],
    });
    await api.post(roleBindings(namespace), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'reader' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'reader',
      },
      subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace }],
    });
    // The authorizer learns of roles from watches of its own.
    await eventually('role in force', async () => {
      const { status } = await api.get(configMaps(namespace), {
        as: readerOf(namespace),
      });
      return status === 200 ? true : undefined;
    });
  });
}
