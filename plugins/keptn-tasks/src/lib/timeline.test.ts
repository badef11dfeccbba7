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

import { aRun } from '../__testUtils__/builders';
import { timelineOf } from './timeline';

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 0, 1, 10) + seconds * 1_000).toISOString();

describe('timelineOf', () => {
  it('tells where the time of two attempts went', () => {
    const run = aRun({
      createdAt: at(0),
      startedAt: at(1),
      finishedAt: at(20),
    });
    const attempts = [
      {
        number: 1,
        state: 'Failed' as const,
        createdAt: at(2),
        startedAt: at(4),
        finishedAt: at(8),
      },
      {
        number: 2,
        state: 'Succeeded' as const,
        createdAt: at(10),
        startedAt: at(12),
        finishedAt: at(20),
      },
    ];
    const steps = timelineOf({ run, attempts }, 0).map(
      ({ step, attempt, failed, durationMs }) => [
        step,
        attempt,
        failed,
        durationMs / 1_000,
      ],
    );
    expect(steps).toEqual([
      ['queued', undefined, false, 1],
      ['job', undefined, false, 1],
      ['starting', 1, true, 2],
      ['running', 1, true, 4],
      ['waiting', undefined, false, 2],
      ['starting', 2, false, 2],
      ['running', 2, false, 8],
    ]);
  });

  it('shows that something ran although it took less than the second that Pods count in', () => {
    const run = aRun({
      createdAt: at(1.4),
      startedAt: at(1.5),
      finishedAt: at(2.3),
    });
    const times = { createdAt: at(1), startedAt: at(2), finishedAt: at(2) };
    const attempts = [{ number: 1, state: 'Succeeded' as const, ...times }];
    expect(
      timelineOf({ run, attempts }, 0).map(({ step, durationMs }) => [
        step,
        durationMs,
      ]),
    ).toEqual([
      ['queued', 100],
      ['starting', 1_000],
      ['running', 0],
    ]);
  });

  it('lets the step under way last until now', () => {
    const run = aRun({
      state: 'Pending',
      createdAt: at(0),
      startedAt: undefined,
      finishedAt: undefined,
    });
    expect(timelineOf({ run, attempts: [] }, Date.parse(at(7)))).toEqual([
      {
        step: 'queued',
        attempt: undefined,
        failed: false,
        from: Date.parse(at(0)),
        durationMs: 7_000,
      },
    ]);
  });
});
