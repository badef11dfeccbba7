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

import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { chunked, toText } from './columns';
import type { BigIntColumn } from './tables';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A snapshot that nothing uses is kept this long, so that a run that is about to use it finds it. */
const UNUSED_MS = 3 * DAY_MS;
const MAX_REMEMBERED = 2000;

/** Texts of definitions, each stored once however many runs used it. */
export class SnapshotRegistry {
  readonly #knex: Knex;
  readonly #now: () => number;
  readonly #known = new Map<string, { id: number; day: number }>();

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  /** The ids of these texts; what is new is stored. Not to be called within a transaction. */
  async ensure(bodies: string[]): Promise<Map<string, number>> {
    const day = Math.floor(this.#now() / DAY_MS);
    const byHash = new Map<string, string>();
    for (const body of bodies) byHash.set(hashOf(body), body);
    const unknown = [...byHash].filter(
      ([hash]) => this.#known.get(hash)?.day !== day,
    );
    for (const chunk of chunked(unknown, 100)) {
      await this.#store(chunk, day);
    }
    return new Map(
      [...byHash].map(([hash, body]) => [body, this.#known.get(hash)!.id]),
    );
  }

  /** Deletes what no run uses any more, at most `limit`. */
  async prune(limit: number): Promise<number> {
    const unused: { id: number }[] = await this.#knex('definition_snapshots')
      .select('id')
      .where('used_at', '<', this.#now() - UNUSED_MS)
      .whereNotExists(
        this.#knex('runs')
          .select(this.#knex.raw('1'))
          .whereRaw('runs.snapshot_id = definition_snapshots.id'),
      )
      .limit(limit);
    if (unused.length === 0) return 0;
    return this.#knex('definition_snapshots')
      .whereIn(
        'id',
        unused.map(({ id }) => id),
      )
      .del();
  }

  async #store(entries: [hash: string, body: string][], day: number) {
    await this.#knex('definition_snapshots')
      .insert(
        entries.map(([hash, body]) => ({
          hash,
          body: toText(body),
          used_at: day * DAY_MS,
        })),
      )
      .onConflict('hash')
      .merge(['used_at']);
    const rows: { id: number; hash: string; used_at: BigIntColumn }[] =
      await this.#knex('definition_snapshots')
        .select('id', 'hash', 'used_at')
        .whereIn(
          'hash',
          entries.map(([hash]) => hash),
        );
    if (this.#known.size > MAX_REMEMBERED) this.#known.clear();
    for (const { id, hash } of rows) this.#known.set(hash, { id, day });
  }
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
