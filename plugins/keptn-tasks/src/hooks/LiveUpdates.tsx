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

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RunHint } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { backoffMs, sleep } from '../lib/backoff';

/** Told of every run and release that changes; without a hint when anything may have changed. */
export type LiveListener = (hint?: RunHint) => void;

interface LiveUpdates {
  subscribe(listener: LiveListener): () => void;
  /** Whether changes arrive by themselves, or what is shown is asked for again every ten seconds. */
  connection: 'opening' | 'live' | 'polling';
}

const POLL_INTERVAL_MS = 10_000;

const LiveUpdatesContext = createContext<LiveUpdates>({
  subscribe: () => () => {},
  connection: 'opening',
});

/**
 * Keeps one stream of changes of an entity open for everything below, comes back with a growing pause when it is
 * lost, and polls meanwhile as long as somebody is looking.
 */
export function LiveUpdatesProvider(props: {
  entityRef: string;
  children: ReactNode;
}) {
  const { entityRef, children } = props;
  const api = useApi(keptnTasksApiRef);
  const [connection, setConnection] =
    useState<LiveUpdates['connection']>('opening');
  const listeners = useRef(new Set<LiveListener>());

  useEffect(() => {
    const abort = new AbortController();
    const tell = (hint?: RunHint) =>
      listeners.current.forEach(listener => listener(hint));

    const follow = async () => {
      for (let failures = 1; !abort.signal.aborted; failures++) {
        const onOpen = () => {
          failures = 0;
          setConnection('live');
          // What happened before the stream was open is not in it.
          tell();
        };
        try {
          await api.followTransitions(
            entityRef,
            { signal: abort.signal, onOpen },
            tell,
          );
        } catch {
          // A lost connection is ordinary: polling takes over, and the pages say so.
        }
        if (abort.signal.aborted) return;
        setConnection('polling');
        await sleep(backoffMs(Math.max(1, failures)), abort.signal);
      }
    };
    follow();
    return () => abort.abort();
  }, [api, entityRef]);

  useEffect(() => {
    if (connection === 'live') return undefined;
    const poll = () => {
      if (document.visibilityState === 'visible') {
        listeners.current.forEach(listener => listener());
      }
    };
    const timer = setInterval(poll, POLL_INTERVAL_MS);
    document.addEventListener('visibilitychange', poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [connection]);

  const subscribe = useCallback((listener: LiveListener) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  }, []);
  const value = useMemo(
    () => ({ subscribe, connection }),
    [subscribe, connection],
  );
  return (
    <LiveUpdatesContext.Provider value={value}>
      {children}
    </LiveUpdatesContext.Provider>
  );
}

/** The stream of changes of the entity on the page. */
export function useLiveUpdates(): LiveUpdates {
  return useContext(LiveUpdatesContext);
}
