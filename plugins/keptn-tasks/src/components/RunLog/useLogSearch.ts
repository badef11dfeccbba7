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

import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { findRows, type LogRow } from '../../lib/logBuffer';

/** A search through a log and where it is. */
export interface LogSearch {
  text: string;
  setText: (text: string) => void;
  /** The searched text as it is marked. */
  highlight: string;
  count: number;
  /** Which of the matches is the current one, from 0. */
  position: number;
  /** Index of the row of the current match. */
  currentMatch?: number;
  next: () => void;
  previous: () => void;
}

/** Finds the rows that contain a text and walks from one to the next, around the end. */
export function useLogSearch(rows: readonly LogRow[]): LogSearch {
  const [text, setSearch] = useState('');
  const [wanted, setWanted] = useState(0);
  const highlight = useDeferredValue(text).trim();
  const found = useMemo(() => findRows(rows, highlight), [rows, highlight]);
  const count = found.length;
  const position = count === 0 ? 0 : ((wanted % count) + count) % count;

  const setText = useCallback((value: string) => {
    setSearch(value);
    setWanted(0);
  }, []);
  const next = useCallback(() => setWanted(position + 1), [position]);
  const previous = useCallback(() => setWanted(position - 1), [position]);
  return {
    text,
    setText,
    highlight,
    count,
    position,
    currentMatch: found[position],
    next,
    previous,
  };
}
