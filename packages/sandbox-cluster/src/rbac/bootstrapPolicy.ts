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

import { ClusterApi } from '../ClusterApi';

const GROUP = 'rbac.authorization.k8s.io';
const get = ['get'];
const create = ['create'];

const roles = [
  {
    name: 'cluster-admin',
    groups: ['system:masters'],
    rules: [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ],
  },
  {
    name: 'system:basic-user',
    groups: ['system:authenticated'],
    rules: [
      {
        verbs: create,
        apiGroups: ['authorization.k8s.io'],
        resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      },
      {
        verbs: create,
        apiGroups: ['authentication.k8s.io'],
        resources: ['selfsubjectreviews'],
      },
    ],
  },
  {
    name: 'system:discovery',
    groups: ['system:authenticated'],
    rules: [
      {
        verbs: get,
        nonResourceURLs: [
          '/api',
          '/api/*',
          '/apis',
          '/apis/*',
          '/healthz',
          '/livez',
          '/openapi',
          '/openapi/*',
          '/readyz',
          '/version',
          '/version/',
        ],
      },
    ],
  },
  {
    name: 'system:public-info-viewer',
    groups: ['system:authenticated', 'system:unauthenticated'],
    rules: [
      {
        verbs: get,
        nonResourceURLs: [
          '/healthz',
          '/livez',
          '/readyz',
          '/version',
          '/version/',
        ],
      },
    ],
  },
];

/** The roles that every cluster has: everybody may look at discovery and ask about themselves. */
export function createBootstrapPolicy(api: ClusterApi) {
  const apiVersion = `${GROUP}/v1`;
  const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
  for (const { name, groups, rules } of roles) {
    api.resource(apiVersion, 'ClusterRole').create({
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name, labels },
      rules,
    });
    api.resource(apiVersion, 'ClusterRoleBinding').create({
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name, labels },
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
      subjects: groups.map(group => ({
        apiGroup: GROUP,
        kind: 'Group',
        name: group,
      })),
    });
  }
}
