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
import type { Parameter, RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksTranslationRef } from '../../../translation';
import styles from '../RunPage.module.css';

/** The effective parameters and where each came from. */
export function ParametersTab(props: { detail: RunDetail }) {
  const { run, parameters, secureParameters } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);

  const origin = ({ source, definition = run.definition.name }: Parameter) => {
    if (source === 'run') return t('parameters.fromRun');
    return source === 'definition'
      ? t('parameters.fromDefinition', { name: definition })
      : t('parameters.fromReference', { name: definition });
  };
  return (
    <div className={styles.stack}>
      {parameters.length === 0 ? (
        <Text as="p">{t('parameters.none')}</Text>
      ) : (
        <table className={styles.details} aria-label={t('tabs.parameters')}>
          <thead>
            <tr>
              <th scope="col">{t('parameters.name')}</th>
              <th scope="col">{t('parameters.value')}</th>
              <th scope="col">{t('parameters.source')}</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(parameter => (
              <tr key={parameter.name}>
                <th scope="row">{parameter.name}</th>
                <td>
                  {parameter.value === '' ? (
                    <em>{t('common.empty')}</em>
                  ) : (
                    <code>{parameter.value}</code>
                  )}
                </td>
                <td>{origin(parameter)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {secureParameters && (
        <Text as="p" color="secondary">
          {t('parameters.secret', { name: secureParameters })}
        </Text>
      )}
    </div>
  );
}
