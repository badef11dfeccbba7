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
import type { BarStep, TimelineRow } from '../../lib/timelineRows';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './ReleaseTimeline.module.css';

const STEPS: readonly BarStep[] = [
  'gated',
  'waiting',
  'queued',
  'starting',
  'running',
  'deploying',
];

/** What the shades mean, as far as they appear. */
export function TimelineLegend(props: { rows: readonly TimelineRow[] }) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const bars = props.rows.flatMap(row => row.bars);
  const used = STEPS.filter(step => bars.some(bar => bar.step === step));
  const failed = bars.some(bar => bar.failed);
  return (
    <ul className={styles.legend} aria-hidden>
      {used.map(step => (
        <li key={step}>
          <span className={styles.swatch} data-step={step} />
          {t(`gantt.step.${step}`)}
        </li>
      ))}
      {failed && (
        <li>
          <span className={styles.swatch} data-step="running" data-failed />
          {t('gantt.failed')}
        </li>
      )}
    </ul>
  );
}
