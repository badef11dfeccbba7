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

import { useRef, type ReactNode } from 'react';
import { Box, Table } from '@backstage/ui';
import type { ColumnConfig } from '@backstage/ui';
import { useElementSize } from '../../hooks/useElementSize';
import styles from './HistoryList.module.css';

/** A page of what has happened as a table; a row leads to the page about it. */
export function HistoryTable<T extends { id: string }>(props: {
  /** Undefined while they are being fetched. */
  rows: T[] | undefined;
  /** The columns that there is room for in so many pixels. */
  columnsFor: (width: number) => Array<ColumnConfig<T>>;
  hrefOf: (row: T) => string;
  stale: boolean;
  emptyState: ReactNode;
}) {
  const { rows, columnsFor, hrefOf, stale, emptyState } = props;
  const ref = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(ref);
  return (
    <Box bg="neutral" className={styles.table} ref={ref}>
      <Table
        columnConfig={columnsFor(width)}
        data={rows}
        isPending={rows === undefined}
        isStale={stale}
        pagination={{ type: 'none' }}
        rowConfig={{ getHref: hrefOf }}
        emptyState={emptyState}
      />
    </Box>
  );
}
