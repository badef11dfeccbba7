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

import { stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

const STATE = 'node_modules/.yarn-state.yml';

/** Installs the dependencies when they are missing or older than the lockfile. */
export async function installDependencies() {
  const [lockfile, installed] = await Promise.all([
    modified('yarn.lock'),
    modified(STATE),
  ]);
  if (installed >= lockfile) return;
  console.log('Installing dependencies (a minute or two the first time) …');
  const code = await run('yarn', ['install', '--immutable'], { cwd: root });
  if (code !== 0) {
    throw new Error('The dependencies could not be installed: see above.');
  }
  // Yarn leaves the file as it is when there was nothing to do.
  await utimes(path.join(root, STATE), new Date(), new Date());
}

async function modified(file) {
  const stats = await stat(path.join(root, file)).catch(() => undefined);
  return stats ? stats.mtimeMs : 0;
}
