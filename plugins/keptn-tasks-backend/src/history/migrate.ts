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

import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** The folder with the migrations of this package. */
export const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-keptn-tasks-backend',
  'migrations',
);

/** The plugin's database, brought up to date unless the operator has turned that off. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  // Errors quote their statement, and go into logs and answers: without the values, which are people's parameters.
  knex.client.config.compileSqlOnError = false;
  if (knex.client.config.client === 'better-sqlite3') {
    // One wait for the disk per commit instead of three or four, and still one: what was stored before the cluster was
    // touched must outlive a power cut. Databases in memory ignore both.
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = FULL');
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}
