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
import { constants } from 'node:fs';
import { access, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ExecutableName } from '../../options';

/** Where programs are looked for, on the machine as in an image. */
export const SYSTEM_PATH = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

const PROBE_TIMEOUT_MS = 10_000;

/**
 * Finds the programs that images bring along, once, and offers them to containers in a directory of their
 * own. The one place that knows where Deno and Python are on this machine.
 */
export class Executables {
  private readonly found = new Map<string, string>();

  private constructor(readonly directory: string) {}

  static async create(
    directory: string,
    overrides: Partial<Record<ExecutableName, string>> = {},
  ): Promise<Executables> {
    const executables = new Executables(directory);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const paths = {
      sh: overrides.sh ?? '/bin/sh',
      curl: overrides.curl ?? (await onPath('curl')),
      deno: overrides.deno ?? (await denoBinary()) ?? (await onPath('deno')),
      python3: overrides.python3 ?? (await pythonInterpreter()),
    };
    for (const [name, path] of Object.entries(paths)) {
      if (path && (await isExecutable(path)))
        await executables.offer(name, path);
    }
    const python = executables.find('python3');
    if (python) await executables.offer('python', python);
    return executables;
  }

  /** The program an image would have under this name or absolute path, if it is one of ours. */
  find(command: string): string | undefined {
    const inBinary = /^(?:\/usr(?:\/local)?)?\/bin\/([^/]+)$/.exec(command);
    return this.found.get(inBinary ? inBinary[1] : command);
  }

  private async offer(name: string, path: string): Promise<void> {
    this.found.set(name, path);
    const file = join(this.directory, name);
    if (name.startsWith('python')) {
      // Not a link: an interpreter finds its libraries beside the name that it is called by.
      const text = `#!/bin/sh\nexec '${path}' "$@"\n`;
      await writeFile(file, text, { mode: 0o700 });
    } else if (name !== 'sh') {
      await rm(file, { force: true });
      await symlink(path, file);
    }
  }
}

/** Path of an executable file in the directories given, if there is one. */
export async function searchPath(
  name: string,
  directories: string[],
): Promise<string | undefined> {
  for (const directory of directories) {
    const path = join(directory, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name: string): Promise<string | undefined> {
  const own = (process.env.PATH ?? '').split(':').filter(Boolean);
  return searchPath(name, [...own, ...SYSTEM_PATH]);
}

/** The binary inside the npm package `deno`; its start script is a Node.js program and much slower. */
async function denoBinary(): Promise<string | undefined> {
  const system = `${process.platform}-${process.arch}`;
  const target = process.platform === 'linux' ? `${system}-glibc` : system;
  try {
    const start = dirname(require.resolve('deno/package.json'));
    const paths = [start];
    const manifest = require.resolve(`@deno/${target}/package.json`, { paths });
    return await searchPath('deno', [dirname(manifest)]);
  } catch {
    return undefined;
  }
}

/** Asks the interpreter where it is: version managers put a slow script in front of it. */
async function pythonInterpreter(): Promise<string | undefined> {
  const command = await onPath('python3');
  if (!command) return undefined;
  try {
    const { stdout } = await promisify(execFile)(
      command,
      ['-c', 'import sys; print(sys.executable)'],
      { timeout: PROBE_TIMEOUT_MS },
    );
    return stdout.trim() || command;
  } catch {
    return undefined;
  }
}
