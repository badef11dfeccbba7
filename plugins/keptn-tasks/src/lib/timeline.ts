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

import type { Attempt, RunDetail } from 'backstage-plugin-keptn-tasks-common';

/** What a run was doing for some time. */
export type TimelineStep =
  | 'queued'
  | 'job'
  | 'starting'
  | 'running'
  | 'waiting';

/** A stretch of a run. */
export interface TimelineSegment {
  step: TimelineStep;
  /** Number of the attempt it belongs to. */
  attempt?: number;
  failed: boolean;
  /** When it began, in milliseconds. */
  from: number;
  durationMs: number;
}

/**
 * Where the time of a run went: waiting for its Job, for its Pod, for its image, running, and waiting between
 * attempts. A step under way lasts until `now`; steps whose times were not kept are left out.
 */
export function timelineOf(
  { run, attempts }: Pick<RunDetail, 'run' | 'attempts'>,
  now: number,
): TimelineSegment[] {
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  const at = (time?: string) => (time ? Date.parse(time) : undefined);
  const segments: TimelineSegment[] = [];
  const add = (
    step: TimelineStep,
    from: number | undefined,
    to: number | undefined,
    attempt?: Attempt,
  ) => {
    if (from === undefined || to === undefined) return;
    // Pods keep whole seconds: something that ran for less has run all the same, and must not vanish.
    if (to <= from && step !== 'running') return;
    const failed = attempt?.state === 'Failed';
    segments.push({
      step,
      attempt: attempt?.number,
      failed,
      from,
      durationMs: Math.max(0, to - from),
    });
  };

  const started = at(run.startedAt);
  const ordered = [...attempts].sort((a, b) => a.number - b.number);
  add('queued', at(run.createdAt), started ?? end);
  add('job', started, at(ordered[0]?.createdAt) ?? end);
  ordered.forEach((attempt, index) => {
    const attemptEnd = at(attempt.finishedAt) ?? end;
    const containerStart = at(attempt.startedAt);
    add(
      'starting',
      at(attempt.createdAt),
      containerStart ?? attemptEnd,
      attempt,
    );
    add('running', containerStart, attemptEnd, attempt);
    add('waiting', at(attempt.finishedAt), at(ordered[index + 1]?.createdAt));
  });
  return segments;
}
