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

import { useState } from 'react';
import { Text } from '@backstage/ui';
import { RiLinksLine, RiRestartLine, RiStopCircleLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRunFinished,
  type RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { CopyButton } from '../CopyButton/CopyButton';
import { StateChip } from '../StateChip/StateChip';
import { PermittedButton } from '../Tasks/PermittedButton';
import { useTasks } from '../Tasks/TasksContext';
import { CancelDialog } from './CancelDialog';
import styles from './RunPage.module.css';

/** What ran, where and for what, and what can be done with it. */
export function RunHeading(props: {
  detail: RunDetail;
  onChanged: () => void;
}) {
  const { run } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { permissions, openRerun } = useTasks();
  const [cancelling, setCancelling] = useState(false);
  const details = [run.version, t(`phase.${run.phase}`), formatPlace(run)];

  const against = (allowed: boolean, key: 'run' | 'cancel') => {
    if (allowed) return undefined;
    return t(permissions.loading ? 'permission.checking' : `permission.${key}`);
  };
  return (
    <header className={styles.heading}>
      <div className={styles.title}>
        <StateChip state={run.state} cancelRequested={run.cancelRequested} />
        <Text as="h2" variant="title-small">
          {run.definition.name}
        </Text>
        <Text as="p" variant="body-large" color="secondary">
          {details.filter(Boolean).join(' · ')}
        </Text>
      </div>
      <div className={styles.actions}>
        {!isRunFinished(run.state) && (
          <PermittedButton
            variant="secondary"
            iconStart={<RiStopCircleLine />}
            reasonAgainst={
              run.cancelRequested
                ? t('run.cancelRequested')
                : against(permissions.mayCancel, 'cancel')
            }
            onPress={() => setCancelling(true)}
          >
            {t('run.cancel')}
          </PermittedButton>
        )}
        <CopyButton
          text={() => window.location.href}
          label={t('run.copyLink')}
          copiedLabel={t('run.linkCopied')}
          icon={<RiLinksLine />}
        />
        <PermittedButton
          variant="primary"
          iconStart={<RiRestartLine />}
          reasonAgainst={against(permissions.mayRun, 'run')}
          onPress={() => openRerun(run.id)}
        >
          {t('run.runAgain')}
        </PermittedButton>
      </div>
      {cancelling && (
        <CancelDialog
          run={run}
          onClose={() => setCancelling(false)}
          onCancelled={props.onChanged}
        />
      )}
    </header>
  );
}
