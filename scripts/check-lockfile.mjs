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

// The lockfiles must install from any registry: no host may stand in them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './lib/install.mjs';

const rules = [
  ['yarn.lock', /https?:\/\/|__archiveUrl/],
  ['tools/node/package-lock.json', /"resolved"/],
];
for (const [file, forbidden] of rules) {
  const lines = (await readFile(path.join(root, file), 'utf8')).split('\n');
  lines.forEach((line, index) => {
    if (forbidden.test(line)) {
      console.error(`${file}:${index + 1} names a host: ${line.trim()}`);
      process.exitCode = 1;
    }
  });
}
