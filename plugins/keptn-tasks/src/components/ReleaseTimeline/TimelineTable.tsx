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
import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TimelineRow } from '../../lib/timelineRows';
import { keptnTasksTranslationRef } from '../../translation';
import { useTasks } from '../Tasks/TasksContext';
import { useRowWords } from './useRowWords';
import styles from './ReleaseTimeline.module.css';

/** The times of the timeline as a table, for those who cannot see it or want the numbers. */
export function TimelineTable(props: {
  rows: readonly TimelineRow[];
  now: number;
}) {
  const { rows, now } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles.details}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>{t('gantt.table')}</summary>
      {open && (
        // What can be scrolled must be within reach of the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={styles.scroll} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('gantt.column.what')}</th>
                <th scope="col">{t('gantt.column.state')}</th>
                <th scope="col">{t('gantt.column.began')}</th>
                <th scope="col">{t('gantt.column.ended')}</th>
                <th scope="col">{t('gantt.column.took')}</th>
                <th scope="col">{t('gantt.column.spent')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <Line key={row.id} row={row} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function Line(props: { row: TimelineRow; now: number }) {
  const { row, now } = props;
  const wordsOf = useRowWords();
  const { paths } = useTasks();
  const { name, state, began, ended, took, spent } = wordsOf(row, now);
  const runId = row.item?.runId;
  return (
    <tr>
      <th scope="row" data-level={row.level}>
        {runId ? <Link href={paths.run(runId)}>{name}</Link> : name}
      </th>
      <td>{state}</td>
      <td>{began ?? '–'}</td>
      <td>{ended ?? '–'}</td>
      <td>{took ?? '–'}</td>
      <td>{spent.join(', ') || '–'}</td>
    </tr>
  );
}
