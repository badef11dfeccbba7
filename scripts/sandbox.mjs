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

// Usage: node scripts/sandbox.mjs [--directory DIR] [--port N] [--no-examples] [-- COMMAND ARGS...]
// Runs the sandbox cluster with the custom resources and the examples in it, writes DIR/kubeconfig, and runs a command
// beside it if there is one. Ends when the command ends or when it is told to.
import { spawn } from 'node:child_process';
import { access, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './lib/install.mjs';
import { stopGroup } from './lib/processes.mjs';

const own = process.argv.slice(2);
const dashes = own.indexOf('--');
const command = dashes < 0 ? [] : own.splice(dashes).slice(1);
const { values } = parseArgs({
  args: own,
  options: {
    directory: { type: 'string', default: path.join(root, '.sandbox') },
    port: { type: 'string', default: '0' },
    'no-examples': { type: 'boolean', default: false },
  },
});

/** The webhook's manifest is for other clusters: it needs an address. */
const GATES = [
  'deploy/gates/policy.yaml',
  'deploy/gates/policy-carry-annotations.yaml',
].map(place => path.join(root, place));

await installDependencies();
const { applyManifests } = await import('./lib/applyManifests.mjs');

const directory = path.resolve(values.directory);
const kubeconfig = path.join(directory, 'kubeconfig');
await mkdir(directory, { recursive: true });
await rm(kubeconfig, { force: true });

const sandbox = spawn(
  process.execPath,
  [
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    path.join(root, 'packages/sandbox-cluster/src/main.ts'),
    '--kubeconfig',
    kubeconfig,
    '--port',
    values.port,
  ],
  { cwd: root, stdio: 'inherit', detached: true },
);
let stopping = false;
sandbox.once('exit', code => {
  if (!stopping) {
    console.error(`The sandbox cluster ended by itself (exit code ${code}).`);
    process.exit(1);
  }
});

let code = 1;
const told = new Promise(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => resolve(0));
  }
});
try {
  await exists(kubeconfig);
  await applyManifests(kubeconfig, [path.join(root, 'deploy/crds')]);
  if (!values['no-examples']) {
    await applyManifests(kubeconfig, GATES);
    await applyManifests(kubeconfig, [path.join(root, 'examples/tasks')], {
      pauseMs: 1_000,
    });
  }
  console.log(`The sandbox cluster is ready: KUBECONFIG=${kubeconfig}`);
  // What runs beside it ends first: it still needs the cluster to end well.
  code = await (command.length > 0 ? runBeside(command) : told);
} finally {
  stopping = true;
  await stopGroup(sandbox);
}
process.exit(code);

async function exists(file) {
  for (;;) {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function runBeside([program, ...args]) {
  const child = spawn(program, args, { stdio: 'inherit', detached: true });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', exitCode => resolve(exitCode ?? 1));
  });
  return Promise.race([
    ended,
    told.then(async () => {
      await stopGroup(child);
      return 0;
    }),
  ]);
}
