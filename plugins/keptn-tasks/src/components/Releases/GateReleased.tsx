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
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { formatActor } from '../../lib/person';
import { keptnTasksTranslationRef } from '../../translation';
import { RelativeTime } from '../Time/RelativeTime';
import styles from './Releases.module.css';

/** That somebody let the Pods of a workload go, who, when and why. */
export function GateReleased(props: { release: Release }) {
  const { gateReleased } = props.release;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (!gateReleased) return null;
  const { by, reason, at } = gateReleased;
  const when = <RelativeTime at={at} />;
  return (
    <Text as="p" className={styles.wrap}>
      {by
        ? t('releases.gateReleased', { who: formatActor(by), when, reason })
        : t('releases.gateReleasedNobody', { when, reason })}
    </Text>
  );
}
