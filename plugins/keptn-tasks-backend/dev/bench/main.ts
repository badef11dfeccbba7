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

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measurements } from './measurements';
import { isSelected } from './Measurement';
import type { BenchContext } from './Measurement';
import { readOptions } from './options';
import { isWithinBudget, toJson, toTable, type Report } from './report';

const RESULT_FILE = 'bench-results.json';

/** Measures what was asked for, prints the table and writes the result file. Ends with 1 when a budget is missed. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const started = performance.now();
  const context: BenchContext = {
    options,
    directory: await mkdtemp(path.join(tmpdir(), 'keptn-tasks-bench-')),
    details: {},
    log: text => console.error(`   ${text}`),
  };
  const report: Report = {
    results: {},
    details: context.details,
    options,
    seconds: 0,
  };
  let failed = false;
  try {
    for (const measurement of measurements) {
      if (!isSelected(measurement, options.only)) continue;
      console.error(`── ${measurement.keys.join(', ')}`);
      try {
        Object.assign(report.results, await measurement.measure(context));
      } catch (error) {
        failed = true;
        console.error(error);
      }
    }
  } finally {
    await rm(context.directory, { recursive: true, force: true });
  }
  report.seconds = (performance.now() - started) / 1000;
  console.log(`\n${toTable(report)}\n`);
  await writeFile(RESULT_FILE, `${toJson(report)}\n`);
  return failed || !isWithinBudget(report.results) ? 1 : 0;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error);
    process.exit(2);
  },
);
