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

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Bytes that a process and its descendants hold for themselves, without files mapped into memory (the
 * kernel would drop those before it kills). 0 when it is gone or cannot be told on this system.
 */
export async function groupMemory(pid: number): Promise<number> {
  return process.platform === 'linux' ? treeMemory(pid) : listedMemory(pid);
}

async function treeMemory(pid: number): Promise<number> {
  try {
    const [status, children] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => ''),
    ]);
    const own = /^RssAnon:\s+(\d+) kB/m.exec(status);
    const pids = children.split(' ').filter(Boolean).map(Number);
    const below = await Promise.all(pids.map(treeMemory));
    return below.reduce(
      (sum, bytes) => sum + bytes,
      Number(own?.[1] ?? 0) * 1024,
    );
  } catch {
    return 0;
  }
}

async function listedMemory(group: number): Promise<number> {
  try {
    const { stdout } = await run('ps', ['-axo', 'pgid=,rss=']);
    return stdout
      .split('\n')
      .map(line => line.trim().split(/\s+/).map(Number))
      .filter(([pgid]) => pgid === group)
      .reduce((sum, [, kilobytes]) => sum + kilobytes * 1024, 0);
  } catch {
    return 0;
  }
}
