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

import { randomUUID } from 'crypto';
import { NotFoundError } from '@backstage/errors';
import type { LogLine, RunLog } from 'backstage-plugin-keptn-tasks-common';
import type { Knex } from 'knex';
import { isUuid } from './columns';
import { DatabaseLogWriter, type LogLimits } from './DatabaseLogWriter';
import { unpackLines } from './logChunk';
import { defined } from './rows';
import type { LogWriter, RunLogStore } from './RunLogStore';
import type { BigIntColumn, LogChunkRow, LogRow } from './tables';

/** 1 MiB from the start and 4 MiB from the end of each attempt. */
export const defaultLogLimits: LogLimits = {
  headBytes: 1024 * 1024,
  tailBytes: 4 * 1024 * 1024,
  lineBytes: 64 * 1024,
};

const CHUNKS_PER_READ = 8;

/** Logs in SQL, as compressed chunks of consecutive lines. */
export class DatabaseRunLogStore implements RunLogStore {
  readonly #knex: Knex;
  readonly #limits: LogLimits;
  readonly #listeners = new Map<string, Set<() => void>>();

  constructor(knex: Knex, limits: LogLimits = defaultLogLimits) {
    this.#knex = knex;
    this.#limits = limits;
  }

  async open(
    runId: string,
    attempt: number,
  ): Promise<
    LogWriter & { lines: number; lastAt?: string; complete: boolean }
  > {
    const run: { seq: BigIntColumn } | undefined = await this.#knex('runs')
      .where('id', runId)
      .first('seq');
    if (!run) throw new NotFoundError(`There is no run ${runId}`);
    const [log]: LogRow[] = await this.#knex('run_logs')
      .insert({ run_seq: run.seq, attempt, writer: randomUUID() })
      .onConflict(['run_seq', 'attempt'])
      .merge(['writer'])
      .returning('*');
    return new DatabaseLogWriter({
      knex: this.#knex,
      log,
      limits: this.#limits,
      onStored: () => this.#listeners.get(runId)?.forEach(listen => listen()),
    });
  }

  async read(
    runId: string,
    options: { attempt?: number; from?: number; limit?: number },
  ): Promise<RunLog | undefined> {
    const log = await this.#find(runId, options.attempt);
    if (!log) return undefined;
    const { from = 0, limit = Infinity } = options;
    const lines: LogLine[] = [];
    let position = from;
    for (;;) {
      const chunks: LogChunkRow[] = await this.#knex('run_log_chunks')
        .select()
        .where('log_id', log.id)
        .whereRaw('first_line + line_count > ?', [position])
        .orderBy('first_line')
        .limit(CHUNKS_PER_READ);
      for (const chunk of chunks) {
        const unpacked = await unpackLines(chunk.body, chunk.first_line);
        lines.push(...unpacked.filter(({ n }) => n >= from));
        position = chunk.first_line + chunk.line_count;
      }
      if (chunks.length < CHUNKS_PER_READ || lines.length >= limit) break;
    }
    return defined<RunLog>({
      attempt: log.attempt,
      lines: limit === Infinity ? lines : lines.slice(0, limit),
      complete: Boolean(log.complete),
      droppedLines: log.dropped_lines || undefined,
    });
  }

  async tail(
    runId: string,
    attempt: number,
    count: number,
  ): Promise<RunLog['lines']> {
    const log = await this.#find(runId, attempt);
    if (!log) return [];
    let lines: LogLine[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    while (lines.length < count) {
      const chunk: LogChunkRow | undefined = await this.#knex('run_log_chunks')
        .where('log_id', log.id)
        .where('first_line', '<', Math.min(before, 2 ** 31 - 1))
        .orderBy('first_line', 'desc')
        .first();
      if (!chunk) break;
      lines = [...(await unpackLines(chunk.body, chunk.first_line)), ...lines];
      before = chunk.first_line;
    }
    return lines.slice(-count);
  }

  onAppend(runId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set();
    this.#listeners.set(runId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(runId) === listeners) {
        this.#listeners.delete(runId);
      }
    };
  }

  async #find(runId: string, attempt?: number): Promise<LogRow | undefined> {
    if (!isUuid(runId)) return undefined;
    const query = this.#knex('run_logs')
      .join('runs', 'runs.seq', 'run_logs.run_seq')
      .where('runs.id', runId)
      .orderBy('run_logs.attempt', 'desc');
    if (attempt !== undefined) query.where('run_logs.attempt', attempt);
    return query.first('run_logs.*');
  }
}
