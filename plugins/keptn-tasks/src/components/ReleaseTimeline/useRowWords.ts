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

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatDuration } from '../../lib/duration';
import { formatClock } from '../../lib/relativeTime';
import { releaseLabel } from '../../lib/releaseNames';
import type { TimelineBar, TimelineRow } from '../../lib/timelineRows';
import { keptnTasksTranslationRef } from '../../translation';

/** What a line of the timeline says in words. */
export interface RowWords {
  /** What it is about. */
  name: string;
  state: string;
  /** When it began, to the second; undefined when it has not. */
  began?: string;
  ended?: string;
  took?: string;
  /** State, beginning and duration in one. */
  when: string;
  /** What the time was spent with. */
  spent: string[];
}

/** Puts lines of the timeline into words. */
export function useRowWords(): (row: TimelineRow, now: number) => RowWords {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const nameOf = ({ level, release, phase, item }: TimelineRow): string => {
    if (level === 'item') return item!.definition;
    if (level === 'phase') return t(`releases.phase.${phase!.name}`);
    const kind = t(`releases.level.${release.kind}`);
    return `${kind} ${releaseLabel(release)} ${release.version}`;
  };
  const stepOf = (bar: TimelineBar, several: boolean): string => {
    const step = t(`gantt.step.${bar.step}`);
    const words =
      several && bar.attempt !== undefined
        ? t('gantt.attempt', { number: String(bar.attempt), step })
        : step;
    return t('gantt.bar', {
      step: words,
      duration: formatDuration(bar.to - bar.from),
    });
  };
  return (row, now) => {
    const { from, to, bars, state } = row;
    const several = bars.some(({ attempt = 1 }) => attempt > 1);
    const clock = (at: number | undefined) =>
      at === undefined
        ? undefined
        : formatClock(new Date(at).toISOString()).slice(0, 8);
    const open = state === 'Pending' || state === 'Progressing';
    const began = clock(from);
    const took =
      from === undefined || (to === undefined && !open)
        ? undefined
        : formatDuration((to ?? now) - from);
    const words = t(`state.${state}`);
    return {
      name: nameOf(row),
      state: words,
      began,
      ended: clock(to),
      took,
      when: [
        words,
        began ? t('gantt.started', { time: began }) : t('gantt.notBegun'),
        took,
      ]
        .filter(Boolean)
        .join(' · '),
      spent: bars
        .filter(
          ({ step, cutStart, cutEnd }) =>
            // What was cut is longer than it looks.
            step !== 'span' && !cutStart && !cutEnd,
        )
        .map(bar => stepOf(bar, several)),
    };
  };
}
