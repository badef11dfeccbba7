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

import { ToggleButton, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRunFinished,
  type Attempt,
  type RunDetail,
  type RunState,
} from 'backstage-plugin-keptn-tasks-common';
import { useNow } from '../../hooks/useNow';
import { formatDuration } from '../../lib/duration';
import { timelineOf, type TimelineSegment } from '../../lib/timeline';
import { keptnTasksTranslationRef } from '../../translation';
import { StateIcon } from '../StateChip/StateIcon';
import styles from './RunTimeline.module.css';

// So that the shortest step can be seen and pointed at.
const SMALLEST_SHARE = 0.02;

const STATE_OF: Record<Attempt['state'], RunState> = {
  Pending: 'Pending',
  Running: 'Progressing',
  Succeeded: 'Succeeded',
  Failed: 'Failed',
};

/** Where the time went, and the attempts to choose from. */
export function RunTimeline(props: {
  detail: RunDetail;
  attempt: number | undefined;
  onAttempt: (attempt: number) => void;
}) {
  const { detail, attempt, onAttempt } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const underWay = !isRunFinished(detail.run.state);
  const now = useNow(underWay ? 1_000 : undefined);
  const segments = timelineOf(detail, now);
  const several = detail.attempts.length > 1;
  const total = segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const lengthOf = ({ durationMs }: TimelineSegment) =>
    durationMs === 0
      ? t('timeline.lessThanASecond')
      : formatDuration(durationMs);

  const nameOf = ({ step, attempt: number }: TimelineSegment) => {
    const words = t(`timeline.${step}`);
    return several && number !== undefined
      ? t('timeline.attempt', { number: String(number), step: words })
      : words;
  };
  if (segments.length === 0) return null;
  return (
    <section className={styles.timeline} aria-label={t('timeline.label')}>
      {several && (
        <div
          role="group"
          className={styles.attempts}
          aria-label={t('attempts.label')}
        >
          {detail.attempts.map(one => (
            <ToggleButton
              key={one.number}
              isSelected={one.number === attempt}
              onChange={() => onAttempt(one.number)}
              iconStart={<StateIcon state={STATE_OF[one.state]} size={16} />}
              aria-label={t('attempts.withState', {
                number: String(one.number),
                state: attemptWords(one),
              })}
            >
              {t('attempts.attempt', { number: String(one.number) })}
            </ToggleButton>
          ))}
        </div>
      )}
      <div className={styles.bar} aria-hidden>
        {segments.map((segment, index) => (
          <div
            key={index}
            className={styles.segment}
            data-step={segment.step}
            data-failed={segment.failed}
            data-selected={several && segment.attempt === attempt}
            style={{
              flexGrow: Math.max(segment.durationMs, total * SMALLEST_SHARE, 1),
            }}
            title={t('timeline.segment', {
              step: nameOf(segment),
              duration: lengthOf(segment),
            })}
          />
        ))}
      </div>
      <ol className={styles.legend}>
        {segments.map((segment, index) => (
          <li key={index} data-step={segment.step} data-failed={segment.failed}>
            <Text variant="body-small">{nameOf(segment)}</Text>{' '}
            <Text variant="body-small" weight="bold">
              {lengthOf(segment)}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );

  function attemptWords({ state, exitCode }: Attempt): string {
    const words = t(`attemptState.${state}`);
    return exitCode
      ? `${words}, ${t('attempts.exitCode', { code: String(exitCode) })}`
      : words;
  }
}
