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
import { keptnTasksTranslationRef } from '../../translation';
import { PermittedButton } from './PermittedButton';
import { useTasks } from './TasksContext';
import { useReasonAgainst } from './useReasonAgainst';

/** What can be done about a run that is to blame: read its log, try again. */
export function RunActions(props: {
  runId: string;
  /** It has not ended, so there is nothing to try again. */
  logOnly?: boolean;
}) {
  const { runId, logOnly } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { paths, openRerun } = useTasks();
  const reasonAgainst = useReasonAgainst('run');
  return (
    <>
      <ButtonLink variant="secondary" href={paths.run(runId, 'tab=log')}>
        {t('health.openLog')}
      </ButtonLink>
      {!logOnly && (
        <PermittedButton
          variant="secondary"
          reasonAgainst={reasonAgainst}
          onPress={() => openRerun(runId)}
        >
          {t('health.runAgain')}
        </PermittedButton>
      )}
    </>
  );
}
