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

// Usage: npm test [-- --only STEP,STEP]
// Everything that has to hold: generated files, types, lint, format, unit and integration tests on SQLite and PostgreSQL,
// the build, and the end-to-end tests in a browser. Ends with "N passed, N failed", counted from the test runners' own
// reports; a check that fails counts as one failure.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './lib/install.mjs';
import { run } from './lib/processes.mjs';
import { findChromium, findKubectl, findProgram } from './lib/tools.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const ci = Boolean(process.env.CI) && process.env.CI !== 'false';
const reports = await mkdtemp(path.join(tmpdir(), 'test-reports-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const missing = [];

await installDependencies();

need('python3', findProgram('python3'), 'Python tasks in the sandbox');
need('curl', findProgram('curl'), 'Python tasks with an httpRef');
need('kubectl 1.28 or newer', findKubectl(), 'kubectl against the sandbox');

await check('generated API', 'node', [
  'scripts/generate-openapi.mjs',
  '--check',
]);
await check('generated CRDs', 'node', ['scripts/generate-crds.mjs', '--check']);
await check('lockfile', 'node', ['scripts/check-lockfile.mjs']);
await check('types', 'yarn', ['tsc']);
await check('lint', 'yarn', ['lint:all']);
await check('format', 'yarn', ['prettier:check']);
await tests('unit and integration', runJest);
await check('build', 'yarn', ['build:all']);
const chromium = need('Chromium', findChromium(), 'end-to-end tests');
if (chromium) {
  await tests('end-to-end', report => runPlaywright(report, chromium));
}
await rm(reports, { recursive: true, force: true });

for (const failure of failures) console.log(`FAILED: ${failure}`);
for (const part of missing) console.log(`SKIPPED: ${part}`);
console.log(
  `${totals.passed} passed, ${totals.failed} failed${
    totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
  }`,
);
process.exit(totals.failed > 0 ? 1 : 0);

/** Without it a part cannot run: a named skip here, a failure in CI. */
function need(name, found, part) {
  if (found) return found;
  const sentence = `${part}: ${name} is not on this machine`;
  if (ci) {
    failures.push(sentence);
    totals.failed++;
  } else {
    missing.push(sentence);
  }
  return undefined;
}

async function check(name, command, args) {
  if (only && !only.includes(name)) return;
  const failed = await timed(name, () => run(command, args, { cwd: root }));
  if (failed) {
    failures.push(name);
    totals.failed++;
  }
}

async function tests(name, runner) {
  if (only && !only.includes(name)) return;
  const report = path.join(reports, `${name.replaceAll(' ', '-')}.json`);
  const code = await timed(name, () => runner(report));
  const counted = await readFile(report, 'utf8').then(
    text => countResults(JSON.parse(text)),
    () => ({ passed: 0, failed: 0, skipped: 0 }),
  );
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  if (counted.passed === 0 && counted.failed === 0) counted.failed = 1;
  if (counted.failed > 0) failures.push(`${name} (${counted.failed})`);
  for (const key of Object.keys(totals)) totals[key] += counted[key];
}

/** Reads the report of Jest or of Playwright. */
function countResults(report) {
  if (report.stats) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected + flaky, failed: unexpected, skipped };
  }
  const brokenSuites = report.testResults.filter(
    suite => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenSuites,
    skipped: report.numPendingTests,
  };
}

function runJest(report) {
  return run(
    'node',
    [
      'scripts/with-postgres.mjs',
      'yarn',
      'backstage-cli',
      'repo',
      'test',
      '--maxWorkers=2',
      '--watchAll=false',
      '--json',
      `--outputFile=${report}`,
    ],
    {
      cwd: root,
      env: { ...process.env, BACKSTAGE_TEST_DISABLE_DOCKER: '1' },
      // The report goes to the file; standard output would repeat it.
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

function runPlaywright(report, executablePath) {
  return run('yarn', ['playwright', 'test', '--reporter=list,json'], {
    cwd: root,
    env: {
      ...process.env,
      CHROMIUM_PATH: executablePath,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
}

async function timed(name, work) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const code = await work();
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds} s`);
  return code;
}
