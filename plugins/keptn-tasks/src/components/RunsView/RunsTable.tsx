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
import { Cell, CellText, Table, useBreakpoint } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isRunFinished, type Run } from 'backstage-plugin-keptn-tasks-common';
import { formatPlace } from '../../lib/place';
import { keptnTasksTranslationRef } from '../../translation';
import { RunStateChip } from '../RunStateChip/RunStateChip';
import { useTasks } from '../Tasks/TasksContext';
import { RelativeTime } from '../Time/RelativeTime';
import { RunDuration } from '../Time/RunDuration';
import { actorText } from './actorText';
import styles from './RunsView.module.css';

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
  const columns = useColumns(showPlace);
  return (
    <div className={styles.table}>
      <Table
        columnConfig={columns}
        data={runs}
        isPending={runs === undefined}
        isStale={stale}
        pagination={{ type: 'none' }}
        rowConfig={{ getHref: run => paths.run(run.id) }}
        emptyState={emptyState}
      />
    </div>
  );
}

function useColumns(showPlace: boolean): Array<ColumnConfig<Run>> {
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const { up } = useBreakpoint();
  const wide = up('lg');
  const medium = up('sm');
  const columns: Array<ColumnConfig<Run>> = [
    {
      id: 'state',
      label: t('runs.column.state'),
      width: 140,
      cell: run => (
        <Cell>
          <RunStateChip
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
      minWidth: 120,
      cell: run => (
        <CellText title={run.definition.name} description={explanation(run)} />
      ),
    },
    {
      id: 'version',
      label: t('runs.column.version'),
      width: 110,
      isHidden: !wide,
      cell: run => <CellText title={run.version ?? '–'} />,
    },
    {
      id: 'phase',
      label: t('runs.column.phase'),
      width: 150,
      isHidden: !wide,
      cell: run => <CellText title={t(`phase.${run.phase}`)} />,
    },
    {
      id: 'started',
      label: t('runs.column.started'),
      width: medium ? 150 : 110,
      cell: run => (
        <Cell>
          <RelativeTime at={run.createdAt} className={styles.text} />
        </Cell>
      ),
    },
    {
      id: 'duration',
      label: t('runs.column.duration'),
      width: 110,
      isHidden: !medium,
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
      width: 170,
      isHidden: !wide,
      cell: run => <CellText title={actorText(run, t)} />,
    },
    {
      id: 'where',
      label: t('runs.column.where'),
      width: 190,
      isHidden: !(wide && showPlace),
      cell: run => <CellText title={formatPlace(run)} />,
    },
  ];
  return columns;

  /** What a run that is not well, or has not begun, has to say. */
  function explanation(run: Run): string | undefined {
    if (run.state === 'Succeeded' || run.state === 'Progressing') {
      return undefined;
    }
    const words = run.message ?? run.reason;
    if (!words || isRunFinished(run.state)) return words;
    return t('runs.waitsFor', { reason: words });
  }
}
