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

import type { LogLine } from 'backstage-plugin-keptn-tasks-common';
import type { Request, RequestHandler } from 'express';
import type { CallOptions, RunService } from '../service/RunService';
import type { EventStreams } from './EventStream';
import { lastEventId } from './lastEventId';

/** As the API document bounds `from`: what the database takes. */
const MAX_LINE = 2 ** 31 - 1;

type LogQuery = { entityRef?: string; attempt?: number; from?: number };

/** A log in the form that the client accepts: JSON, text to download, or a stream that follows. */
export function createLogRoute(options: {
  runs: RunService;
  streams: EventStreams;
  callOf: (req: Request<any, any, any, any>) => Promise<CallOptions>;
}): RequestHandler<{ id: string }> {
  const { runs, streams, callOf } = options;
  return async (req, res) => {
    const { id } = req.params;
    const query = req.query as LogQuery;
    const call = await callOf(req);
    const form = req.accepts([
      'application/json',
      'text/plain',
      'text/event-stream',
    ]);

    if (form === 'text/event-stream') {
      const stream = streams.create(res);
      const { signal } = stream;
      const from = lastEventId(req, MAX_LINE) ?? query.from;
      await runs.followLog(
        id,
        { ...query, from, signal, onStart: () => stream.open() },
        call,
        {
          lines: lines =>
            stream.send({ name: 'lines', id: nextLine(lines), data: lines }),
          attempt: attempt => stream.send({ name: 'attempt', data: attempt }),
        },
      );
      await stream.send({ name: 'end', data: {} });
      stream.close();
      return;
    }

    const log = await runs.log(id, query, call);
    if (form !== 'text/plain') {
      res.json(log);
      return;
    }
    const { run } = await runs.get(id, query, call);
    res.attachment(`${run.taskName}-attempt-${log.attempt}.log`);
    res.type('text/plain; charset=utf-8').send(toText(log.lines));
  };
}

function nextLine(lines: LogLine[]): number {
  return lines[lines.length - 1].n + 1;
}

/** Lines as they were printed, with a note where the size cap has dropped some. */
function toText(lines: LogLine[]): string {
  let expected = lines[0]?.n ?? 0;
  let text = '';
  for (const line of lines) {
    if (line.n > expected) {
      text += `… ${line.n - expected} lines were dropped here …\n`;
    }
    text += `${line.text}\n`;
    expected = line.n + 1;
  }
  return text;
}
