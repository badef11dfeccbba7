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
import { RiRestartLine, RiStopCircleLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRunFinished,
  type RunDetail,
} from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { CopyLinkButton } from '../DetailPage/CopyLinkButton';
import { DetailHeading } from '../DetailPage/DetailHeading';
import { StateChip } from '../StateChip/StateChip';
import { PermittedButton } from '../Tasks/PermittedButton';
import { useTasks } from '../Tasks/TasksContext';
import { useReasonAgainst } from '../Tasks/useReasonAgainst';
import { CancelDialog } from './CancelDialog';

/** What ran, where and for what, and what can be done with it. */
export function RunHeading(props: {
  detail: RunDetail;
  onChanged: () => void;
}) {
  const { run } = props.detail;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { openRerun } = useTasks();
  const [cancelling, setCancelling] = useState(false);
  const mayNotCancel = useReasonAgainst('cancel');
  const mayNotRun = useReasonAgainst('run');
  return (
    <>
      <DetailHeading
        chip={
          <StateChip state={run.state} cancelRequested={run.cancelRequested} />
        }
        title={run.definition.name}
        details={[run.version, t(`phase.${run.phase}`), formatPlace(run)]}
        actions={
          <>
            {!isRunFinished(run.state) && (
              <PermittedButton
                variant="secondary"
                iconStart={<RiStopCircleLine />}
                reasonAgainst={
                  run.cancelRequested ? t('run.cancelRequested') : mayNotCancel
                }
                onPress={() => setCancelling(true)}
              >
                {t('run.cancel')}
              </PermittedButton>
            )}
            <CopyLinkButton />
            <PermittedButton
              variant="primary"
              iconStart={<RiRestartLine />}
              reasonAgainst={mayNotRun}
              onPress={() => openRerun(run.id)}
            >
              {t('run.runAgain')}
            </PermittedButton>
          </>
        }
      />
      {cancelling && (
        <CancelDialog
          run={run}
          onClose={() => setCancelling(false)}
          onCancelled={props.onChanged}
        />
      )}
    </>
  );
}
