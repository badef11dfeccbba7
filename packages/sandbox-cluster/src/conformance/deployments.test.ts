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

import { eventOf } from './support/eventsOf';
import { expectStatus } from './support/expectStatus';
import { deployments, pods, replicaSets } from './support/paths';
import { useCluster } from './support/useCluster';
import { useNamespace } from './support/useNamespace';
import {
  anotherVersion,
  conditionOf,
  isObserved,
  isRolledOut,
  ofApp,
  untilFits,
  workload,
} from './support/workloads';

const REVISION = 'deployment.kubernetes.io/revision';

describe('A Deployment', () => {
  const cluster = useCluster();
  const { api } = cluster;
  const namespace = useNamespace(cluster);

  const create = (name: string, spec = {}, podSpec = {}, metadata = {}) => {
    const body = workload('Deployment', name, spec, podSpec);
    return api.post(deployments(namespace), {
      ...body,
      metadata: { ...body.metadata, ...metadata },
    });
  };
  const patch = (name: string, body: Record<string, any>) =>
    api.patch(deployments(namespace, name), body);
  const until = (name: string, fits: (deployment: any) => unknown) =>
    untilFits(api, deployments(namespace, name), `Deployment ${name}`, fits);
  const setsOf = async (app: string) => {
    const sets = await ofApp(api, replicaSets(namespace), app);
    return sets.sort(
      (a, b) =>
        Number(a.metadata.annotations[REVISION]) -
        Number(b.metadata.annotations[REVISION]),
    );
  };

  it('gets a ReplicaSet for its template, with its hash and its revision', async () => {
    await create('empty', { replicas: 0 });
    const deployment = await until('empty', isRolledOut);
    expect(deployment.metadata.annotations).toEqual({ [REVISION]: '1' });
    const [set] = await setsOf('empty');
    const hash = set.metadata.labels['pod-template-hash'];
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]+$/);
    expect(set).toMatchObject({
      metadata: {
        name: `empty-${hash}`,
        labels: { app: 'empty' },
        annotations: {
          [REVISION]: '1',
          'deployment.kubernetes.io/desired-replicas': '0',
          'deployment.kubernetes.io/max-replicas': '0',
        },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'empty',
            uid: deployment.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'empty', 'pod-template-hash': hash } },
        template: {
          metadata: { labels: { app: 'empty', 'pod-template-hash': hash } },
        },
      },
    });
  });

  it('counts templates, and counts one that comes back anew', async () => {
    await create('counted', { replicas: 0 });
    await until('counted', isRolledOut);
    const [first] = await setsOf('counted');
    await patch('counted', anotherVersion('2'));
    await until(
      'counted',
      ({ metadata }) => metadata.annotations?.[REVISION] === '2',
    );
    await patch('counted', {
      spec: { template: { metadata: { annotations: null } } },
    });
    await until(
      'counted',
      ({ metadata }) => metadata.annotations?.[REVISION] === '3',
    );
    const sets = await setsOf('counted');
    expect(sets.map(({ metadata }) => metadata.annotations[REVISION])).toEqual([
      '2',
      '3',
    ]);
    expect(sets[1].metadata).toMatchObject({
      uid: first.metadata.uid,
      annotations: { 'deployment.kubernetes.io/revision-history': '1' },
    });
  });

  it('hands its annotations on, and observes changes of them', async () => {
    await create(
      'told',
      { replicas: 0 },
      {},
      {
        annotations: {
          'conformance.example.test/team': 'checkout',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      },
    );
    await until('told', isRolledOut);
    const [set] = await setsOf('told');
    expect(set.metadata.annotations).toMatchObject({
      'conformance.example.test/team': 'checkout',
    });
    expect(Object.keys(set.metadata.annotations)).not.toContain(
      'kubectl.kubernetes.io/last-applied-configuration',
    );
    const { body } = await patch('told', {
      metadata: { annotations: { 'conformance.example.test/team': 'cart' } },
    });
    expect(body.metadata.generation).toBe(2);
    await until('told', isObserved);
    const [changed] = await setsOf('told');
    expect(changed.metadata.annotations).toMatchObject({
      'conformance.example.test/team': 'cart',
    });
  });

  it.each<[string, Record<string, any>, Record<string, any>, RegExp]>([
    [
      'a selector that does not fit its template',
      { selector: { matchLabels: { app: 'other' } } },
      {},
      /`selector` does not match template `labels`/,
    ],
    [
      'an empty selector',
      { selector: {} },
      {},
      /empty selector is invalid for deployment/,
    ],
    [
      'Pods that are not started again',
      {},
      { restartPolicy: 'Never' },
      /spec\.template\.spec\.restartPolicy: Unsupported value: "Never": supported values: "Always"/,
    ],
    [
      'numbers of a rolling update with Recreate',
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
      {},
      /spec\.strategy\.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'/,
    ],
    [
      'a rolling update that cannot move',
      {
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: 0, maxUnavailable: 0 },
        },
      },
      {},
      /spec\.strategy\.rollingUpdate\.maxUnavailable: Invalid value: .*: may not be 0 when `maxSurge` is 0/,
    ],
    [
      'a negative size',
      { replicas: -1 },
      {},
      /spec\.replicas: Invalid value: -1: must be greater than or equal to 0/,
    ],
  ])('is refused with %s', async (_, spec, podSpec, message) => {
    expectStatus(await create('invalid', spec, podSpec), {
      code: 422,
      reason: 'Invalid',
      message,
    });
  });

  it('says why it gets no Pods', async () => {
    await create('refused', {}, { serviceAccountName: 'absent' });
    const deployment = await until('refused', found =>
      conditionOf(found, 'ReplicaFailure'),
    );
    expect(conditionOf(deployment, 'ReplicaFailure')).toBe('True FailedCreate');
    expect(conditionOf(deployment, 'Available')).toBe(
      'False MinimumReplicasUnavailable',
    );
    const [{ metadata }] = await setsOf('refused');
    const { message } = await eventOf(
      api,
      namespace,
      'ReplicaSet',
      metadata.name,
      'FailedCreate',
    );
    expect(message).toMatch(
      /^Error creating: pods ".*" is forbidden: error looking up service account .*: serviceaccount "absent" not found$/,
    );
  });

  it('waits for Pods that gates hold, for ever', async () => {
    const schedulingGates = [{ name: 'conformance.example.test/gate' }];
    await create(
      'gated',
      { replicas: 1, progressDeadlineSeconds: 2 },
      { schedulingGates },
    );
    const { status } = await until(
      'gated',
      found =>
        conditionOf(found, 'Progressing') === 'False ProgressDeadlineExceeded',
    );
    expect(status).toMatchObject({
      replicas: 1,
      updatedReplicas: 1,
      unavailableReplicas: 1,
    });
    const [pod] = await ofApp(api, pods(namespace), 'gated');
    expect(conditionOf(pod, 'PodScheduled')).toBe('False SchedulingGated');
  });
});
