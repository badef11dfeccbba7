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
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { formatAbsoluteTime, formatClock } from '../../../lib/relativeTime';
import { keptnTasksTranslationRef } from '../../../translation';
import { StateChip } from '../../StateChip/StateChip';
import styles from '../RunPage.module.css';

/** Every step of the run from one state to another, in their order. */
export function EventsTab(props: { detail: RunDetail }) {
  const { transitions } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (transitions.length === 0) return <Text as="p">{t('events.none')}</Text>;
  return (
    <ol className={styles.events} aria-label={t('tabs.events')}>
      {transitions.map(({ at, state, reason, message }, index) => (
        <li key={index} className={styles.event}>
          <time dateTime={at} title={formatAbsoluteTime(at)}>
            {formatClock(at)}
          </time>
          <span>
            <StateChip state={state} />
          </span>
          <span>
            {message}{' '}
            {reason && (
              <Text variant="body-small" color="secondary">
                {reason}
              </Text>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
