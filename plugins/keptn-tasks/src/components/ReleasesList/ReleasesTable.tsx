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

import type { ReactNode } from 'react';
import { Cell, CellText } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { releaseLabel } from '../../lib/releaseNames';
import { endedBecauseOf } from '../../lib/releasePhases';
import { keptnTasksTranslationRef } from '../../translation';
import { ExplainedName } from '../HistoryList/ExplainedName';
import { HistoryTable } from '../HistoryList/HistoryTable';
import { StateChip } from '../StateChip/StateChip';
import { useTasks } from '../Tasks/TasksContext';
import { Elapsed } from '../Time/Elapsed';
import { RelativeTime } from '../Time/RelativeTime';
import styles from '../HistoryList/HistoryList.module.css';

/** Releases as a table; a row leads to its release. */
export function ReleasesTable(props: {
  releases: Release[] | undefined;
  stale: boolean;
  /** There are several places to tell apart. */
  showPlace: boolean;
  emptyState: ReactNode;
}) {
  const { releases, stale, showPlace, emptyState } = props;
  const { paths } = useTasks();
  return (
    <HistoryTable
      rows={releases}
      columnsFor={useColumns(showPlace)}
      hrefOf={release => paths.release(release.id)}
      stale={stale}
      emptyState={emptyState}
    />
  );
}

// What a row has to leave out when there is less room than this many pixels; the most important comes first.
const ROOM_FOR = { duration: 480, kind: 640, where: 800 };

function useColumns(
  showPlace: boolean,
): (width: number) => Array<ColumnConfig<Release>> {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  /** What a release that is not well has to say. */
  const explanation = (release: Release): string | undefined => {
    if (release.state === 'Succeeded') return undefined;
    return release.hold?.message ?? release.message ?? endedBecauseOf(release);
  };
  return width => {
    const narrow = width < ROOM_FOR.duration;
    return [
      {
        id: 'state',
        label: t('releases.column.state'),
        width: 136,
        cell: release => (
          <Cell>
            <StateChip state={release.state} />
          </Cell>
        ),
      },
      {
        id: 'release',
        label: t('releases.column.release'),
        isRowHeader: true,
        width: '1fr',
        minWidth: narrow ? 90 : 180,
        cell: release => (
          <Cell>
            <ExplainedName
              name={releaseLabel(release)}
              explanation={explanation(release)}
            />
          </Cell>
        ),
      },
      {
        id: 'version',
        label: t('releases.column.version'),
        width: narrow ? 90 : 150,
        cell: release => (
          <CellText
            title={release.version}
            description={
              release.attempt > 1
                ? t('releases.attempt', { number: String(release.attempt) })
                : undefined
            }
          />
        ),
      },
      {
        id: 'kind',
        label: t('releases.column.kind'),
        width: 110,
        isHidden: width < ROOM_FOR.kind,
        cell: release => (
          <CellText title={t(`releases.level.${release.kind}`)} />
        ),
      },
      {
        id: 'created',
        label: t('releases.column.created'),
        width: 136,
        isHidden: narrow,
        cell: release => (
          <Cell>
            <RelativeTime at={release.createdAt} className={styles.text} />
          </Cell>
        ),
      },
      {
        id: 'duration',
        label: t('releases.column.duration'),
        width: 100,
        isHidden: narrow,
        cell: release => (
          <Cell>
            <span className={styles.number}>
              <Elapsed
                from={release.startedAt ?? release.createdAt}
                to={release.finishedAt}
              />
            </span>
          </Cell>
        ),
      },
      {
        id: 'where',
        label: t('releases.column.where'),
        width: 170,
        isHidden: !showPlace || width < ROOM_FOR.where,
        cell: release => <CellText title={formatPlace(release)} />,
      },
    ];
  };
}
