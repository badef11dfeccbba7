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

/** Path of a resource, one object of it, or one of the object's subresources. */
export function resourcePath(
  apiVersion: string,
  namespace: string | undefined,
  resource: string,
  name?: string,
  subresource?: string,
): string {
  return [
    apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`,
    namespace && `namespaces/${namespace}`,
    resource,
    name,
    subresource,
  ]
    .filter(Boolean)
    .join('/');
}

type NamespacedPath = (
  namespace: string,
  name?: string,
  subresource?: string,
) => string;

const path =
  (apiVersion: string, resource: string): NamespacedPath =>
  (namespace, name, subresource) =>
    resourcePath(apiVersion, namespace, resource, name, subresource);

export const configMaps = path('v1', 'configmaps');
export const secrets = path('v1', 'secrets');
export const pods = path('v1', 'pods');
export const coreEvents = path('v1', 'events');
export const serviceAccounts = path('v1', 'serviceaccounts');
export const resourceQuotas = path('v1', 'resourcequotas');
export const jobs = path('batch/v1', 'jobs');
export const deployments = path('apps/v1', 'deployments');
export const replicaSets = path('apps/v1', 'replicasets');
export const statefulSets = path('apps/v1', 'statefulsets');
export const daemonSets = path('apps/v1', 'daemonsets');
export const controllerRevisions = path('apps/v1', 'controllerrevisions');
export const newEvents = path('events.k8s.io/v1', 'events');
export const leases = path('coordination.k8s.io/v1', 'leases');
export const roles = path('rbac.authorization.k8s.io/v1', 'roles');
export const roleBindings = path(
  'rbac.authorization.k8s.io/v1',
  'rolebindings',
);

export const namespaces = (name?: string) =>
  resourcePath('v1', undefined, 'namespaces', name);
export const customResourceDefinitions = (name?: string) =>
  resourcePath(
    'apiextensions.k8s.io/v1',
    undefined,
    'customresourcedefinitions',
    name,
  );
