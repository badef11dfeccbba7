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

import type { RunLog } from 'backstage-plugin-keptn-tasks-common';

/** A line as it came from the kubelet. */
export interface IncomingLine {
  /** RFC 3339 with nanoseconds, as the kubelet stamps it. */
  at?: string;
  text: string;
}

/** Takes the log of one attempt while it is written. Keeps head and tail when it is longer than the cap. */
export interface LogWriter {
  append(lines: IncomingLine[]): Promise<void>;
  /** Stores what is buffered; `complete` when nothing will follow. */
  close(options: { complete: boolean }): Promise<void>;
}

/** Logs that outlive their Pods: compressed chunks, capped per attempt. */
export interface RunLogStore {
  /**
   * Starts the log of an attempt, or goes on with it: `lastAt` and `lines` tell how far it has come, so that a reader
   * that starts again after a crash skips what is stored.
   */
  open(
    runId: string,
    attempt: number,
  ): Promise<LogWriter & { lines: number; lastAt?: string; complete: boolean }>;
  /** The lines stored so far, from a line number on. The last attempt when none is named. */
  read(
    runId: string,
    options: { attempt?: number; from?: number; limit?: number },
  ): Promise<RunLog | undefined>;
  /** The last lines of an attempt. */
  tail(runId: string, attempt: number, lines: number): Promise<RunLog['lines']>;
  /** Calls back when lines were stored by this process, until the returned function is called. */
  onAppend(runId: string, listener: () => void): () => void;
}
