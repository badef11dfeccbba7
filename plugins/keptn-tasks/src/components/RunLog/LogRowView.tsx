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
import { parseAnsiLine } from '../../lib/ansi';
import type { LogRow } from '../../lib/logBuffer';
import { formatClock } from '../../lib/relativeTime';
import { keptnTasksTranslationRef } from '../../translation';
import { AnsiText } from './AnsiText';
import styles from './RunLog.module.css';

/** One row of a log: its number, which is a link to it, its time and its text. */
export function LogRowView(props: {
  row: LogRow;
  showTimes: boolean;
  highlight: string;
  isCurrentMatch: boolean;
  isLinked: boolean;
  onLink: (lineNumber: number) => void;
}) {
  const { row, showTimes, highlight, isCurrentMatch, isLinked, onLink } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  if (row.kind === 'gap') {
    return (
      <div className={styles.gap}>{t('log.gap', { count: row.dropped })}</div>
    );
  }
  const lineNumber = row.n + 1;
  return (
    <div
      className={styles.row}
      data-current={isCurrentMatch}
      data-linked={isLinked}
    >
      <a
        className={styles.number}
        href={`#L${lineNumber}`}
        aria-label={t('log.line', { number: String(lineNumber) })}
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onLink(lineNumber);
        }}
      >
        {lineNumber}
      </a>
      {showTimes && (
        <time className={styles.time} dateTime={row.at}>
          {row.at ? formatClock(row.at) : ''}
        </time>
      )}
      <span className={styles.text}>
        <AnsiText
          chunks={parseAnsiLine(row.raw, row.style).chunks}
          highlight={highlight}
        />
      </span>
    </div>
  );
}
