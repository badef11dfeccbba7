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
import { shortHash, type RunDifference } from '../../lib/compareRuns';
import { keptnTasksTranslationRef } from '../../translation';
import styles from './ChangesTable.module.css';

/** What was, and what is instead. */
export function ChangesTable(props: {
  differences: readonly RunDifference[];
  label: string;
}) {
  const { differences, label } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('changes.what')}</th>
            <th scope="col">{t('changes.before')}</th>
            <th scope="col">{t('changes.after')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(difference => (
            <tr key={`${difference.kind}/${nameOf(difference)}`}>
              <th scope="row">
                {difference.kind === 'parameter'
                  ? difference.name
                  : t(`changes.${difference.kind}`)}
              </th>
              <td>
                <Value difference={difference} value={difference.before} />
              </td>
              <td>
                <Value difference={difference} value={difference.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(difference: RunDifference): string {
  return difference.kind === 'parameter' ? difference.name : '';
}

function Value(props: { difference: RunDifference; value?: string }) {
  const { difference, value } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (value === undefined) return <em>{t('common.notSet')}</em>;
  if (value === '') return <em>{t('common.empty')}</em>;
  return (
    <code>{difference.kind === 'definition' ? shortHash(value) : value}</code>
  );
}
