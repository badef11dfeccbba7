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

import { setTimeout as sleep } from 'timers/promises';
import { isRunFinished, type Run } from 'backstage-plugin-keptn-tasks-common';
import type { RunLogStore } from '../history/RunLogStore';
import type { RunStore } from '../history/RunStore';
import type { TransitionFeed } from '../history/TransitionFeed';
import type { LogSink } from './RunService';

const PAGE = 2000;
/** How often to look for lines that another replica stores. */
const POLL_MS = 1000;
/** A finished run whose log is not marked complete by then will not get more of it. */
const SETTLE_MS = 15_000;

/** Ends a wait early. A ring while nobody waits ends the next one at once. */
class Alarm {
  #rung = false;
  #wake?: () => void;

  ring = () => {
    this.#rung = true;
    this.#wake?.();
  };

  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      const timer = new AbortController();
      await Promise.race([
        sleep(ms, undefined, { signal: timer.signal }).catch(() => {}),
        new Promise<void>(resolve => {
          this.#wake = resolve;
        }),
      ]);
      timer.abort();
    }
    this.#rung = false;
  }
}

/** Replays the log of an attempt and follows it until it has ended or `signal` aborts. */
export async function followLog(
  id: string,
  options: { attempt?: number; from?: number; signal: AbortSignal },
  history: {
    runs: RunStore;
    logs: RunLogStore;
    feed: TransitionFeed;
    now: () => Date;
  },
  sink: LogSink,
): Promise<void> {
  const { runs, logs, feed, now } = history;
  const { signal } = options;
  const alarm = new Alarm();
  const subscription = await feed.subscribe({
    runs: steps => {
      if (steps.some(step => step.runId === id)) alarm.ring();
    },
  });
  const offAppend = logs.onAppend(id, () => alarm.ring());
  signal.addEventListener('abort', alarm.ring, { once: true });
  let position = options.from ?? 0;
  let chosen = options.attempt;
  let told = '';
  try {
    while (!signal.aborted) {
      const log = await logs.read(id, {
        attempt: chosen,
        from: position,
        limit: PAGE,
      });
      if (log) {
        chosen = log.attempt;
        if (log.lines.length > 0) {
          await sink.lines(log.lines);
          position = log.lines[log.lines.length - 1].n + 1;
        }
        if (log.lines.length === PAGE) continue;
      }
      const detail = await runs.getDetail(id);
      // The run was deleted by retention.
      if (!detail) return;
      const attempt = chosen ?? detail.attempts.at(-1)?.number;
      const current = detail.attempts.find(one => one.number === attempt);
      chosen = attempt;
      if (current && JSON.stringify(current) !== told) {
        told = JSON.stringify(current);
        await sink.attempt(current);
      }
      if (log?.complete) return;
      if (isSettled(detail.run, now())) return;
      await alarm.wait(POLL_MS);
    }
  } finally {
    offAppend();
    subscription.stop();
    signal.removeEventListener('abort', alarm.ring);
  }
}

function isSettled(run: Run, now: Date): boolean {
  return (
    isRunFinished(run.state) &&
    run.finishedAt !== undefined &&
    now.getTime() - Date.parse(run.finishedAt) > SETTLE_MS
  );
}
