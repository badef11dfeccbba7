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

import { startMachinery } from '../__testUtils__/machinery';
import { AccessRequest, refusal } from './Authorizer';

const { api, authorizer } = startMachinery();
const apiVersion = 'rbac.authorization.k8s.io/v1';
const jane = { name: 'jane', groups: ['devs', 'system:authenticated'] };
const robot = { name: 'system:serviceaccount:default:robot', groups: [] };

beforeAll(() => {
  const namespace = 'default';
  api.resource(apiVersion, 'Role').create({
    apiVersion,
    kind: 'Role',
    metadata: { name: 'reader', namespace },
    rules: [
      {
        apiGroups: [''],
        resources: ['pods', 'pods/log'],
        verbs: ['get', 'list'],
      },
      {
        apiGroups: ['batch'],
        resources: ['jobs'],
        resourceNames: ['mine'],
        verbs: ['*'],
      },
    ],
  });
  api.resource(apiVersion, 'RoleBinding').create({
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name: 'readers', namespace },
    roleRef: { kind: 'Role', name: 'reader' },
    subjects: [
      { kind: 'Group', name: 'devs' },
      { kind: 'ServiceAccount', name: 'robot', namespace },
    ],
  });
  api.resource(apiVersion, 'ClusterRole').create({
    apiVersion,
    kind: 'ClusterRole',
    metadata: { name: 'status' },
    rules: [{ apiGroups: ['*'], resources: ['*/status'], verbs: ['patch'] }],
  });
  api.resource(apiVersion, 'ClusterRoleBinding').create({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'status' },
    roleRef: { kind: 'ClusterRole', name: 'status' },
    subjects: [{ kind: 'User', name: 'jane' }],
  });
});

const namespace = 'default';

describe('Authorizer', () => {
  it.each<[boolean, AccessRequest]>([
    [true, { user: jane, verb: 'list', resource: 'pods', namespace }],
    [
      true,
      {
        user: robot,
        verb: 'get',
        resource: 'pods',
        subresource: 'log',
        namespace,
      },
    ],
    [
      false,
      { user: jane, verb: 'list', resource: 'pods', namespace: 'kube-system' },
    ],
    [false, { user: jane, verb: 'list', resource: 'pods' }],
    [false, { user: jane, verb: 'delete', resource: 'pods', namespace }],
    [
      false,
      { user: jane, verb: 'list', group: 'batch', resource: 'pods', namespace },
    ],
    [
      true,
      {
        user: jane,
        verb: 'delete',
        group: 'batch',
        resource: 'jobs',
        name: 'mine',
        namespace,
      },
    ],
    [
      false,
      { user: jane, verb: 'list', group: 'batch', resource: 'jobs', namespace },
    ],
    [
      true,
      {
        user: jane,
        verb: 'patch',
        group: 'x.test',
        resource: 'ys',
        subresource: 'status',
      },
    ],
    [
      false,
      {
        user: robot,
        verb: 'patch',
        group: 'x.test',
        resource: 'ys',
        subresource: 'status',
      },
    ],
    [true, { user: jane, verb: 'get', path: '/apis/batch' }],
    [false, { user: robot, verb: 'get', path: '/apis/batch' }],
    [false, { user: jane, verb: 'get', path: '/metrics' }],
    [
      true,
      {
        user: { name: 'root', groups: ['system:masters'] },
        verb: 'any',
        resource: 'x',
      },
    ],
  ])('%s: %j', (expected, request) => {
    expect(authorizer.allows(request)).toBe(expected);
  });

  it('tells what allows something', () => {
    expect(
      authorizer.decide({
        user: jane,
        verb: 'list',
        resource: 'pods',
        namespace,
      }),
    ).toEqual({
      allowed: true,
      reason:
        'RBAC: allowed by RoleBinding "readers/default" of Role "reader" to Group "devs"',
    });
  });
});

describe('refusal', () => {
  it.each<[AccessRequest, string]>([
    [
      {
        user: jane,
        verb: 'get',
        group: 'batch',
        resource: 'jobs',
        name: 'j',
        namespace,
      },
      'jobs.batch "j" is forbidden: User "jane" cannot get resource "jobs" in API group "batch" in the namespace "default"',
    ],
    [
      { user: jane, verb: 'list', resource: 'nodes' },
      'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
    ],
    [
      { user: jane, verb: 'get', path: '/metrics' },
      'forbidden: User "jane" cannot get path "/metrics"',
    ],
  ])('%j', (request, message) => {
    expect(refusal(request)).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message,
    });
  });
});
