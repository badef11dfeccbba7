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
import type { WorkloadProblem } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './Releases.module.css';

/** What keeps workloads, or a part of their checks, from being looked after. */
export function Problems(props: { problems: readonly WorkloadProblem[] }) {
  const { problems } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (problems.length === 0) return null;
  return (
    <div className={styles.problems}>
      <p className={styles.problemsTitle}>{t('releases.problems')}</p>
      <ul>
        {problems.flatMap(({ kind, name, messages }) =>
          messages.map(message => (
            <li key={`${kind}/${name}/${message}`}>
              <strong>{t('releases.problem', { kind, name })}</strong>:{' '}
              {message}
            </li>
          )),
        )}
      </ul>
    </div>
  );
}
