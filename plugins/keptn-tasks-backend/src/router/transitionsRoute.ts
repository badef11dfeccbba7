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

import type { RunHint } from 'backstage-plugin-keptn-tasks-common';
import type { Request, RequestHandler } from 'express';
import type { CallOptions, RunService } from '../service/RunService';
import type { EventStreams } from './EventStream';
import { lastEventId } from './lastEventId';

/** Hints about runs that change, as they come; from where it stopped for a reader that names the last one it saw. */
export function createTransitionsRoute(options: {
  runs: RunService;
  streams: EventStreams;
  callOf: (req: Request<any, any, any, any>) => Promise<CallOptions>;
}): RequestHandler {
  const { runs, streams, callOf } = options;
  return async (req, res) => {
    const { entityRef } = req.query as { entityRef: string };
    const call = await callOf(req);
    const stream = streams.create(res);
    const after = lastEventId(req, Number.MAX_SAFE_INTEGER);

    const waiting = new Map<string, RunHint>();
    let opened = false;
    let sending = false;
    const send = async () => {
      if (sending || !opened) return;
      sending = true;
      while (waiting.size > 0 && !stream.signal.aborted) {
        const [hint] = waiting.values();
        waiting.delete(hint.id);
        await stream.send({ name: 'run', id: hint.sequence, data: hint });
      }
      sending = false;
    };

    const off = await runs.followTransitions(
      { entityRef, after },
      call,
      hints => {
        // Only the last hint about a run counts, so a reader that is slow never makes this grow.
        for (const hint of hints) {
          waiting.delete(hint.id);
          waiting.set(hint.id, hint);
        }
        send();
      },
    );
    if (stream.signal.aborted) {
      off();
      return;
    }
    stream.signal.addEventListener('abort', off, { once: true });
    stream.open();
    opened = true;
    await send();
  };
}
