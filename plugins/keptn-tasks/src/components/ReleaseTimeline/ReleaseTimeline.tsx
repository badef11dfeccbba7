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

import { useRef } from 'react';
import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isReleaseFinished,
  type ReleaseDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { useElementSize } from '../../hooks/useElementSize';
import { useNow } from '../../hooks/useNow';
import { formatDuration } from '../../lib/duration';
import { formatAbsoluteTime, formatClock } from '../../lib/relativeTime';
import { releaseLabel } from '../../lib/releaseNames';
import { layoutReleaseTimeline } from '../../lib/releaseTimeline';
import { timeTicks } from '../../lib/timeAxis';
import { keptnTasksTranslationRef } from '../../translation';
import { Section } from '../ReleasePage/Section';
import { TimelineLegend } from './TimelineLegend';
import { TimelineLine } from './TimelineLine';
import { TimelineTable } from './TimelineTable';
import styles from './ReleaseTimeline.module.css';

const PIXELS_PER_TICK = 110;
const LEAST_TICKS = 3;
const MOST_TICKS = 12;

/** When what happened: a line for each phase, task and evaluation of a release and of its workloads, on one axis. */
export function ReleaseTimeline(props: { detail: ReleaseDetail }) {
  const { detail } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const ref = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(ref);
  const moves = [detail.release, ...detail.workloads].some(
    one => !isReleaseFinished(one.state) || (one.gatedPods?.count ?? 0) > 0,
  );
  const now = useNow(moves ? 1_000 : undefined);
  const { from, to, rows, earlier } = layoutReleaseTimeline(detail, now);
  const began = new Date(from).toISOString();
  const length = Math.max(1, to - from);
  const room = Math.floor(width / PIXELS_PER_TICK);
  const ticks = timeTicks(
    length,
    Math.min(MOST_TICKS, Math.max(LEAST_TICKS, room)),
  );
  const grid = ticks.length > 1 ? (ticks[1] / length) * 100 : 100;
  const isCut = rows.some(({ bars }) =>
    bars.some(({ cutStart, cutEnd }) => cutStart || cutEnd),
  );
  return (
    <Section title={t('gantt.title')}>
      <div className={styles.chart} ref={ref}>
        <div className={styles.axis} aria-hidden>
          <span className={styles.axisFrom} title={formatAbsoluteTime(began)}>
            {t('gantt.from', { time: formatClock(began).slice(0, 8) })}
          </span>
          <div className={styles.ticks}>
            {ticks.map(tick => (
              <span
                key={tick}
                className={styles.tick}
                data-last={tick / length > 0.94}
                style={{ insetInlineStart: `${(tick / length) * 100}%` }}
              >
                {tick === 0 ? '0' : formatDuration(tick)}
              </span>
            ))}
          </div>
        </div>
        <ol
          className={styles.lines}
          aria-label={t('gantt.chart')}
          style={{ '--grid': `${grid}%` } as React.CSSProperties}
        >
          {rows.map(row => (
            <TimelineLine
              key={row.id}
              row={row}
              from={from}
              to={to}
              now={now}
            />
          ))}
        </ol>
      </div>
      <TimelineLegend rows={rows} />
      {isCut && (
        <Text as="p" variant="body-small" color="secondary">
          {t('gantt.cut')}
        </Text>
      )}
      {earlier.length > 0 && (
        <Text as="p" variant="body-small" color="secondary">
          {t('release.earlier', {
            names: earlier
              .map(one => `${releaseLabel(one)} ${one.version}`)
              .join(', '),
          })}
        </Text>
      )}
      <TimelineTable rows={rows} now={now} />
    </Section>
  );
}
