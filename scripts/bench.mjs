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

// Usage: npm run bench [-- --only KEY,KEY] [--kubeconfig FILE [--context NAME]] [--runs N] [--tasks N] [--burst N] …
// Measures the budgets, prints a table and writes bench-results.json: see docs/benchmarks.md. Starts a PostgreSQL, and a
// sandbox cluster unless a kubeconfig names another cluster, which nothing else must use meanwhile.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installDependencies, root } from './lib/install.mjs';
import { run } from './lib/processes.mjs';

const WITHOUT_CLUSTER = ['listRuns1mP95Ms', 'ingestRunsPerSecond'];

const args = process.argv.slice(2);
await installDependencies();
const directory = await mkdtemp(path.join(tmpdir(), 'keptn-tasks-bench-'));
let code = 1;
try {
  code = await run(process.execPath, command(), { cwd: root });
} finally {
  await rm(directory, { recursive: true, force: true });
}
process.exit(code);

function command() {
  const kubeconfig = path.join(directory, 'kubeconfig');
  const sandbox = needsCluster() && !has('kubeconfig');
  return [
    path.join(root, 'scripts/with-postgres.mjs'),
    ...(sandbox
      ? [
          process.execPath,
          path.join(root, 'scripts/sandbox.mjs'),
          '--directory',
          directory,
          '--no-examples',
          '--',
        ]
      : []),
    process.execPath,
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    path.join(root, 'plugins/keptn-tasks-backend/dev/bench/main.ts'),
    ...(sandbox ? ['--sandbox', '--kubeconfig', kubeconfig] : []),
    ...args,
  ];
}

function has(flag) {
  return args.some(arg => arg === `--${flag}` || arg.startsWith(`--${flag}=`));
}

function needsCluster() {
  const at = args.indexOf('--only');
  const only =
    at >= 0
      ? args[at + 1]
      : args.find(arg => arg.startsWith('--only='))?.slice('--only='.length);
  return !only?.split(',').every(key => WITHOUT_CLUSTER.includes(key));
}
