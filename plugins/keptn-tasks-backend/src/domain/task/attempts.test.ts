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
  aJob,
  aPod,
  at,
  endedWith,
  podStatus,
} from '../__testUtils__/builders';
import { attempts, inOrder, isPodFinished } from './attempts';
import { taskContainerName } from './taskContainer';

const first = aPod({ metadata: { name: 'first' }, status: endedWith(3) });
const second = aPod({
  metadata: { name: 'second', creationTimestamp: at(20) },
  status: podStatus('Running', { running: { startedAt: at(21) } }),
});

describe('attempts', () => {
  it('are the Pods in the order in which they were made', () => {
    expect(attempts([second, first])).toEqual([
      {
        number: 1,
        state: 'Failed',
        podName: 'first',
        nodeName: 'node-1',
        exitCode: 3,
        reason: 'Error',
        createdAt: at(2).toISOString(),
        startedAt: at(3).toISOString(),
        finishedAt: at(5).toISOString(),
      },
      {
        number: 2,
        state: 'Running',
        podName: 'second',
        nodeName: 'node-1',
        createdAt: at(20).toISOString(),
        startedAt: at(21).toISOString(),
      },
    ]);
  });

  it('keep their numbers when earlier Pods are gone', () => {
    const known = [
      { number: 1, podName: 'gone' },
      { number: 2, podName: 'first' },
    ];
    expect(
      attempts([first, second], known).map(a => [a.podName, a.number]),
    ).toEqual([
      ['first', 2],
      ['second', 3],
    ]);
  });

  it.each([
    [
      'Pending',
      podStatus('Pending', { waiting: { reason: 'ContainerCreating' } }),
    ],
    ['Pending', { phase: 'Pending' }],
    ['Running', podStatus('Running', { running: {} })],
    // The container has ended; the kubelet tells the Pod's phase a moment later.
    ['Failed', podStatus('Running', { terminated: { exitCode: 1 } })],
    ['Succeeded', podStatus('Running', { terminated: { exitCode: 0 } })],
    ['Succeeded', endedWith(0)],
    ['Failed', { phase: 'Failed', reason: 'Evicted' }],
  ])('are %s with %j', (state, status) => {
    const pod = aPod({ status });
    expect(attempts([pod])).toMatchObject([{ state }]);
    expect(isPodFinished(pod)).toBe(
      state === 'Failed' || state === 'Succeeded',
    );
  });

  it('go on in place in Pods that restart their container', () => {
    const pod = aPod({
      spec: { restartPolicy: 'OnFailure' },
      status: podStatus('Running', { terminated: { exitCode: 1 } }),
    });
    expect(attempts([pod])).toMatchObject([{ state: 'Running' }]);
  });

  it('did not start when the container never did', () => {
    const pod = aPod({
      status: endedWith(128, { reason: 'StartError', startedAt: new Date(0) }),
    });
    expect(attempts([pod])[0].startedAt).toBeUndefined();
  });

  it('are told by the container of the task, whatever else is in the Pod', () => {
    const containers = [
      { name: 'proxy', image: 'p' },
      { name: 'keptn-function-runner', image: 'i' },
    ];
    const status = endedWith(4);
    status!.containerStatuses!.unshift({
      ...status!.containerStatuses![0],
      name: 'proxy',
      state: { terminated: { exitCode: 0 } },
    });
    const pod = aPod({ spec: { containers }, status });
    expect(attempts([pod], [], aJob())).toMatchObject([{ exitCode: 4 }]);
    expect(taskContainerName(pod, aJob())).toBe('keptn-function-runner');
  });

  it('keeps the order of what is recorded among Pods of one second', () => {
    const made = { creationTimestamp: new Date('2026-01-01T00:00:00Z') };
    const earlier = aPod({ metadata: { name: 'job-z', ...made } });
    const later = aPod({ metadata: { name: 'job-a', ...made } });
    const known = [
      { number: 1, podName: 'job-z' },
      { number: 2, podName: 'job-a' },
    ];
    expect(inOrder([later, earlier], known)).toEqual([earlier, later]);
    expect(inOrder([later, earlier], known.slice(0, 1))).toEqual([
      earlier,
      later,
    ]);
  });
});
