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

import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { RunDetail } from 'backstage-plugin-keptn-tasks-common';

/** The details of a run that have a tab of their own. */
export const RUN_TABS = [
  'log',
  'parameters',
  'context',
  'definition',
  'events',
  'manifest',
] as const;

/** One of the tabs. */
export type RunTab = (typeof RUN_TABS)[number];

/** With which earlier run the page compares. */
export type Comparison = 'lastGood' | 'previous';

/** What the address says about the page of a run, and how to change it. */
export interface RunPageAddress {
  tab: RunTab;
  setTab: (tab: RunTab) => void;
  /** Number of the attempt whose log is shown; undefined while there is none. */
  attempt?: number;
  setAttempt: (attempt: number) => void;
  comparison?: Comparison;
  compareWith: (comparison: Comparison | undefined) => void;
}

/** Keeps tab, attempt and comparison in the query string. Without an attempt there, the last one is shown. */
export function useRunPageAddress({ attempts }: RunDetail): RunPageAddress {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | undefined>) =>
      setSearch(
        current => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );
  const wantedAttempt = Number(search.get('attempt'));
  const last = Math.max(0, ...attempts.map(({ number }) => number));
  const isKnown = attempts.some(({ number }) => number === wantedAttempt);
  const comparison = search.get('compare');
  return {
    tab: RUN_TABS.find(tab => tab === search.get('tab')) ?? 'log',
    setTab: tab => set({ tab }),
    attempt: isKnown ? wantedAttempt : last || undefined,
    setAttempt: attempt => set({ attempt: String(attempt), tab: 'log' }),
    comparison:
      comparison === 'previous' || comparison === 'lastGood'
        ? comparison
        : undefined,
    compareWith: compare => set({ compare }),
  };
}
