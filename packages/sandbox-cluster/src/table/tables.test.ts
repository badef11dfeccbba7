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

import { KubeObject } from '../ClusterApi';
import { humanDuration } from './duration';
import { jobColumns, podStatus } from './podColumns';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('humanDuration', () => {
  it.each([
    [0, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [9 * minute + 5 * second, '9m5s'],
    [90 * minute, '90m'],
    [3 * hour + 4 * minute, '3h4m'],
    [47 * hour, '47h'],
    [2 * day + 3 * hour, '2d3h'],
    [400 * day, '400d'],
    [3 * 365 * day, '3y'],
  ])('%d ms: %s', (milliseconds, expected) => {
    expect(humanDuration(milliseconds)).toBe(expected);
  });
});

const pod = (status: object, metadata = {}, spec = {}) =>
  ({ metadata, spec, status } as unknown as KubeObject);

describe('podStatus', () => {
  it.each<[string, KubeObject]>([
    ['Pending', pod({ phase: 'Pending' })],
    [
      'Running',
      pod({
        phase: 'Running',
        containerStatuses: [{ ready: true, state: { running: {} } }],
      }),
    ],
    [
      'CrashLoopBackOff',
      pod({
        phase: 'Running',
        containerStatuses: [
          { state: { waiting: { reason: 'CrashLoopBackOff' } } },
        ],
      }),
    ],
    [
      'Completed',
      pod({
        phase: 'Succeeded',
        containerStatuses: [{ state: { terminated: { reason: 'Completed' } } }],
      }),
    ],
    [
      'ExitCode:3',
      pod({
        phase: 'Failed',
        containerStatuses: [{ state: { terminated: { exitCode: 3 } } }],
      }),
    ],
    [
      'Signal:9',
      pod({
        phase: 'Failed',
        containerStatuses: [
          { state: { terminated: { signal: 9, exitCode: 137 } } },
        ],
      }),
    ],
    [
      'Init:0/2',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [{ state: { running: {} } }],
        },
        {},
        { initContainers: [{}, {}] },
      ),
    ],
    ['Terminating', pod({ phase: 'Running' }, { deletionTimestamp: 'x' })],
    [
      'SchedulingGated',
      pod({
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', reason: 'SchedulingGated' }],
      }),
    ],
  ])('%s', (expected, object) => {
    expect(podStatus(object)).toBe(expected);
  });
});

describe('jobColumns', () => {
  it('show how far a Job is', () => {
    const job = {
      metadata: { name: 'j', creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        completions: 2,
        template: { spec: { containers: [{ name: 'a', image: 'i' }] } },
      },
      status: { succeeded: 1, startTime: '2026-01-01T00:00:10Z' },
    } as unknown as KubeObject;
    const now = Date.parse('2026-01-01T00:01:00Z');
    expect(jobColumns.map(({ cell }) => cell(job, now))).toEqual([
      'j',
      'Running',
      '1/2',
      '50s',
      '60s',
      'a',
      'i',
      '<none>',
    ]);
  });
});
