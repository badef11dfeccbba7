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
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { generateProjects } from '@backstage/e2e-test-utils/playwright';

// The workers load this file again and must see what the main process chose.
process.env.E2E_PORT ??= freePort();
process.env.E2E_DIRECTORY ??= mkdtempSync(path.join(tmpdir(), 'keptn-e2e-'));
process.env.SANDBOX_KUBECONFIG = path.join(
  process.env.E2E_DIRECTORY,
  'kubeconfig',
);
const baseURL = `http://localhost:${process.env.E2E_PORT}`;
const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  timeout: 120_000,
  expect: { timeout: 30_000 },
  webServer: {
    // The built app, served by the backend, against a sandbox cluster of its own.
    command:
      'node scripts/sandbox.mjs --directory "$E2E_DIRECTORY" -- yarn workspace backend start --config ../../app-config.yaml --config ../../app-config.e2e.yaml',
    url: `${baseURL}/.backstage/health/v1/readiness`,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
  // They write pictures for the documentation and check nothing.
  testIgnore:
    process.env.UPDATE_SCREENSHOTS === '1' ? [] : ['**/screenshots.test.ts'],
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  workers: 1,
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: 'e2e-test-report' }],
  ],
  use: {
    baseURL,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: executablePath
      ? {
          executablePath,
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        }
      : {},
  },
  outputDir: 'node_modules/.cache/e2e-test-results',
  projects: (generateProjects() ?? []).map(project =>
    executablePath
      ? { ...project, use: { ...project.use, channel: undefined } }
      : project,
  ),
});

function freePort(): string {
  return execFileSync(process.execPath, [
    '-e',
    "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{process.stdout.write(String(s.address().port));s.close()})",
  ]).toString();
}
