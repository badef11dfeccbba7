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
import { isRunFinished, type Run } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { ExplainedName } from '../HistoryList/ExplainedName';
import { HistoryTable } from '../HistoryList/HistoryTable';
import { StateChip } from '../StateChip/StateChip';
import { useTasks } from '../Tasks/TasksContext';
import { RelativeTime } from '../Time/RelativeTime';
import { RunDuration } from '../Time/RunDuration';
import { actorText } from './actorText';
import styles from '../HistoryList/HistoryList.module.css';

/** Runs as a table; a row leads to its run. */
export function RunsTable(props: {
  runs: Run[] | undefined;
  stale: boolean;
  /** There are several places to tell apart. */
  showPlace: boolean;
  emptyState: ReactNode;
}) {
  const { runs, stale, showPlace, emptyState } = props;
  const { paths } = useTasks();
  return (
    <HistoryTable
      rows={runs}
      columnsFor={useColumns(showPlace)}
      hrefOf={run => paths.run(run.id)}
      stale={stale}
      emptyState={emptyState}
    />
  );
}

// What a row has to leave out when there is less room than this many pixels; the most important comes first.
const ROOM_FOR = {
  duration: 480,
  by: 640,
  version: 760,
  where: 900,
  phase: 1180,
};

function useColumns(
  showPlace: boolean,
): (width: number) => Array<ColumnConfig<Run>> {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  /** What a run that is not well, or has not begun, has to say. */
  const explanation = (run: Run): string | undefined => {
    if (run.state === 'Succeeded' || run.state === 'Progressing') {
      return undefined;
    }
    const words = run.message ?? run.reason;
    if (!words || isRunFinished(run.state)) return words;
    return t('runs.waitsFor', { reason: words });
  };

  return width => {
    const narrow = width < ROOM_FOR.duration;
    const phaseBelowVersion = width < ROOM_FOR.phase;
    return [
      {
        id: 'state',
        label: t('runs.column.state'),
        width: 136,
        cell: run => (
          <Cell>
            <StateChip
              state={run.state}
              cancelRequested={run.cancelRequested}
            />
          </Cell>
        ),
      },
      {
        id: 'task',
        label: t('runs.column.task'),
        isRowHeader: true,
        width: '1fr',
        minWidth: narrow ? 90 : 180,
        cell: run => (
          <Cell>
            <ExplainedName
              name={run.definition.name}
              explanation={explanation(run)}
            />
          </Cell>
        ),
      },
      {
        id: 'version',
        label: t('runs.column.version'),
        width: phaseBelowVersion ? 156 : 96,
        isHidden: width < ROOM_FOR.version,
        cell: run => (
          <CellText
            title={run.version ?? '–'}
            description={
              phaseBelowVersion ? t(`phase.${run.phase}`) : undefined
            }
          />
        ),
      },
      {
        id: 'phase',
        label: t('runs.column.phase'),
        width: 144,
        isHidden: phaseBelowVersion,
        cell: run => <CellText title={t(`phase.${run.phase}`)} />,
      },
      {
        id: 'started',
        label: t('runs.column.started'),
        width: narrow ? 100 : 136,
        cell: run => (
          <Cell>
            <RelativeTime at={run.createdAt} className={styles.text} />
          </Cell>
        ),
      },
      {
        id: 'duration',
        label: t('runs.column.duration'),
        width: 96,
        isHidden: narrow,
        cell: run => (
          <Cell>
            <span className={styles.number}>
              <RunDuration run={run} />
            </span>
          </Cell>
        ),
      },
      {
        id: 'by',
        label: t('runs.column.by'),
        width: 140,
        isHidden: width < ROOM_FOR.by,
        cell: run => <CellText title={actorText(run, t)} />,
      },
      {
        id: 'where',
        label: t('runs.column.where'),
        width: 150,
        isHidden: !showPlace || width < ROOM_FOR.where,
        cell: run => <CellText title={formatPlace(run)} />,
      },
    ];
  };
}
