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

// Usage: npm run conformance [-- --kubeconfig FILE [--context NAME] [--image NAME]] [--only TEXT]
// Runs the conformance suite of the sandbox cluster, against the sandbox or against a real cluster, and ends with
// "N passed, N failed, N skipped". See packages/sandbox-cluster/src/conformance/README.md.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './lib/install.mjs';
import { run, stopGroup } from './lib/processes.mjs';

const HELP = `Usage: npm run conformance -- [options]

Runs the same tests against the sandbox cluster (no options) or against a real cluster.

  --kubeconfig FILE  a real cluster; credentials must be a token or a client certificate in the file
  --context NAME     context of the kubeconfig; its current one when absent
  --image NAME       an image that every node has or can pull, with at least sh, echo, printf, sleep and true
                     (busybox does); without it, tests that run Pods are skipped and say so
  --only TEXT        only test files whose path has this text, for example --only watches
  --help

The user needs the rights of cluster-admin, to impersonate among others. Everything is made in namespaces and custom
resource definitions of the suite's own, which it removes again.`;

const workspace = path.join(root, 'packages/sandbox-cluster');
const suite = path.join(workspace, 'src/conformance');
const options = await readOptions();
const env = {
  ...process.env,
  CONFORMANCE_KUBECONFIG: options.kubeconfig ?? '',
  CONFORMANCE_CONTEXT: options.context ?? '',
  CONFORMANCE_IMAGE: options.image ?? '',
  CONFORMANCE_RUN: randomBytes(4).toString('hex'),
};

await installDependencies();
if ((await command('describe.ts')) !== 0) process.exit(1);
const directory = await mkdtemp(path.join(tmpdir(), 'conformance-'));
const report = path.join(directory, 'report.json');
const interrupted = await runSuite();
if (options.kubeconfig) await command('sweep.ts');
const totals = await readTotals();
await rm(directory, { recursive: true, force: true });
if (interrupted) {
  console.log('Broken off.');
  process.exit(1);
}
console.log(
  `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

async function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        image: { type: 'string' },
        only: { type: 'string', default: '' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    if (!values.kubeconfig && (values.context || values.image)) {
      throw new Error('--context and --image go with --kubeconfig');
    }
    if (values.kubeconfig) {
      values.kubeconfig = path.resolve(values.kubeconfig);
      await access(values.kubeconfig).catch(() => {
        throw new Error(`Cannot read ${values.kubeconfig}`);
      });
    }
    return values;
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

/** Runs one of the suite's own programs. */
function command(file) {
  return run(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      path.join(suite, 'command', file),
    ],
    { cwd: root, env },
  );
}

/** Resolves when the tests are over, with whether they were broken off. */
async function runSuite() {
  const child = spawn(
    'yarn',
    [
      'backstage-cli',
      'package',
      'test',
      '--watchAll=false',
      // They wait much more than they work.
      '--maxWorkers=4',
      '--json',
      `--outputFile=${report}`,
      `src/conformance/[^/]*${options.only}[^/]*test`,
    ],
    {
      cwd: workspace,
      env,
      // The report goes to the file; standard output would repeat it.
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    },
  );
  let broken = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      broken = true;
      stopGroup(child);
    });
  }
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  return broken;
}

async function readTotals() {
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (!text) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(text);
  const brokenFiles = result.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + brokenFiles,
    skipped: result.numPendingTests,
  };
}
