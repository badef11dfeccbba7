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

import { useEffect, useState } from 'react';

/** Rows as they are shown, and what waits to be shown. */
export interface SteadyRows<T> {
  rows: T[] | undefined;
  newCount: number;
  showNew: () => void;
}

/**
 * Keeps rows where they are while somebody reads further down: what is shown is brought up to date in its place, and
 * new rows are only counted until they are asked for.
 * @param runs - the newest runs, newest first
 * @param mayMove - nothing is being read that new rows would push away
 * @param question - what was asked for; another question gets another list
 */
export function useSteadyRows<T extends { id: string }>(
  runs: T[] | undefined,
  mayMove: boolean,
  question: unknown,
): SteadyRows<T> {
  const [held, setHeld] = useState<{ rows: T[]; question: unknown }>();
  const steady =
    !mayMove && held !== undefined && held.question === question && runs;

  useEffect(() => {
    if (runs && !steady) setHeld({ rows: runs, question });
  }, [runs, steady, question]);

  if (!steady) return { rows: runs, newCount: 0, showNew: () => {} };
  const current = new Map(runs.map(run => [run.id, run]));
  const known = new Set(held.rows.map(run => run.id));
  return {
    rows: held.rows.map(run => current.get(run.id) ?? run),
    newCount: runs.filter(run => !known.has(run.id)).length,
    showNew: () => setHeld({ rows: runs, question }),
  };
}
