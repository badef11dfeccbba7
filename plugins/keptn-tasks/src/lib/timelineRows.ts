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
  isReleaseFinished,
  type Release,
  type ReleaseDetail,
  type ReleaseItem,
  type ReleasePhase,
  type ReleaseState,
} from 'backstage-plugin-keptn-tasks-common';
import { shownPhases } from './releasePhases';
import { timelineOf, type TimelineStep } from './timeline';

/** What a stretch of time was spent with. */
export type BarStep =
  /** The whole of a release or of a phase. */
  | 'span'
  /** Pods wait at their gate. */
  | 'gated'
  /** Something that it needs is not there yet, or the next attempt is due later. */
  | 'waiting'
  | 'queued'
  | 'starting'
  | 'running'
  | 'deploying';

/** A stretch of time, in milliseconds. */
export interface TimelineBar {
  step: BarStep;
  from: number;
  to: number;
  /** Number of the attempt of a task. */
  attempt?: number;
  failed: boolean;
  /** It began before, or went on after, what the axis shows. */
  cutStart?: boolean;
  cutEnd?: boolean;
}

/** One line: a release, a phase of it, or a task or evaluation of that. */
export interface TimelineRow {
  id: string;
  level: 'release' | 'phase' | 'item';
  release: Release;
  phase?: ReleasePhase;
  item?: ReleaseItem;
  state: ReleaseState;
  /** When it began; undefined when it has not. */
  from?: number;
  /** When it ended; undefined while it goes on. */
  to?: number;
  bars: TimelineBar[];
}

type Runs = ReleaseDetail['runs'];

/** The lines of one release, in the order of its phases. */
export function rowsOf(
  release: Release,
  runs: Runs,
  now: number,
): TimelineRow[] {
  const from = beginOf(release);
  const to = timeOf(release.finishedAt);
  const { state } = release;
  return [
    {
      id: release.id,
      level: 'release',
      release,
      state,
      from,
      to,
      bars: [bar('span', from, to ?? now, state === 'Failed')],
    },
    ...shownPhases(release).flatMap(phase => [
      phaseRow(release, phase, now),
      ...phase.items.map((item, index) =>
        itemRow({ release, phase, item, index }, runs, now),
      ),
    ]),
  ];
}

function phaseRow(
  release: Release,
  phase: ReleasePhase,
  now: number,
): TimelineRow {
  const from = timeOf(phase.startedAt);
  const to = timeOf(phase.finishedAt);
  const failed = phase.state === 'Failed';
  const bars: TimelineBar[] = [];
  if (phase.name === 'deployment') bars.push(...gateBars(release, from, now));
  if (from !== undefined) {
    const step = phase.name === 'deployment' ? 'deploying' : 'span';
    const end = to ?? (isReleaseFinished(phase.state) ? from : now);
    bars.push(bar(step, from, end, failed));
  }
  return {
    id: `${release.id}/${phase.name}`,
    level: 'phase',
    release,
    phase,
    state: phase.state,
    from: bars[0]?.from,
    to,
    bars,
  };
}

/** How long the Pods of a workload wait at their gate. */
function gateBars(
  release: Release,
  deployed: number | undefined,
  now: number,
): TimelineBar[] {
  if (release.kind !== 'workload') return [];
  const { gatedPods, gateReleased, finishedAt } = release;
  const stillGated = (gatedPods?.count ?? 0) > 0;
  const from = timeOf(gatedPods?.since) ?? beginOf(release);
  const opened = deployed ?? timeOf(gateReleased?.at);
  const until = opened ?? (stillGated ? now : timeOf(finishedAt) ?? now);
  // A version without checks goes through within a moment, which is no waiting.
  return until - from >= 1_000 ? [bar('gated', from, until, false)] : [];
}

const STEP_OF: Record<TimelineStep, BarStep> = {
  queued: 'queued',
  job: 'starting',
  starting: 'starting',
  running: 'running',
  waiting: 'waiting',
};

function itemRow(
  one: {
    release: Release;
    phase: ReleasePhase;
    item: ReleaseItem;
    index: number;
  },
  runs: Runs,
  now: number,
): TimelineRow {
  const { release, phase, item, index } = one;
  const found = runs.find(
    ({ run }) => run.id === item.runId || run.taskName === item.name,
  );
  const bars = found
    ? timelineOf(found, now).map(
        ({ step, from, durationMs, attempt, failed }) => ({
          step: STEP_OF[step],
          from,
          to: from + durationMs,
          attempt,
          failed,
        }),
      )
    : barsWithoutRun(item, phase, now);
  return {
    id: `${release.id}/${phase.name}/${index}`,
    level: 'item',
    release,
    phase,
    item,
    state: item.state,
    from: bars[0]?.from,
    to: timeOf(item.finishedAt) ?? timeOf(found?.run.finishedAt),
    bars,
  };
}

function barsWithoutRun(
  item: ReleaseItem,
  phase: ReleasePhase,
  now: number,
): TimelineBar[] {
  const started = timeOf(item.startedAt);
  const ended = timeOf(item.finishedAt);
  if (started !== undefined) {
    const end = ended ?? (isReleaseFinished(item.state) ? started : now);
    return [bar('running', started, end, item.state === 'Failed')];
  }
  // It was never begun: what it needs is missing.
  const asked = timeOf(phase.startedAt);
  if (asked === undefined || item.state === 'Deprecated') return [];
  const end = ended ?? (item.state === 'Pending' ? now : asked);
  return end > asked
    ? [bar('waiting', asked, end, item.state === 'Failed')]
    : [];
}

/** When a release began, in milliseconds: a repeated version begins with its repetition. */
export function beginOf({ attempt, createdAt, startedAt }: Release): number {
  return Date.parse(attempt > 1 ? startedAt ?? createdAt : createdAt);
}

function bar(
  step: BarStep,
  from: number,
  to: number,
  failed: boolean,
): TimelineBar {
  return { step, from, to: Math.max(from, to), failed };
}

function timeOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
