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
import { useListAddress } from '../../hooks/useListAddress';
import { useReleases } from '../../hooks/useReleases';
import { hasFilters } from '../../lib/listFilters';
import { readReleaseFilters } from '../../lib/releaseFilters';
import { keptnTasksTranslationRef } from '../../translation';
import { BackLink } from '../DetailPage/BackLink';
import { NewRowsButton } from '../HistoryList/NewRowsButton';
import { NoMatch } from '../HistoryList/NoMatch';
import { Pager } from '../HistoryList/Pager';
import { useIsAtTop } from '../HistoryList/useIsAtTop';
import { useSteadyRows } from '../HistoryList/useSteadyRows';
import { QueryProblem } from '../QueryProblem/QueryProblem';
import { NoReleases } from '../ReleasesView/NoReleases';
import { useTasks } from '../Tasks/TasksContext';
import { ReleaseFiltersBar } from './ReleaseFiltersBar';
import { ReleasesTable } from './ReleasesTable';
import styles from '../HistoryList/HistoryList.module.css';

/** Every release there has been, newest first. */
export function ReleasesList(props: {
  definitions: DefinitionList | undefined;
}) {
  const { definitions } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { entityRef, paths } = useTasks();
  const { filters, cursor, ...address } = useListAddress(readReleaseFilters);
  const [topRef, isAtTop] = useIsAtTop();
  const page = useReleases(entityRef, filters, cursor);
  const steady = useSteadyRows(
    page.data?.items,
    isAtTop || page.stale,
    page.stale ? undefined : filters,
  );
  const clear = hasFilters(filters)
    ? () => address.setFilters({ states: [] })
    : undefined;
  const targets = definitions?.targets ?? [];
  return (
    <div className={styles.view}>
      <BackLink href={paths.releases}>{t('releases.back')}</BackLink>
      <ReleaseFiltersBar
        filters={filters}
        releases={page.data?.items ?? []}
        targets={targets}
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
      {steady.newCount > 0 && (
        <NewRowsButton onShow={steady.showNew}>
          {t('releases.new', { count: steady.newCount })}
        </NewRowsButton>
      )}
      {(page.data || !page.error) && (
        <ReleasesTable
          releases={steady.rows}
          stale={page.stale}
          showPlace={targets.length > 1}
          emptyState={
            clear ? (
              <NoMatch title={t('releases.noMatchTitle')} onClear={clear} />
            ) : (
              <NoReleases targets={targets} />
            )
          }
        />
      )}
      <Pager
        label={t('releases.paging')}
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
