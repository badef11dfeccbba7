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

import { useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import { writeFilters, type ListFilters } from '../lib/listFilters';

/** What the address says about a list, and how to change it. */
export interface ListAddress<TFilters> {
  filters: TFilters;
  cursor?: string;
  setFilters: (filters: TFilters) => void;
  goOlder: (cursor: string) => void;
  goNewer: () => void;
  goNewest: () => void;
}

/**
 * Keeps filters and page in the query string. The way back to newer pages is remembered beside the address, since a
 * cursor only leads to older rows; without it (a shared link) "newer" is the first page.
 * @param read - must be the same function each time
 */
export function useListAddress<TFilters extends ListFilters>(
  read: (search: URLSearchParams) => TFilters,
): ListAddress<TFilters> {
  const [search] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  // The same filters must be the same object: a new one is a new question.
  const { cursor: _, ...ofFilters } = Object.fromEntries(search);
  const key = JSON.stringify([ofFilters, search.getAll('state')]);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const filters = useMemo(() => read(search), [key, read]);
  const cursor = search.get('cursor') ?? undefined;
  const newer: string[] = (state as { newer?: string[] } | null)?.newer ?? [];

  const go = (next: string | undefined, rest: string[], replace = false) => {
    const params = writeFilters(filters);
    if (next) params.set('cursor', next);
    navigate(
      { search: params.toString() },
      { state: { newer: rest }, replace },
    );
  };
  return {
    filters,
    cursor,
    setFilters: next =>
      navigate({ search: writeFilters(next).toString() }, { replace: true }),
    goOlder: next => go(next, [...newer, cursor ?? '']),
    goNewer: () => go(newer[newer.length - 1] || undefined, newer.slice(0, -1)),
    goNewest: () => go(undefined, []),
  };
}
