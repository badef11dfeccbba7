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

import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunHint } from 'backstage-plugin-keptn-tasks-common';
import { useLiveUpdates } from './LiveUpdates';

/** An answer that stays fresh. */
export interface LiveQuery<T> {
  /** The newest answer. Stays while the next one is on its way, and when that fails. */
  data?: T;
  /** Why the last question was not answered. */
  error?: Error;
  /** Nothing to show yet. */
  loading: boolean;
  /** What is shown answers an earlier question, for example other filters. */
  stale: boolean;
  refresh: () => void;
}

/** Several changes at once are one question. */
const DEBOUNCE_MS = 100;

const everything = () => true;

/**
 * Asks the API and asks again whenever something changes that concerns the answer.
 * @param load - the question; must be the same function for the same question (`useCallback`)
 * @param concerns - whether a change can alter the answer; every change can when left out
 */
export function useLiveQuery<T>(
  load: () => Promise<T>,
  concerns: (hint: RunHint) => boolean = everything,
): LiveQuery<T> {
  const { subscribe } = useLiveUpdates();
  const [state, setState] = useState<{
    data?: T;
    error?: Error;
    of?: () => Promise<T>;
  }>({});
  const refreshRef = useRef(() => {});
  const concernsRef = useRef(concerns);
  concernsRef.current = concerns;

  useEffect(() => {
    let mounted = true;
    let running = false;
    let again = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const run = async () => {
      timer = undefined;
      if (running) {
        again = true;
        return;
      }
      running = true;
      do {
        again = false;
        try {
          const data = await load();
          if (mounted) setState({ data, of: load });
        } catch (error) {
          if (mounted) {
            setState(({ data }) => ({ data, error: error as Error, of: load }));
          }
        }
      } while (again && mounted);
      running = false;
    };

    refreshRef.current = run;
    run();
    const unsubscribe = subscribe(hint => {
      if (hint && !concernsRef.current(hint)) return;
      timer ??= setTimeout(run, DEBOUNCE_MS);
    });
    return () => {
      mounted = false;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [load, subscribe]);

  const refresh = useCallback(() => refreshRef.current(), []);
  return {
    data: state.data,
    error: state.error,
    loading: state.data === undefined && state.error === undefined,
    stale: state.of !== undefined && state.of !== load,
    refresh,
  };
}
