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
import type { RecentRun } from 'backstage-plugin-keptn-tasks-common';
import { formatDuration } from '../../lib/duration';
import { sparklineBars, summarizeRecentRuns } from '../../lib/sparkline';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './Sparkline.module.css';

const BAR_WIDTH = 5;
const STEP = 7;
const HEIGHT = 28;
// Failures carry a mark above the bar: colour is not everybody's.
const MARK_ROOM = 7;
const SLOTS = 20;

/** Durations of the last runs as bars, oldest first, with the failures marked. */
export function Sparkline(props: { runs: readonly RecentRun[] }) {
  const { runs } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { count, failed, shortestMs, longestMs } = summarizeRecentRuns(runs);
  const counts =
    count === 0
      ? t('tasks.history.none')
      : t('tasks.history.label', { count, failed: String(failed) });
  const label =
    shortestMs === undefined
      ? counts
      : t('tasks.history.durations', {
          counts,
          shortest: formatDuration(shortestMs),
          longest: formatDuration(longestMs),
        });
  const first = SLOTS - count;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.sparkline}
      width={SLOTS * STEP}
      height={HEIGHT}
      viewBox={`0 0 ${SLOTS * STEP} ${HEIGHT}`}
    >
      <title>{label}</title>
      <line
        className={styles.base}
        x1={0}
        x2={SLOTS * STEP}
        y1={HEIGHT - 0.5}
        y2={HEIGHT - 0.5}
      />
      {sparklineBars(runs).map((bar, index) => {
        const x = (first + index) * STEP;
        const height = bar.height * (HEIGHT - MARK_ROOM);
        return (
          <g key={bar.id} data-state={bar.state} className={styles.bar}>
            <rect
              x={x}
              y={HEIGHT - height}
              width={BAR_WIDTH}
              height={height}
              rx={1}
            />
            {bar.state === 'Failed' && (
              <path
                d={`M${x} ${HEIGHT - height - 6}l5 5m0 -5l-5 5`}
                className={styles.mark}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
