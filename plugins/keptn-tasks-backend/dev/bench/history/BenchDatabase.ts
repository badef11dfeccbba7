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
import { DatabaseManager } from '@backstage/backend-defaults/database';
import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Knex } from 'knex';
import { openDatabase } from '../../../src/history/migrate';

export type DatabaseEngine = 'sqlite' | 'postgres';

/** Where a database of its own is kept, so that another process may open it again. */
export interface DatabaseLocation {
  engine: DatabaseEngine;
  /** SQLite: the folder of the file. */
  directory: string;
  /** PostgreSQL: the server, and what the database's name begins with. */
  connection?: string;
  prefix: string;
}

const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

const unmanaged: LifecycleService = {
  addStartupHook: () => {},
  addShutdownHook: () => {},
};

/** A place for a new database. */
export function newDatabase(options: {
  engine: DatabaseEngine;
  directory: string;
  postgres?: string;
}): DatabaseLocation {
  const { engine, directory, postgres } = options;
  if (engine === 'postgres' && !postgres) {
    throw new Error('There is no PostgreSQL to measure');
  }
  const prefix = `bench_${randomBytes(6).toString('hex')}_`;
  return {
    engine,
    directory: path.join(directory, prefix),
    connection: engine === 'postgres' ? postgres : undefined,
    prefix,
  };
}

/** Opens a database in the way a Backstage backend does, brought up to date. Somebody has to destroy it. */
export function open(location: DatabaseLocation): Promise<Knex> {
  const { engine, directory, connection, prefix } = location;
  const database =
    engine === 'sqlite'
      ? { client: 'better-sqlite3', connection: { directory } }
      : { client: 'pg', connection, prefix };
  const manager = DatabaseManager.fromConfig(
    new ConfigReader({ backend: { database } }),
  );
  return openDatabase(
    manager.forPlugin('keptn-tasks', { logger: silent, lifecycle: unmanaged }),
  );
}
