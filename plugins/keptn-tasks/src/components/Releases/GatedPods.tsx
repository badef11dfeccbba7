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

import { RiPauseCircleLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import { Elapsed } from '../Time/Elapsed';
import styles from './Releases.module.css';

const NAMED = 10;

/** How many Pods wait at their gate, since when, and which. */
export function GatedPods(props: { releases: readonly Release[] }) {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const gated = props.releases.flatMap(({ gatedPods }) =>
    gatedPods && gatedPods.count > 0 ? [gatedPods] : [],
  );
  const count = gated.reduce((total, one) => total + one.count, 0);
  if (count === 0) return null;
  const names = gated.flatMap(one => one.names).slice(0, NAMED);
  const [since] = gated.flatMap(one => (one.since ? [one.since] : [])).sort();
  return (
    <div className={styles.gated}>
      <span className={styles.withIcon}>
        <RiPauseCircleLine size={16} aria-hidden />
        <strong>{t('releases.gated', { count })}</strong>
        {since && (
          <span>
            {t('releases.gatedFor', { duration: <Elapsed from={since} /> })}
          </span>
        )}
      </span>
      <ul className={styles.podNames} aria-label={t('releases.gatedNames')}>
        {names.map(name => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
        {count > names.length && (
          <li>
            {t('releases.andMore', { number: String(count - names.length) })}
          </li>
        )}
      </ul>
    </div>
  );
}
