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

import { open } from 'node:fs/promises';
import { LogFile } from './logs/LogFile';
import { readLog } from './logs/readLog';

const LONGEST = 4_096;
const LONGEST_FROM_LOG = 2_048;
const LINES_FROM_LOG = 80;

/**
 * What a container left to say: the file at its termination message path or, when that is empty, it failed
 * and its policy is FallbackToLogsOnError, the end of its log.
 */
export async function terminationMessage(
  file: string,
  options: { policy?: string; exitCode: number; log: LogFile },
): Promise<string | undefined> {
  const message = await head(file);
  if (message) return message;
  const fallback = options.policy === 'FallbackToLogsOnError';
  if (!fallback || options.exitCode === 0) return undefined;
  const chunks: Uint8Array[] = [];
  const { signal } = new AbortController();
  const wanted = { tailLines: LINES_FROM_LOG };
  for await (const chunk of readLog(options.log, wanted, signal)) {
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).subarray(-LONGEST_FROM_LOG);
  return text.toString('utf8') || undefined;
}

async function head(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(LONGEST),
        0,
        LONGEST,
        0,
      );
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
