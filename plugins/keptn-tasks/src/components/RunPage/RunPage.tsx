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
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';
import { useRun } from '../../hooks/useRun';
import { keptnTasksTranslationRef } from '../../translation';
import { BackLink } from '../DetailPage/BackLink';
import { DetailPage } from '../DetailPage/DetailPage';
import { LoadingDetail } from '../DetailPage/LoadingDetail';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { useTasks } from '../Tasks/TasksContext';
import { RunChanges } from './RunChanges';
import { RunFacts } from './RunFacts';
import { RunHeading } from './RunHeading';
import { RunOutcome } from './RunOutcome';
import { RunTabs } from './RunTabs';
import { RunTimeline } from './RunTimeline';
import { useRunPageAddress } from './useRunPageAddress';

/** Why did it end as it did? Everything kept of one run. */
export function RunPage(props: { id: string }) {
  const { id } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef, paths } = useTasks();
  const { data, error, loading, refresh } = useRun(id, entityRef);
  return (
    <DetailPage>
      <BackLink href={paths.runs()}>{t('run.back')}</BackLink>
      {loading && <LoadingDetail />}
      {error && (
        <QueryProblem
          error={error}
          onRetry={refresh}
          backTo={paths.runs()}
          hasData={!!data}
        />
      )}
      {data && <LoadedRun detail={data} onChanged={refresh} />}
    </DetailPage>
  );
}

function LoadedRun(props: { detail: RunDetail; onChanged: () => void }) {
  const { detail, onChanged } = props;
  const address = useRunPageAddress(detail);
  return (
    <>
      <RunHeading detail={detail} onChanged={onChanged} />
      <RunOutcome detail={detail} onShowLog={() => address.setTab('log')} />
      <RunFacts detail={detail} onCompare={address.compareWith} />
      <RunTimeline
        detail={detail}
        attempt={address.attempt}
        onAttempt={address.setAttempt}
      />
      <RunChanges
        detail={detail}
        comparison={address.comparison}
        onClose={() => address.compareWith(undefined)}
      />
      <RunTabs detail={detail} address={address} />
    </>
  );
}
