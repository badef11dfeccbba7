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

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Button } from '@backstage/ui';
import { RiArrowDownLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useLocation, useNavigate } from 'react-router-dom';
import type { LogRow } from '../../lib/logBuffer';
import {
  measureWrapped,
  offsetOf,
  totalHeight,
  visibleRange,
} from '../../lib/virtualRows';
import { keptnTasksTranslationRef } from '../../translation';
import { LogRowView } from './LogRowView';
import { useElementSize } from '../../hooks/useElementSize';
import { useLogScroll } from './useLogScroll';
import styles from './RunLog.module.css';

const ROW_HEIGHT_PX = 20;
const CHARACTER_WIDTH_PX = 7.3;
const NUMBER_COLUMN_PX = 72;
const TIME_COLUMN_PX = 104;

/** The rows of a log that can be seen, of as many as there are. */
export function LogList(props: {
  rows: readonly LogRow[];
  label: string;
  live: boolean;
  wrap: boolean;
  showTimes: boolean;
  highlight: string;
  /** Index of the row of the current match. */
  currentMatch?: number;
}) {
  const { rows, label, live, wrap, showTimes, highlight, currentMatch } = props;
  const { t } = useTranslationRef(keptnTasksTranslationRef);
  const ref = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(ref);
  const [linkedLine, linkTo] = useLinkedLine();

  const offsets = useMemo(() => {
    if (!wrap) return { rowHeight: ROW_HEIGHT_PX, count: rows.length };
    const gutter = NUMBER_COLUMN_PX + (showTimes ? TIME_COLUMN_PX : 0);
    const columns = Math.floor((width - gutter) / CHARACTER_WIDTH_PX);
    const lengths = rows.map(row =>
      row.kind === 'line' ? row.plain.length : 1,
    );
    return measureWrapped(lengths, columns, ROW_HEIGHT_PX);
  }, [rows, wrap, showTimes, width]);

  const total = totalHeight(offsets);
  const scroll = useLogScroll(ref, total, linkedLine === undefined);
  const { scrollTo } = scroll;

  useEffect(() => {
    if (currentMatch !== undefined) scrollTo(offsetOf(offsets, currentMatch));
    // Only when another match is chosen, not when the list grows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [currentMatch, scrollTo]);

  const linkedIndex =
    linkedLine === undefined
      ? -1
      : rows.findIndex(row => row.kind === 'line' && row.n + 1 === linkedLine);
  useEffect(() => {
    if (linkedIndex >= 0) scrollTo(offsetOf(offsets, linkedIndex));
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [linkedIndex, scrollTo]);

  const [first, last] = visibleRange(offsets, scroll.scrollTop, height);
  return (
    <div className={styles.frame}>
      <div
        ref={ref}
        role="region"
        aria-label={label}
        // What can be scrolled must be within reach of the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={styles.list}
        data-wrap={wrap}
        onScroll={scroll.onScroll}
      >
        <div className={styles.canvas} style={{ height: total }}>
          <div
            className={styles.window}
            style={{ transform: `translateY(${offsetOf(offsets, first)}px)` }}
          >
            {rows.slice(first, last).map((row, index) => (
              <LogRowView
                key={`${row.kind}/${row.n}`}
                row={row}
                showTimes={showTimes}
                highlight={highlight}
                isCurrentMatch={first + index === currentMatch}
                isLinked={first + index === linkedIndex}
                onLink={linkTo}
              />
            ))}
          </div>
        </div>
      </div>
      {!scroll.atEnd && (
        <div className={styles.jump}>
          <Button iconStart={<RiArrowDownLine />} onPress={scroll.jumpToEnd}>
            {t(live ? 'log.jumpToLive' : 'log.jumpToEnd')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The line that the address points at (`#L12`), and how to point at another. */
function useLinkedLine(): [number | undefined, (line: number) => void] {
  const { hash, search } = useLocation();
  const navigate = useNavigate();
  const match = /^#L(\d+)$/.exec(hash);
  const linkTo = useCallback(
    (line: number) =>
      navigate(
        { search, hash: `L${line}` },
        { replace: true, preventScrollReset: true },
      ),
    [navigate, search],
  );
  return [match ? Number(match[1]) : undefined, linkTo];
}
