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

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import knexFactory from 'knex';
import type { DatabaseConfig } from './portalConfig';

export type Engine = 'SQLite' | 'PostgreSQL';

const POSTGRES =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;

/** The databases that are at hand. PostgreSQL needs a connection string in the environment. */
export const engines: Engine[] = POSTGRES
  ? ['SQLite', 'PostgreSQL']
  : ['SQLite'];

/** A database of one test. */
export interface TestDatabase {
  config: DatabaseConfig;
  remove(): Promise<void>;
}

/** A place for the data of all plugins: files in the directory, or databases with a prefix of their own. */
export function createDatabase(
  engine: Engine,
  directory: string,
): TestDatabase {
  if (engine === 'SQLite') {
    return {
      config: {
        client: 'better-sqlite3',
        connection: { directory: path.join(directory, 'db') },
      },
      remove: async () => undefined,
    };
  }
  const url = new URL(POSTGRES!);
  const prefix = `portal_${randomBytes(4).toString('hex')}_`;
  return {
    config: {
      client: 'pg',
      prefix,
      connection: {
        host: url.hostname,
        port: Number(url.port),
        user: url.username,
        password: url.password,
      },
    },
    remove: () => dropDatabases(prefix),
  };
}

async function dropDatabases(prefix: string): Promise<void> {
  const knex = knexFactory({ client: 'pg', connection: POSTGRES });
  try {
    const names: string[] = await knex('pg_database')
      .whereLike('datname', `${prefix}%`)
      .pluck('datname');
    for (const name of names) {
      await knex.raw('DROP DATABASE ?? WITH (FORCE)', [name]);
    }
  } finally {
    await knex.destroy();
  }
}
