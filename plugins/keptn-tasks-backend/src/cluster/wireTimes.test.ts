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

import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { reviveTimes } from './wireTimes';

const AT = '2026-01-01T10:00:00Z';
const fromWire = <T>(object: unknown): T => JSON.parse(JSON.stringify(object));

it('turns the times of a Job into dates', () => {
  const job = reviveTimes(
    'Job',
    fromWire<V1Job>({
      metadata: { creationTimestamp: AT, deletionTimestamp: null },
      status: {
        startTime: AT,
        completionTime: AT,
        conditions: [{ type: 'Complete', lastTransitionTime: AT }],
      },
    }),
  );
  expect(job.metadata).toEqual({ creationTimestamp: new Date(AT) });
  expect(job.status).toEqual({
    startTime: new Date(AT),
    completionTime: new Date(AT),
    conditions: [{ type: 'Complete', lastTransitionTime: new Date(AT) }],
  });
});

it('turns the times of containers into dates, also of those that never started', () => {
  const pod = reviveTimes(
    'Pod',
    fromWire<V1Pod>({
      status: {
        containerStatuses: [
          { state: { running: { startedAt: AT } } },
          { state: { terminated: { startedAt: null, finishedAt: AT } } },
          { state: { waiting: { reason: 'ErrImagePull' } } },
        ],
      },
    }),
  );
  expect(pod.status!.containerStatuses!.map(({ state }) => state)).toEqual([
    { running: { startedAt: new Date(AT) } },
    { terminated: { finishedAt: new Date(AT) } },
    { waiting: { reason: 'ErrImagePull' } },
  ]);
});

it('leaves the times of tasks and Leases as they are written', () => {
  const status = { startTime: AT };
  expect(
    reviveTimes('KeptnTask', fromWire({ metadata: {}, status })),
  ).toMatchObject({ status });
  const spec = { renewTime: '2026-01-01T10:00:00.123456Z' };
  expect(reviveTimes('Lease', fromWire({ metadata: {}, spec }))).toMatchObject({
    spec,
  });
});
