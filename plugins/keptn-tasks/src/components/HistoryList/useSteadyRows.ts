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
 * @param newest - the newest rows, newest first
 * @param mayMove - nothing is being read that new rows would push away
 * @param question - what was asked for; another question gets another list
 */
export function useSteadyRows<T extends { id: string }>(
  newest: T[] | undefined,
  mayMove: boolean,
  question: unknown,
): SteadyRows<T> {
  const [held, setHeld] = useState<{ rows: T[]; question: unknown }>();
  const steady =
    !mayMove && held !== undefined && held.question === question && newest;

  useEffect(() => {
    if (newest && !steady) setHeld({ rows: newest, question });
  }, [newest, steady, question]);

  if (!steady) return { rows: newest, newCount: 0, showNew: () => {} };
  const current = new Map(newest.map(row => [row.id, row]));
  const known = new Set(held.rows.map(row => row.id));
  return {
    rows: held.rows.map(row => current.get(row.id) ?? row),
    newCount: newest.filter(row => !known.has(row.id)).length,
    showNew: () => setHeld({ rows: newest, question }),
  };
}
