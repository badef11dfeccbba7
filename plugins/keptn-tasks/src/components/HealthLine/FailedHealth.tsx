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

import { ButtonLink } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { useTasks } from '../Tasks/TasksContext';
import { PermittedButton } from '../Tasks/PermittedButton';
import { RelativeTime } from '../Time/RelativeTime';
import styles from './HealthLine.module.css';

/** What failed, where and why, with the way to its log and to another try. */
export function FailedHealth(props: { run: Run; others: number }) {
  const { run, others } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths, permissions, openRerun } = useTasks();
  const words = {
    task: run.definition.name,
    when: <RelativeTime at={run.finishedAt ?? run.createdAt} />,
    place: formatPlace(run),
  };
  return (
    <>
      <p className={styles.sentence}>
        {run.version
          ? t('health.failedVersion', { ...words, version: run.version })
          : t('health.failed', words)}
        {run.message && <span className={styles.why}>{run.message}</span>}
        {others > 0 && (
          <span className={styles.why}>
            {t('health.others', { count: others })}
          </span>
        )}
      </p>
      <div className={styles.actions}>
        <ButtonLink variant="secondary" href={paths.run(run.id, 'tab=log')}>
          {t('health.openLog')}
        </ButtonLink>
        <PermittedButton
          variant="secondary"
          reasonAgainst={
            permissions.mayRun
              ? undefined
              : t(
                  permissions.loading
                    ? 'permission.checking'
                    : 'permission.run',
                )
          }
          onPress={() => openRerun(run.id)}
        >
          {t('health.runAgain')}
        </PermittedButton>
      </div>
    </>
  );
}
