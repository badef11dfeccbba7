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

import type {
  V1DaemonSet,
  V1Deployment,
  V1ReplicaSet,
  V1StatefulSet,
} from '@kubernetes/client-node';
import type { Rollout } from './resources';
import type { RolloutObservation } from './rolloutOutcome';
import { rolloutOutcome } from './rolloutOutcome';

const meta = (name: string, extra: object = {}) => ({
  name,
  namespace: 'shop',
  uid: `uid-${name}`,
  generation: 2,
  ...extra,
});

const aReplicaSet = (
  owner?: string,
  overrides: Partial<V1ReplicaSet> & { metadata?: object } = {},
): V1ReplicaSet => ({
  spec: { replicas: 3, selector: {} },
  status: { replicas: 3, availableReplicas: 3, observedGeneration: 2 },
  ...overrides,
  metadata: meta('cart-7d9f', {
    ...(owner && {
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: owner,
          name: 'cart',
          uid: 'o',
          controller: true,
        },
      ],
    }),
    ...overrides.metadata,
  }),
});

const aDeployment = (
  status: V1Deployment['status'] = {},
  overrides: { metadata?: object; spec?: object } = {},
): V1Deployment => ({
  metadata: meta('cart', overrides.metadata),
  spec: {
    replicas: 3,
    selector: {},
    template: {},
    ...overrides.spec,
  },
  status: {
    observedGeneration: 2,
    replicas: 3,
    updatedReplicas: 3,
    availableReplicas: 3,
    ...status,
  },
});

const ofDeployment = (
  deployment: V1Deployment | undefined,
  replicaSet = aReplicaSet('Deployment'),
): RolloutObservation => ({
  reference: { kind: 'ReplicaSet', name: 'cart-7d9f', uid: 'uid-cart-7d9f' },
  replicaSet,
  deployment,
});

const revision = (value: string) => ({
  annotations: { 'deployment.kubernetes.io/revision': value },
});

describe('the rollout of a Deployment', () => {
  it.each<[string, V1Deployment, string, string | undefined]>([
    [
      'has succeeded when all Pods have this version and are available',
      aDeployment(),
      'succeeded',
      undefined,
    ],
    [
      'goes on while its controller has not seen the new spec, whatever the counters say (D-39)',
      aDeployment({ observedGeneration: 1 }),
      'progressing',
      'Kubernetes has not yet taken in what Deployment cart asks for',
    ],
    [
      'goes on after its first batch (D-39)',
      aDeployment({ updatedReplicas: 1 }),
      'progressing',
      '1 of 3 Pods of Deployment cart have this version',
    ],
    [
      'goes on while Pods of an earlier version are there (D-39)',
      aDeployment({ replicas: 4, availableReplicas: 4 }),
      'progressing',
      'Pods of an earlier version of Deployment cart are still there',
    ],
    [
      'goes on while a Pod is not available',
      aDeployment({ availableReplicas: 2 }),
      'progressing',
      '2 of 3 Pods of Deployment cart are available',
    ],
    [
      'goes on after its progress deadline, and says so',
      aDeployment({
        availableReplicas: 2,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'ReplicaSet "cart-7d9f" has timed out progressing.',
          },
        ],
      }),
      'progressing',
      'Deployment cart: ReplicaSet "cart-7d9f" has timed out progressing.',
    ],
    [
      'says what refuses its Pods',
      aDeployment({
        updatedReplicas: 0,
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            message: 'exceeded quota: compute',
          },
        ],
      }),
      'progressing',
      'Deployment cart: exceeded quota: compute',
    ],
    [
      'says that it is paused',
      aDeployment({ updatedReplicas: 1 }, { spec: { paused: true } }),
      'progressing',
      'Deployment cart is paused; kubectl rollout resume lets it go on',
    ],
    [
      'goes on when scaled to 0 while a Pod is there (D-39)',
      aDeployment(
        { replicas: 1, updatedReplicas: 0, availableReplicas: 0 },
        { spec: { replicas: 0 } },
      ),
      'progressing',
      'Pods of an earlier version of Deployment cart are still there',
    ],
    [
      'has succeeded when scaled to 0 and all Pods are gone',
      aDeployment(
        {
          replicas: undefined,
          updatedReplicas: undefined,
          availableReplicas: undefined,
        },
        { spec: { replicas: 0 } },
      ),
      'succeeded',
      undefined,
    ],
  ])('%s', (_, deployment, state, message) => {
    expect(rolloutOutcome(ofDeployment(deployment))).toMatchObject({
      kind: 'Deployment',
      name: 'cart',
      state,
    });
    expect(rolloutOutcome(ofDeployment(deployment)).message).toBe(message);
  });

  it('tells how many Pods there are', () => {
    expect(
      rolloutOutcome(
        ofDeployment(aDeployment({ updatedReplicas: 2, availableReplicas: 1 })),
      ),
    ).toMatchObject({ desired: 3, updated: 2, available: 1 });
  });

  it('is not judged by the Pods of a later version', () => {
    expect(
      rolloutOutcome(
        ofDeployment(
          aDeployment({}, { metadata: revision('3') }),
          aReplicaSet('Deployment', {
            metadata: revision('2'),
            status: { replicas: 1, availableReplicas: 0 },
          }),
        ),
      ),
    ).toMatchObject({
      state: 'progressing',
      updated: 1,
      available: 0,
      message: expect.stringContaining('went on to another version'),
    });
  });

  it('of the current ReplicaSet is judged by the Deployment', () => {
    expect(
      rolloutOutcome(
        ofDeployment(
          aDeployment({}, { metadata: revision('10') }),
          aReplicaSet('Deployment', { metadata: revision('10') }),
        ),
      ).state,
    ).toBe('succeeded');
  });

  it('is missing without its Deployment', () => {
    expect(rolloutOutcome(ofDeployment(undefined))).toEqual({
      state: 'missing',
      kind: 'Deployment',
      name: 'cart',
      message: 'Deployment cart is not there',
    });
  });
});

describe('what a version refers to', () => {
  it('is missing when it is not there', () => {
    expect(
      rolloutOutcome({
        reference: { kind: 'StatefulSet', name: 'db', uid: 'uid-db' },
      }),
    ).toMatchObject({ state: 'missing', kind: 'StatefulSet', name: 'db' });
  });

  it('is missing when another one has its name', () => {
    expect(
      rolloutOutcome({
        reference: { kind: 'ReplicaSet', name: 'cart-7d9f', uid: 'earlier' },
        replicaSet: aReplicaSet(),
      }),
    ).toMatchObject({
      state: 'missing',
      message: 'ReplicaSet cart-7d9f was deleted; another one has its name now',
    });
  });
});

describe('the rollout of a ReplicaSet alone', () => {
  const outcome = (status: object, replicas = 3) =>
    rolloutOutcome({
      reference: { kind: 'ReplicaSet', name: 'cart-7d9f', uid: '' },
      replicaSet: aReplicaSet(undefined, {
        spec: { replicas, selector: {} },
        status: {
          replicas: 3,
          availableReplicas: 3,
          observedGeneration: 2,
          ...status,
        },
      }),
    }).state;

  it.each([
    ['has succeeded when all Pods are available', {}, 3, 'succeeded'],
    [
      'goes on while its spec was not seen (D-39)',
      { observedGeneration: 1 },
      3,
      'progressing',
    ],
    [
      'goes on while a Pod is missing',
      { availableReplicas: 2 },
      3,
      'progressing',
    ],
    ['goes on while a Pod is too many', {}, 2, 'progressing'],
    [
      'has succeeded when scaled to 0 and all Pods are gone',
      { replicas: 0, availableReplicas: undefined },
      0,
      'succeeded',
    ],
  ])('%s', (_, status, replicas, state) => {
    expect(outcome(status, replicas)).toBe(state);
  });
});

describe('the rollout of a StatefulSet', () => {
  const outcome = (
    status: Partial<V1StatefulSet['status']> = {},
    spec: object = {},
    revisions?: string[],
  ) =>
    rolloutOutcome({
      reference: { kind: 'StatefulSet', name: 'db', uid: 'uid-db' },
      revisions,
      statefulSet: {
        metadata: meta('db'),
        spec: { replicas: 3, selector: {}, template: {}, ...spec },
        status: {
          observedGeneration: 2,
          replicas: 3,
          updatedReplicas: 3,
          availableReplicas: 3,
          currentRevision: 'db-b',
          updateRevision: 'db-b',
          ...status,
        },
      } as V1StatefulSet,
    });

  it.each<[string, object, object, string]>([
    ['has succeeded when all Pods have this version', {}, {}, 'succeeded'],
    [
      'goes on while its spec was not seen (D-39)',
      { observedGeneration: 1 },
      {},
      'progressing',
    ],
    [
      'goes on while Pods of an earlier version run (D-39)',
      { updatedReplicas: 1, currentRevision: 'db-a' },
      {},
      'progressing',
    ],
    ['goes on while a Pod is too many', { replicas: 4 }, {}, 'progressing'],
    [
      'goes on while a Pod is not available',
      { availableReplicas: 2 },
      {},
      'progressing',
    ],
    [
      'has succeeded when the Pods above the partition have this version',
      { updatedReplicas: 1, currentRevision: 'db-a' },
      { updateStrategy: { rollingUpdate: { partition: 2 } } },
      'succeeded',
    ],
    [
      'goes on while a Pod above the partition has an earlier version',
      { updatedReplicas: 1, currentRevision: 'db-a' },
      { updateStrategy: { rollingUpdate: { partition: 1 } } },
      'progressing',
    ],
    [
      'goes on while the partition lets no Pod have this version',
      { updatedReplicas: 0, currentRevision: 'db-a' },
      { updateStrategy: { rollingUpdate: { partition: 5 } } },
      'progressing',
    ],
    [
      'has succeeded when somebody has deleted the last old Pod (OnDelete)',
      { currentRevision: 'db-a' },
      { updateStrategy: { type: 'OnDelete' } },
      'succeeded',
    ],
    [
      'has succeeded with its first revision where that is counted once only',
      { updatedReplicas: undefined, currentReplicas: 3 },
      {},
      'succeeded',
    ],
    [
      'has succeeded when scaled to 0 and all Pods are gone',
      { replicas: 0, updatedReplicas: 0, availableReplicas: 0 },
      { replicas: 0 },
      'succeeded',
    ],
    [
      'goes on when scaled to 0 while a Pod is there (D-39)',
      { replicas: 1, updatedReplicas: 0, availableReplicas: 0 },
      { replicas: 0 },
      'progressing',
    ],
  ])('%s', (_, status, spec, state) => {
    expect(outcome(status, spec).state).toBe(state);
  });

  it('says that somebody has to delete its Pods (OnDelete)', () => {
    expect(
      outcome(
        { updatedReplicas: 1, currentRevision: 'db-a' },
        { updateStrategy: { type: 'OnDelete' } },
      ),
    ).toMatchObject({
      state: 'progressing',
      message:
        'StatefulSet db updates a Pod only when somebody deletes it (OnDelete): 1 of 3 have this version',
    });
  });

  it('is not judged by the Pods of a later version', () => {
    expect(outcome({}, {}, ['StatefulSet.db.db-a'])).toMatchObject({
      state: 'progressing',
      updated: 0,
      message: expect.stringContaining('went on to another version'),
    });
    expect(outcome({}, {}, ['StatefulSet.db.db-b']).state).toBe('succeeded');
  });
});

describe('the rollout of a DaemonSet', () => {
  const outcome = (
    status: Partial<V1DaemonSet['status']> = {},
    spec: object = {},
    more: Partial<RolloutObservation> = {},
  ) =>
    rolloutOutcome({
      reference: { kind: 'DaemonSet', name: 'agent', uid: 'uid-agent' },
      daemonSet: {
        metadata: meta('agent'),
        spec: { selector: {}, template: {}, ...spec },
        status: {
          observedGeneration: 2,
          desiredNumberScheduled: 3,
          updatedNumberScheduled: 3,
          numberAvailable: 3,
          ...status,
        },
      } as V1DaemonSet,
      ...more,
    });

  it.each<[string, object, string]>([
    ['has succeeded when each node has a Pod of it', {}, 'succeeded'],
    [
      'goes on while its spec was not seen (D-39)',
      { observedGeneration: 1 },
      'progressing',
    ],
    [
      'goes on while Pods of an earlier version run (D-39)',
      { updatedNumberScheduled: 2 },
      'progressing',
    ],
    [
      'goes on while a Pod is not available',
      { numberAvailable: 2 },
      'progressing',
    ],
    [
      'has succeeded where no node should have a Pod',
      {
        desiredNumberScheduled: 0,
        updatedNumberScheduled: undefined,
        numberAvailable: undefined,
      },
      'succeeded',
    ],
  ])('%s', (_, status, state) => {
    expect(outcome(status).state).toBe(state);
  });

  it('says that somebody has to delete its Pods (OnDelete)', () => {
    expect(
      outcome(
        { updatedNumberScheduled: 1 },
        { updateStrategy: { type: 'OnDelete' } },
      ),
    ).toMatchObject({
      state: 'progressing',
      message:
        'DaemonSet agent updates a Pod only when somebody deletes it (OnDelete): 1 of 3 have this version',
    });
  });

  it('is not judged by the Pods of a later version', () => {
    const template = (number: number, hash: string) => ({
      revision: number,
      metadata: {
        name: `agent-${hash}`,
        labels: { 'controller-revision-hash': hash },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'DaemonSet',
            name: 'agent',
            uid: 'uid-agent',
            controller: true,
          },
        ],
      },
    });
    const controllerRevisions = [template(1, 'a'), template(2, 'b')];
    const revisions = ['DaemonSet.agent.a'];
    expect(outcome({}, {}, { controllerRevisions, revisions })).toMatchObject({
      state: 'progressing',
      message: expect.stringContaining('went on to another version'),
    });
    revisions.push('DaemonSet.agent.b');
    expect(outcome({}, {}, { controllerRevisions, revisions }).state).toBe(
      'succeeded',
    );
  });
});

describe('the rollout of an Argo Rollout', () => {
  const outcome = (
    status: Rollout['status'] = {},
    labels: Record<string, string> = { 'rollouts-pod-template-hash': 'b' },
  ) =>
    rolloutOutcome({
      reference: { kind: 'ReplicaSet', name: 'cart-7d9f', uid: '' },
      replicaSet: aReplicaSet('Rollout', { metadata: { labels } }),
      rollout: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata: meta('cart'),
        spec: { replicas: 3 },
        status: {
          phase: 'Healthy',
          observedGeneration: '2',
          replicas: 3,
          updatedReplicas: 3,
          availableReplicas: 3,
          currentPodHash: 'b',
          ...status,
        },
      },
    });

  it.each<[string, Rollout['status'], string, string | undefined]>([
    ['has succeeded when it is Healthy', {}, 'succeeded', undefined],
    [
      'has succeeded when it is Healthy and keeps old Pods for a while',
      { replicas: 6, availableReplicas: 6 },
      'succeeded',
      undefined,
    ],
    [
      'goes on while its spec was not seen (D-39)',
      { observedGeneration: '1' },
      'progressing',
      'Kubernetes has not yet taken in what Rollout cart asks for',
    ],
    [
      'is judged by its phase where the generation is a hash',
      { observedGeneration: '6c8f9d' },
      'succeeded',
      undefined,
    ],
    [
      'has failed when it is Degraded',
      { phase: 'Degraded', message: 'RolloutAborted: metric failed' },
      'failed',
      'Rollout cart is degraded: RolloutAborted: metric failed',
    ],
    [
      'goes on while it is Paused, and says what to do',
      { phase: 'Paused', message: 'CanaryPauseStep' },
      'progressing',
      'Rollout cart is paused: CanaryPauseStep; promote it to let it go on',
    ],
    [
      'goes on while it is Progressing',
      { phase: 'Progressing', message: 'more replicas need to be updated' },
      'progressing',
      'Rollout cart: more replicas need to be updated',
    ],
    [
      'is not judged by a later version',
      { phase: 'Degraded', currentPodHash: 'c' },
      'progressing',
      'Rollout cart went on to another version before this one was promoted in full',
    ],
  ])('%s', (_, status, state, message) => {
    expect(outcome(status)).toMatchObject({
      kind: 'Rollout',
      name: 'cart',
      state,
    });
    expect(outcome(status).message).toBe(message);
  });
});
