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
  eventually,
  refusalOf,
  startMachinery,
} from '../__testUtils__/machinery';

const { api } = startMachinery();
const pods = api.resource('v1', 'Pod');

function makeNamespace(name: string, labels?: Record<string, string>) {
  api.resource('v1', 'Namespace').create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  });
  return eventually(
    () => !!api.resource('v1', 'ServiceAccount').get(name, 'default'),
  );
}

const makePod = (
  namespace: string,
  name: string,
  spec: object = {},
  container: object = {},
) =>
  pods.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      containers: [{ name: 'main', image: 'busybox', ...container }],
      ...spec,
    },
  });

describe('Pods are refused', () => {
  it.each<[object, string]>([
    [
      { serviceAccountName: 'nobody' },
      'pods "p" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
    ],
    [
      { priorityClassName: 'none' },
      'pods "p" is forbidden: no PriorityClass with name none was found',
    ],
    [
      { runtimeClassName: 'none' },
      'pods "p" is forbidden: pod rejected: RuntimeClass "none" not found',
    ],
  ])('with %j', (spec, message) => {
    const refused = refusalOf(() => makePod('default', 'p', spec));
    expect([refused.code, refused.message]).toEqual([403, message]);
  });
});

it('Pods that are refused before they have a name are called by their prefix', () => {
  const make = () =>
    pods.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: 'of-a-job-', namespace: 'default' },
      spec: {
        serviceAccountName: 'nobody',
        containers: [{ name: 'main', image: 'busybox' }],
      },
    });
  expect(refusalOf(make).message).toMatch(/^pods "of-a-job-" is forbidden: /);
});

describe('resourceQuota', () => {
  beforeAll(async () => {
    await makeNamespace('small');
    api.resource('v1', 'ResourceQuota').create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few', namespace: 'small' },
      spec: { hard: { pods: '1', 'limits.memory': '100Mi' } },
    });
  });
  const limits = { resources: { limits: { memory: '60Mi' } } };

  it('asks for what it limits, counts, and lets go of what has ended', () => {
    expect(refusalOf(() => makePod('small', 'p')).message).toBe(
      'pods "p" is forbidden: failed quota: few: must specify limits.memory for: main',
    );
    const first = makePod('small', 'first', {}, limits);
    expect(refusalOf(() => makePod('small', 'p', {}, limits)).message).toBe(
      'pods "p" is forbidden: exceeded quota: few, requested: limits.memory=60Mi,pods=1, used: limits.memory=60Mi,pods=1, limited: limits.memory=100Mi,pods=1',
    );
    const quota = () =>
      api.resource('v1', 'ResourceQuota').get('small', 'few')!;
    expect(quota().status.used).toEqual({ pods: '1', 'limits.memory': '60Mi' });
    pods.updateStatus({
      ...first,
      status: { ...first.status, phase: 'Succeeded' },
    });
    expect(quota().status.used.pods).toBe('0');
    makePod('small', 'second', {}, limits);
  });
});

describe('podSecurity', () => {
  const secure = {
    securityContext: {
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };

  beforeAll(async () => {
    await makeNamespace('strict', {
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    await makeNamespace('base', {
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
  });

  it('refuses what the restricted level does not allow, in its words', () => {
    expect(refusalOf(() => makePod('strict', 'p')).message).toBe(
      'pods "p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
    expect(makePod('strict', 'fine', {}, secure).metadata.name).toBe('fine');
  });

  it('refuses what the baseline level does not allow', () => {
    const volumes = [{ name: 'v', hostPath: { path: '/' } }];
    expect(
      refusalOf(() =>
        makePod(
          'base',
          'p',
          { volumes, hostNetwork: true },
          { securityContext: { privileged: true } },
        ),
      ).message,
    ).toBe(
      'pods "p" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), hostPath volumes (volume "v"), privileged (container "main" must not set securityContext.privileged=true)',
    );
    makePod('base', 'fine');
  });
});
