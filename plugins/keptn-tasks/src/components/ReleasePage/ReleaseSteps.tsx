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

import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReleaseStep } from 'backstage-plugin-keptn-tasks-common';
import { formatAbsoluteTime, formatClockTime } from '../../lib/relativeTime';
import { keptnTasksTranslationRef } from '../../translation';
import { StateChip } from '../StateChip/StateChip';
import styles from './ReleasePage.module.css';

/** What happened to a release, oldest first. */
export function ReleaseSteps(props: { steps: readonly ReleaseStep[] }) {
  const { steps } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (steps.length === 0) {
    return (
      <Text as="p" color="secondary">
        {t('release.noSteps')}
      </Text>
    );
  }
  return (
    <ol className={styles.steps}>
      {steps.map(({ at, state, phase, message }, index) => (
        <li key={index} className={styles.step}>
          <time dateTime={at} title={formatAbsoluteTime(at)}>
            {formatClockTime(at)}
          </time>
          <span>
            <StateChip state={state} />
          </span>
          <span className={styles.stepWords}>
            {[phase && t(`releases.phase.${phase}`), message]
              .filter(Boolean)
              .join(': ') ||
              (index === 0 && t('release.created'))}
          </span>
        </li>
      ))}
    </ol>
  );
}
