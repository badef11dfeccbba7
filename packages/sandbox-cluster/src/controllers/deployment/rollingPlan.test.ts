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

import { KubeObject } from '../../ClusterApi';
import { planRollingStep } from './rollingPlan';
import { newRollout } from './Rollout';

/** Size and number of available Pods. */
type Size = [replicas: number, available: number];

interface Case {
  rule: string;
  replicas: number;
  rollingUpdate?: object;
  fresh?: Size;
  old: Size[];
  then: Record<string, number>;
}

const cases: Case[] = [
  {
    rule: 'as many new Pods as may be too many come first',
    replicas: 4,
    fresh: [0, 0],
    old: [[4, 4]],
    then: { fresh: 1 },
  },
  {
    rule: 'old Pods go while enough stay available',
    replicas: 4,
    fresh: [1, 0],
    old: [[4, 4]],
    then: { 'old-0': 3 },
  },
  {
    rule: 'nothing moves until a new Pod is available',
    replicas: 4,
    fresh: [2, 0],
    old: [[3, 3]],
    then: {},
  },
  {
    rule: 'each new Pod that is available takes the place of an old one',
    replicas: 4,
    fresh: [2, 1],
    old: [[3, 3]],
    then: { 'old-0': 2 },
  },
  {
    rule: 'old Pods that do no work go first, wherever they are',
    replicas: 4,
    fresh: [1, 1],
    old: [
      [2, 2],
      [2, 0],
    ],
    then: { 'old-1': 0 },
  },
  {
    rule: 'with maxSurge 0 an old Pod goes before a new one comes',
    replicas: 3,
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    fresh: [0, 0],
    old: [[3, 3]],
    then: { 'old-0': 2 },
  },
  {
    rule: 'when percentages come to nothing one Pod may be missing',
    replicas: 3,
    rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' },
    fresh: [0, 0],
    old: [[3, 3]],
    then: { 'old-0': 2 },
  },
  {
    rule: 'a surge in percent is rounded up',
    replicas: 3,
    rollingUpdate: { maxSurge: '34%', maxUnavailable: 0 },
    fresh: [0, 0],
    old: [[3, 3]],
    then: { fresh: 2 },
  },
  {
    rule: 'too many new Pods are taken back',
    replicas: 2,
    fresh: [5, 5],
    old: [],
    then: { fresh: 2 },
  },
  {
    rule: 'it is over when only new Pods are left',
    replicas: 2,
    fresh: [2, 2],
    old: [[0, 0]],
    then: {},
  },
];

describe('A rolling update', () => {
  it.each(cases)('$rule', ({ replicas, rollingUpdate, fresh, old, then }) => {
    const sets = [
      ...old.map((size, at) => replicaSet(`old-${at}`, size)),
      ...(fresh ? [replicaSet('fresh', fresh)] : []),
    ];
    const rollout = newRollout(deployment(replicas, rollingUpdate), sets);
    const plan = planRollingStep(rollout);
    expect(
      Object.fromEntries(
        plan.map(step => [step.set.metadata.name, step.replicas]),
      ),
    ).toEqual(then);
  });
});

function deployment(replicas: number, rollingUpdate?: object): KubeObject {
  return {
    ...object('Deployment', 'web'),
    spec: {
      replicas,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: rollingUpdate ?? {
          maxSurge: '25%',
          maxUnavailable: '25%',
        },
      },
      template: template('fresh'),
    },
  };
}

function replicaSet(name: string, [replicas, available]: Size): KubeObject {
  return {
    ...object('ReplicaSet', name),
    spec: { replicas, template: template(name) },
    status: { replicas, availableReplicas: available },
  };
}

function template(app: string) {
  const labels = { app, 'pod-template-hash': app };
  return { metadata: { labels }, spec: {} };
}

function object(kind: string, name: string): KubeObject {
  const metadata = {
    name,
    namespace: 'default',
    uid: name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  return { apiVersion: 'apps/v1', kind, metadata };
}
