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

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** kubectl with a kubeconfig and a home of its own. */
export class Kubectl {
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'kubectl-'));

  readonly environment: NodeJS.ProcessEnv;

  constructor(kubeconfig: string) {
    const file = this.file('kubeconfig', kubeconfig);
    this.environment = {
      PATH: process.env.PATH,
      HOME: this.directory,
      KUBECONFIG: file,
    };
  }

  /** What a command prints; rejects when it fails. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('kubectl', args, {
      env: this.environment,
      timeout: 45_000,
    });
    return stdout;
  }

  /** Writes a file for a command to read. */
  file(name: string, text: string): string {
    const file = path.join(this.directory, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Groups tests that need kubectl: skipped where there is none that is new enough; CI must have it. */
export function describeWithKubectl(name: string, tests: () => void): void {
  const group = hasKubectl() || process.env.CI ? describe : describe.skip;
  group(name, tests);
}

function hasKubectl(): boolean {
  try {
    const text = execFileSync(
      'kubectl',
      ['version', '--client', '-o', 'json'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).toString();
    const { major, minor } = JSON.parse(text).clientVersion;
    return Number(major) > 1 || parseInt(minor, 10) >= 28;
  } catch {
    return false;
  }
}
