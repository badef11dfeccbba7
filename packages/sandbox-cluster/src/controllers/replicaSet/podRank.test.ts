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
import { leastUsefulFirst } from './podRank';

interface Given {
  node?: boolean;
  phase?: string;
  readySince?: string;
  created?: string;
  cost?: string;
  restarts?: number;
}

const EARLY = '2026-01-01T00:00:00Z';
const LATE = '2026-01-01T00:10:00Z';
const ready = { readySince: EARLY };

const cases: Array<[rule: string, goes: Given, stays: Given]> = [
  ['without a node before with one', { node: false }, {}],
  ['pending before running', { phase: 'Pending' }, {}],
  ['not ready before ready', {}, ready],
  ['cheaper before dearer', { ...ready, cost: '-5' }, ready],
  ['ready later before ready earlier', { readySince: LATE }, ready],
  [
    'restarted more often before less often',
    { ...ready, restarts: 3 },
    { ...ready, restarts: 1 },
  ],
  ['younger before older', { ...ready, created: LATE }, ready],
  [
    'pending before running, whatever it costs',
    { phase: 'Pending', cost: '9' },
    { cost: '-9' },
  ],
];

describe('A ReplicaSet gives up a Pod', () => {
  it.each(cases)('%s', (_, goes, stays) => {
    const pods = [pod('stays', stays), pod('goes', goes)];
    const names = leastUsefulFirst(pods).map(({ metadata }) => metadata.name);
    expect(names).toEqual(['goes', 'stays']);
  });
});

function pod(name: string, given: Given): KubeObject {
  const { node = true, phase = 'Running', created = EARLY } = given;
  const { readySince, cost, restarts = 0 } = given;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: created,
      ...(cost && {
        annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost },
      }),
    },
    spec: { ...(node && { nodeName: 'sandbox' }) },
    status: {
      phase,
      conditions: readySince
        ? [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }]
        : [],
      containerStatuses: [{ restartCount: restarts }],
    },
  };
}
