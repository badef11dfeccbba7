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

import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { LogLine } from 'backstage-plugin-keptn-tasks-common';
import { keptnTasksApiRef } from '../api/keptnTasksApiRef';
import { apiErrorKind } from '../lib/apiError';
import { backoffMs, sleep } from '../lib/backoff';
import { appendLines, EMPTY_LOG, type LogBuffer } from '../lib/logBuffer';

/** A log as far as it has been read. */
export interface FollowedLog {
  buffer: LogBuffer;
  /** `lost` while the connection is down and about to be opened again. */
  state: 'opening' | 'following' | 'lost' | 'ended' | 'failed';
  /** Why it cannot be read at all. */
  error?: Error;
}

/** Lines that arrive within this time are shown together: a fast log must not render for each of its lines. */
const FLUSH_INTERVAL_MS = 80;

/**
 * Reads the log of an attempt from its start and follows it until the attempt has ended. A lost connection is opened
 * again, with a growing pause, where it broke off.
 * @param attempt - number of the attempt; nothing is read while it is undefined
 */
export function useRunLog(
  id: string,
  entityRef: string,
  attempt: number | undefined,
): FollowedLog & { retry: () => void } {
  const api = useApi(keptnTasksApiRef);
  const [log, setLog] = useState<FollowedLog>({
    buffer: EMPTY_LOG,
    state: 'opening',
  });
  const [retries, setRetries] = useState(0);

  useEffect(() => {
    setLog({ buffer: EMPTY_LOG, state: 'opening' });
    if (attempt === undefined) return undefined;
    const abort = new AbortController();
    let buffer = EMPTY_LOG;
    let waiting: LogLine[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;

    const show = (change: Partial<FollowedLog>) => {
      clearTimeout(timer);
      timer = undefined;
      buffer = appendLines(buffer, waiting);
      waiting = [];
      if (!abort.signal.aborted) {
        setLog(current => ({ ...current, ...change, buffer }));
      }
    };
    const onLines = (lines: LogLine[]) => {
      waiting = waiting.concat(lines);
      timer ??= setTimeout(
        () => show({ state: 'following' }),
        FLUSH_INTERVAL_MS,
      );
    };

    const follow = async () => {
      for (let failures = 1; !abort.signal.aborted; failures++) {
        const from = buffer.next;
        try {
          await api.followRunLog(
            id,
            { entityRef, attempt, from, signal: abort.signal },
            { onLines },
          );
          show({ state: 'ended' });
          return;
        } catch (error) {
          const gone = apiErrorKind(error as Error) !== 'other';
          show(
            gone
              ? { state: 'failed', error: error as Error }
              : { state: 'lost' },
          );
          if (gone) return;
        }
        if (buffer.next > from) failures = 1;
        await sleep(backoffMs(failures), abort.signal);
      }
    };
    follow();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api, id, entityRef, attempt, retries]);

  const retry = useCallback(() => setRetries(count => count + 1), []);
  return { ...log, retry };
}
