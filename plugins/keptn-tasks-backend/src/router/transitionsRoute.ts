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
import type {
  CallOptions,
  RunService,
  StreamPosition,
} from '../service/RunService';
import type { EventStreams } from './EventStream';
import { lastPosition, positionId } from './lastEventId';

/**
 * Hints about runs and releases that change, as they come; from where it stopped for a reader that names the last one it
 * saw. The two have streams of their own, so the id of each event says how far both were told.
 */
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
    const after = lastPosition(req);

    const waiting = new Map<string, RunHint>();
    let told: StreamPosition | undefined;
    let sending = false;
    const send = async () => {
      if (sending || !told) return;
      sending = true;
      while (waiting.size > 0 && !stream.signal.aborted) {
        const [hint] = waiting.values();
        waiting.delete(hint.id);
        const isRelease = hint.of === 'release';
        told = {
          ...told,
          [isRelease ? 'releases' : 'runs']: hint.sequence,
        };
        await stream.send({
          name: isRelease ? 'release' : 'run',
          id: positionId(told),
          data: hint,
        });
      }
      sending = false;
    };

    const { stop, from } = await runs.followTransitions(
      { entityRef, after },
      call,
      hints => {
        // Only the last hint about each counts, so a reader that is slow never makes this grow.
        for (const hint of hints) {
          waiting.delete(hint.id);
          waiting.set(hint.id, hint);
        }
        send();
      },
    );
    if (stream.signal.aborted) {
      stop();
      return;
    }
    stream.signal.addEventListener('abort', stop, { once: true });
    stream.open();
    told = from;
    await send();
  };
}
