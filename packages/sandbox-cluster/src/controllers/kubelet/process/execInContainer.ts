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

import { spawn } from 'node:child_process';
import { Launch, processSpec } from './launch';
import { forgetGroup, killGroup, trackGroup } from './liveGroups';
import { StartError } from './resolveCommand';

/** No more of a command's output is kept. */
const LONGEST_OUTPUT = 10 * 1024;

/**
 * Runs a command beside the process of a container, with its environment and its files. Resolves to what it said when
 * it failed; it is ended when the time is over or the signal is aborted.
 */
export async function execInContainer(
  container: Launch,
  command: string[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { file, args, env, cwd } = await processSpec(container, command);
    return await run({ file, args, env, cwd, command, timeoutMs, signal });
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
}

interface Run {
  file: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  command: string[];
  timeoutMs: number;
  signal: AbortSignal;
}

function run(options: Run): Promise<string | undefined> {
  const { file, args, env, cwd, command, timeoutMs, signal } = options;
  return new Promise(resolve => {
    const child = spawn(file, args, {
      argv0: command[0],
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid) trackGroup(pid);
    let output = '';
    let timedOut = false;
    const kill = () => pid && killGroup(pid, 'SIGKILL');
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, timeoutMs);
    signal.addEventListener('abort', kill);
    const take = (chunk: Buffer) => {
      output = (output + chunk).slice(0, LONGEST_OUTPUT);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const over = (failure: string | undefined) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      if (pid) forgetGroup(pid);
      resolve(failure);
    };
    child.once('error', error => over(error.message));
    child.once('close', code => {
      const late = `command timed out: "${command.join(' ')}" timed out after ${
        timeoutMs / 1_000
      }s`;
      if (timedOut) over(late);
      else over(code === 0 ? undefined : output);
    });
  });
}
