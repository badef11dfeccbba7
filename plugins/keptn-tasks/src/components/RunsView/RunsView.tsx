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
import type { DefinitionList } from 'backstage-plugin-keptn-tasks-common';
import { useRunCounts } from '../../hooks/useRunCounts';
import { useListAddress } from '../../hooks/useListAddress';
import { useRuns } from '../../hooks/useRuns';
import { hasFilters } from '../../lib/listFilters';
import { readRunFilters } from '../../lib/runFilters';
import { keptnTasksTranslationRef } from '../../translation';
import { NewRowsButton } from '../HistoryList/NewRowsButton';
import { NoMatch } from '../HistoryList/NoMatch';
import { Pager } from '../HistoryList/Pager';
import { useIsAtTop } from '../HistoryList/useIsAtTop';
import { useSteadyRows } from '../HistoryList/useSteadyRows';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { useTasks } from '../Tasks/TasksContext';
import { NoRuns } from './NoRuns';
import { RunFiltersBar } from './RunFiltersBar';
import { RunsTable } from './RunsTable';
import { useNewerCount } from './useNewerCount';
import styles from '../HistoryList/HistoryList.module.css';

/** What happened: runs, newest first. */
export function RunsView(props: { definitions: DefinitionList | undefined }) {
  const { definitions } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef } = useTasks();
  const { filters, cursor, ...address } = useListAddress(readRunFilters);
  const [topRef, isAtTop] = useIsAtTop();
  const page = useRuns(entityRef, filters, { cursor });
  const counts = useRunCounts(entityRef, filters);
  const newer = useNewerCount(entityRef, filters, cursor !== undefined);
  const steady = useSteadyRows(
    page.data?.items,
    isAtTop || page.stale,
    page.stale ? undefined : filters,
  );

  const clear = hasFilters(filters)
    ? () => address.setFilters({ states: [] })
    : undefined;
  const newCount = cursor ? newer : steady.newCount;
  const showNew = () => {
    steady.showNew();
    if (cursor) address.goNewest();
    topRef.current?.scrollIntoView?.({ block: 'center' });
  };
  return (
    <div className={styles.view}>
      <RunFiltersBar
        filters={filters}
        counts={counts.data}
        definitionNames={definitions?.items.map(({ name }) => name) ?? []}
        targets={definitions?.targets ?? []}
        onChange={address.setFilters}
        onClear={clear}
      />
      {page.error && (
        <QueryProblem
          error={page.error}
          onRetry={page.refresh}
          hasData={!!page.data}
        />
      )}
      <div ref={topRef} />
      {newCount > 0 && (
        <NewRowsButton onShow={showNew}>
          {t('runs.newRuns', { count: newCount })}
        </NewRowsButton>
      )}
      {(page.data || !page.error) && (
        <RunsTable
          runs={steady.rows}
          stale={page.stale}
          showPlace={(definitions?.targets.length ?? 0) > 1}
          emptyState={
            clear ? (
              <NoMatch title={t('runs.noMatchTitle')} onClear={clear} />
            ) : (
              <NoRuns example={definitions?.items[0]} />
            )
          }
        />
      )}
      <Pager
        label={t('runs.paging')}
        onNewer={cursor ? address.goNewer : undefined}
        onOlder={
          page.data?.nextCursor
            ? () => address.goOlder(page.data!.nextCursor!)
            : undefined
        }
      />
    </div>
  );
}
