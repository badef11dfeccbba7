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

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Executables, searchPath } from './Executables';

/** A container that cannot be started, in the words of containerd and runc. */
export class StartError extends Error {
  constructor(why: string) {
    super(
      `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${why}`,
    );
    this.name = 'StartError';
  }
}

const RUNTIMES: Record<string, string> = {
  deno: 'Deno',
  python3: 'Python 3',
  python: 'Python 3',
  curl: 'curl',
};

/**
 * The file to execute for a container's first word: a path inside the container's own directory, one of the
 * programs of its image, or a program of this machine. Throws `StartError`.
 */
export async function resolveCommand(
  command: string,
  options: { executables: Executables; path: string; cwd: string },
): Promise<string> {
  const { executables, path, cwd } = options;
  const known = executables.find(command);
  if (known) return known;
  if (!command.includes('/')) {
    const found = await searchPath(command, path.split(':').filter(Boolean));
    if (found) return found;
    const runtime = RUNTIMES[command];
    const hint = runtime
      ? ` (containers are processes of this machine: install ${runtime})`
      : '';
    throw new StartError(
      `exec: "${command}": executable file not found in $PATH${hint}`,
    );
  }
  const file = command.startsWith('/') ? command : join(cwd, command);
  try {
    const found = await stat(file);
    if (found.isDirectory()) {
      throw new StartError(`exec: "${command}": is a directory`);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `exec: "${command}": stat ${command}: no such file or directory`,
    );
  }
  try {
    await access(file, constants.X_OK);
  } catch {
    throw new StartError(`exec: "${command}": permission denied`);
  }
  return file;
}
