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

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import knexFactory, { type Knex } from 'knex';
import { openDatabase } from './migrate';

describe('openDatabase', () => {
  let directory: string;
  let knex: Knex;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'keptn-tasks-database-'));
  });

  afterEach(async () => {
    await knex.destroy();
    await rm(directory, { recursive: true, force: true });
  });

  async function openAt(filename: string, skip = false) {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: filename,
      useNullAsDefault: true,
    });
    return openDatabase({
      getClient: async () => knex,
      migrations: { skip },
    });
  }

  it('brings the database up to date', async () => {
    await openAt(':memory:');
    await expect(knex.schema.hasTable('runs')).resolves.toBe(true);
  });

  it('leaves the tables alone where the operator wants that', async () => {
    await openAt(':memory:', true);
    await expect(knex.schema.hasTable('runs')).resolves.toBe(false);
  });

  it('lets SQLite append to a log, and still wait for the disk', async () => {
    await openAt(path.join(directory, 'history.sqlite'));
    await expect(knex.raw('PRAGMA journal_mode')).resolves.toEqual([
      { journal_mode: 'wal' },
    ]);
    await expect(knex.raw('PRAGMA synchronous')).resolves.toEqual([
      { synchronous: 2 },
    ]);
  });

  it('keeps the values of a statement out of its error', async () => {
    await openAt(':memory:');
    const error = await knex('runs')
      .insert({ nowhere: 's3cret' })
      .catch(thrown => thrown);
    expect(error.message).toContain('nowhere');
    expect(inspect(error)).not.toContain('s3cret');
  });
});
