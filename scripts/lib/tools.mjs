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

import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The absolute path of a program on PATH, if it is there. */
export function findProgram(...names) {
  for (const name of names) {
    for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(directory, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this directory.
      }
    }
  }
  return undefined;
}

/** A browser for the end-to-end tests: CHROMIUM_PATH, or what the machine has. */
export function findChromium() {
  return (
    process.env.CHROMIUM_PATH ??
    findProgram('chromium', 'chromium-browser', 'google-chrome', 'chrome')
  );
}

/** kubectl, when it is there and at least 1.28. */
export function findKubectl() {
  const kubectl = findProgram('kubectl');
  if (!kubectl) return undefined;
  try {
    const text = execFileSync(kubectl, ['version', '--client', '-o', 'json']);
    const { major, minor } = JSON.parse(text).clientVersion;
    return Number(major) > 1 || parseInt(minor, 10) >= 28 ? kubectl : undefined;
  } catch {
    return undefined;
  }
}
