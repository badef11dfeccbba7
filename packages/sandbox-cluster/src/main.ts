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

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandboxCluster } from './startSandboxCluster';

const DEFAULT_PORT = 6444;

/** Runs a sandbox cluster until it is told to end, and writes a kubeconfig for it. */
async function main() {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: 'string', default: '.sandbox/kubeconfig' },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      directory: { type: 'string' },
    },
  });
  const cluster = await startSandboxCluster({
    port: Number(values.port),
    directory: values.directory ? resolve(values.directory) : undefined,
  });
  const file = resolve(values.kubeconfig);
  await mkdir(dirname(file), { recursive: true });
  // Whoever waits for the file finds it whole.
  await writeFile(`${file}.part`, cluster.kubeconfig, { mode: 0o600 });
  await rename(`${file}.part`, file);
  process.stdout.write(
    [
      `Sandbox cluster at ${cluster.url}. For development and tests only: nothing is stored, Pods are plain`,
      'processes of this machine without any isolation, and it must never be used in production.',
      `kubeconfig: ${file}`,
      '',
    ].join('\n'),
  );
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    cluster.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(error: unknown) {
  process.stderr.write(`${(error as Error)?.stack ?? error}\n`);
  process.exit(1);
}

main().catch(fail);
