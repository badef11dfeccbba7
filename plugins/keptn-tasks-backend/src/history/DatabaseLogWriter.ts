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

import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { packLines, sizeOfLine } from './logChunk';
import type { IncomingLine, LogWriter } from './RunLogStore';
import type { LogChunkRow, LogRow } from './tables';

/** How much of a log is kept, in bytes before compression. */
export interface LogLimits {
  /** Kept from the start of each attempt. */
  headBytes: number;
  /** Kept from the end of each attempt. */
  tailBytes: number;
  /** Longer lines are cut. */
  lineBytes: number;
}

interface OpenChunk {
  firstLine: number;
  lines: IncomingLine[];
  bytes: number;
  tail: boolean;
}

/** Lines are stored no later than this after they came. */
const FLUSH_AFTER_MS = 200;
/** A chunk is rewritten with what follows until it has this size. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Writes the log of one attempt. The chunk at the end grows in place, so that a program that prints a line now and
 * then does not leave thousands of rows. Whoever opens the log last is its writer; the database refuses the others.
 * After an error a writer is of no use: open the log again, which tells how far it has come.
 */
export class DatabaseLogWriter implements LogWriter {
  readonly #knex: Knex;
  readonly #log: LogRow;
  readonly #limits: LogLimits;
  readonly #onStored: () => void;
  #headBytes: number;
  /** Number that the next line gets. */
  #nextLine: number;
  #lastAt?: string;
  #buffer: IncomingLine[] = [];
  #bufferBytes = 0;
  #open?: OpenChunk;
  #timer?: NodeJS.Timeout;
  #storing: Promise<void> = Promise.resolve();
  #failure?: unknown;

  constructor(options: {
    knex: Knex;
    log: LogRow;
    limits: LogLimits;
    onStored: () => void;
  }) {
    this.#knex = options.knex;
    this.#log = options.log;
    this.#limits = options.limits;
    this.#onStored = options.onStored;
    this.#headBytes = options.log.head_bytes;
    this.#nextLine = options.log.lines;
    this.#lastAt = options.log.last_at ?? undefined;
  }

  /** Lines stored when the log was opened, dropped ones included. */
  get lines(): number {
    return this.#log.lines;
  }

  get lastAt(): string | undefined {
    return this.#log.last_at ?? undefined;
  }

  get complete(): boolean {
    return Boolean(this.#log.complete);
  }

  async append(lines: IncomingLine[]): Promise<void> {
    if (this.#failure) throw this.#failure;
    for (const line of lines) {
      const kept = cutLine(line, this.#limits.lineBytes);
      this.#buffer.push(kept);
      this.#bufferBytes += sizeOfLine(kept);
    }
    if (this.#bufferBytes >= CHUNK_BYTES) {
      // Waiting here is what slows a reader down that is faster than the database.
      await this.#store(false);
    } else if (this.#buffer.length > 0 && !this.#timer) {
      this.#timer = setTimeout(() => {
        this.#store(false).catch(() => {});
      }, FLUSH_AFTER_MS);
    }
  }

  async close(options: { complete: boolean }): Promise<void> {
    await this.#store(options.complete);
  }

  #store(complete: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const stored = this.#storing.then(() => this.#storeNow(complete));
    this.#storing = stored.catch(error => {
      this.#failure = error;
    });
    return stored;
  }

  async #storeNow(complete: boolean): Promise<void> {
    if (this.#failure) throw this.#failure;
    const incoming = this.#buffer;
    if (incoming.length === 0 && !complete) return;
    this.#buffer = [];
    this.#bufferBytes = 0;

    const chunks = this.#distribute(incoming);
    const rows: LogChunkRow[] = [];
    for (const chunk of chunks) {
      rows.push({
        log_id: this.#log.id,
        first_line: chunk.firstLine,
        line_count: chunk.lines.length,
        bytes: chunk.bytes,
        tail: chunk.tail,
        body: await packLines(chunk.lines),
      });
    }
    await this.#knex.transaction(async tx => {
      const hits = await tx('run_logs')
        .where({ id: this.#log.id, writer: this.#log.writer })
        .update({
          lines: this.#nextLine,
          last_at: this.#lastAt?.slice(0, 40) ?? null,
          head_bytes: this.#headBytes,
          ...(complete ? { complete: true } : {}),
        });
      if (hits === 0) {
        throw new ConflictError(
          `The log of attempt ${
            this.#log.attempt
          } is written by another process`,
        );
      }
      for (const row of rows) {
        await tx('run_log_chunks')
          .insert(row)
          .onConflict(['log_id', 'first_line'])
          .merge();
      }
      if (rows.some(row => row.tail)) await this.#dropOldTail(tx);
    });
    this.#onStored();
  }

  /** Puts lines into chunks, first into the one that is still growing. Returns the chunks that changed. */
  #distribute(lines: IncomingLine[]): Set<OpenChunk> {
    const changed = new Set<OpenChunk>();
    for (const line of lines) {
      const bytes = sizeOfLine(line);
      const tail = this.#headBytes + bytes > this.#limits.headBytes;
      if (
        !this.#open ||
        this.#open.bytes >= CHUNK_BYTES ||
        this.#open.tail !== tail
      ) {
        this.#open = { firstLine: this.#nextLine, lines: [], bytes: 0, tail };
      }
      this.#open.lines.push(line);
      this.#open.bytes += bytes;
      // Once the head is full it stays full, or short lines would slip in behind a long one.
      this.#headBytes = tail ? this.#limits.headBytes : this.#headBytes + bytes;
      this.#nextLine++;
      this.#lastAt = line.at ?? this.#lastAt;
      changed.add(this.#open);
    }
    return changed;
  }

  /** Removes the oldest chunks of the tail that newer ones leave no room for. */
  async #dropOldTail(tx: Knex.Transaction): Promise<void> {
    const chunks: Pick<LogChunkRow, 'first_line' | 'line_count' | 'bytes'>[] =
      await tx('run_log_chunks')
        .select('first_line', 'line_count', 'bytes')
        .where({ log_id: this.#log.id, tail: true })
        .orderBy('first_line', 'desc');
    let room = this.#limits.tailBytes;
    const surplus = chunks.filter(({ bytes }) => {
      room -= bytes;
      return room < 0;
    });
    if (surplus.length === 0) return;
    await tx('run_log_chunks')
      .where('log_id', this.#log.id)
      .whereIn(
        'first_line',
        surplus.map(chunk => chunk.first_line),
      )
      .del();
    await tx('run_logs')
      .where('id', this.#log.id)
      .increment(
        'dropped_lines',
        surplus.reduce((sum, chunk) => sum + chunk.line_count, 0),
      );
  }
}

function cutLine(line: IncomingLine, maxBytes: number): IncomingLine {
  const bytes = Buffer.byteLength(line.text);
  if (bytes <= maxBytes) return line;
  const start = Buffer.from(line.text).subarray(0, maxBytes).toString('utf8');
  return { ...line, text: `${start} … (${bytes - maxBytes} bytes cut)` };
}
