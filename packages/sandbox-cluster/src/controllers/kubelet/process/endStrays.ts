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

import { readFile, readdir } from 'node:fs/promises';

/**
 * Ends processes of containers that left their process group. They are known by their environment, which
 * names the sandbox's private directory. Only where the system has /proc.
 */
export async function endStrays(root: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const mark = `${root}/`;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const environment = await readFile(`/proc/${entry}/environ`, 'utf8').catch(
      () => '',
    );
    const home = environment
      .split('\0')
      .some(
        variable =>
          variable.startsWith('HOME=') && variable.slice(5).startsWith(mark),
      );
    if (!home) continue;
    try {
      process.kill(Number(entry), 'SIGKILL');
    } catch {
      // Ended in this moment.
    }
  }
}
