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
  Release,
  ReleaseDetail,
} from 'backstage-plugin-keptn-tasks-common';
import {
  beginOf,
  rowsOf,
  type BarStep,
  type TimelineBar,
  type TimelineRow,
} from './timelineRows';

/** Everything of a release on one axis. */
export interface ReleaseTimeline {
  from: number;
  to: number;
  rows: TimelineRow[];
  /** Workloads that were deployed in an earlier version of the app already. */
  earlier: Release[];
}

const ACTIVE: ReadonlySet<BarStep> = new Set<BarStep>([
  'starting',
  'running',
  'deploying',
]);

// Of time in which something only waits, so much is shown around what happened, so that short tasks stay visible.
const WAITING_SHARE = 0.3;
const WAITING_LEAST_MS = 5_000;

/**
 * Lays a release and its workloads out in time. What goes on lasts until `now`. Long waits before the first and after
 * the last thing that happened are cut off, since a task of ten seconds could not be seen beside a night of waiting.
 */
export function layoutReleaseTimeline(
  {
    release,
    workloads,
    runs,
  }: Pick<ReleaseDetail, 'release' | 'workloads' | 'runs'>,
  now: number,
): ReleaseTimeline {
  const began = beginOf(release);
  const isEarlier = (one: Release) =>
    one.finishedAt !== undefined && Date.parse(one.finishedAt) < began;
  const parts = workloads.filter(one => !isEarlier(one));
  const rows = [release, ...parts].flatMap(one => rowsOf(one, runs, now));
  const { from, to } = axisOf(rows, began);
  return {
    from,
    to,
    rows: rows.map(row => ({ ...row, bars: cut(row.bars, from, to) })),
    earlier: workloads.filter(isEarlier),
  };
}

function axisOf(rows: TimelineRow[], began: number) {
  const bars = rows.flatMap(row => row.bars);
  const first = Math.min(began, ...bars.map(({ from }) => from));
  const last = Math.max(first + 1_000, ...bars.map(({ to }) => to));
  const active = bars.filter(({ step }) => ACTIVE.has(step));
  if (active.length === 0) return { from: first, to: last };
  const begins = Math.min(...active.map(({ from }) => from));
  const ends = Math.max(...active.map(({ to }) => to));
  const around = Math.max((ends - begins) * WAITING_SHARE, WAITING_LEAST_MS);
  return {
    from: Math.max(first, begins - around),
    to: Math.min(last, ends + around),
  };
}

function cut(bars: TimelineBar[], from: number, to: number): TimelineBar[] {
  return bars
    .filter(one => one.to >= from && one.from <= to)
    .map(one => ({
      ...one,
      from: Math.max(one.from, from),
      to: Math.min(one.to, to),
      ...(one.from < from && { cutStart: true }),
      ...(one.to > to && { cutEnd: true }),
    }));
}
