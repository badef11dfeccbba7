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
import { newRollout } from './Rollout';
import { planScaling } from './scalingPlan';

interface Case {
  rule: string;
  replicas: number;
  type?: string;
  /** Sizes by name; `fresh` is the one of the present template. */
  sets: Record<string, number>;
  available?: number;
  before: number;
  then: Record<string, number>;
}

const cases: Case[] = [
  {
    rule: 'goes to the only ReplicaSet with Pods',
    replicas: 5,
    sets: { old: 0, fresh: 3 },
    before: 4,
    then: { fresh: 5 },
  },
  {
    rule: 'goes to the present one when none has Pods',
    replicas: 2,
    sets: { old: 0, fresh: 0 },
    before: 0,
    then: { fresh: 2 },
  },
  {
    rule: 'is shared in the middle of a rollout',
    replicas: 20,
    sets: { old: 8, fresh: 5 },
    before: 13,
    then: { old: 15, fresh: 10 },
  },
  {
    rule: 'is taken from each in the middle of a rollout',
    replicas: 5,
    sets: { old: 8, fresh: 5 },
    before: 13,
    then: { old: 4, fresh: 3 },
  },
  {
    rule: 'takes all from everyone when nothing is wanted',
    replicas: 0,
    sets: { old: 8, fresh: 5 },
    before: 13,
    then: { old: 0, fresh: 0 },
  },
  {
    rule: 'empties old ones when the present one has all that is wanted',
    replicas: 5,
    sets: { old: 2, fresh: 5 },
    available: 5,
    before: 7,
    then: { old: 0 },
  },
  {
    rule: 'waits with Recreate until one is left',
    replicas: 5,
    type: 'Recreate',
    sets: { old: 2, fresh: 3 },
    before: 5,
    then: {},
  },
];

describe('A new size of a Deployment', () => {
  it.each(cases)('$rule', input => {
    const { replicas, type = 'RollingUpdate', sets, before, then } = input;
    const replicaSets = Object.entries(sets).map(([name, size]) => ({
      ...object('ReplicaSet', name),
      spec: { replicas: size, template: template(name) },
      status: {
        replicas: size,
        ...(name === 'fresh' && { availableReplicas: input.available }),
      },
    }));
    for (const set of replicaSets) {
      set.metadata.annotations = {
        'deployment.kubernetes.io/max-replicas': String(before),
      };
    }
    const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%' };
    const deployment = {
      ...object('Deployment', 'web'),
      spec: {
        replicas,
        strategy: {
          type,
          ...(type === 'RollingUpdate' && { rollingUpdate }),
        },
        template: template('fresh'),
      },
    };
    const plan = planScaling(newRollout(deployment, replicaSets));
    expect(
      Object.fromEntries(
        plan.map(step => [step.set.metadata.name, step.replicas]),
      ),
    ).toEqual(then);
  });
});

function template(app: string) {
  return { metadata: { labels: { app } }, spec: {} };
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
