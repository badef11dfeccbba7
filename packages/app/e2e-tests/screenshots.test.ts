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
import path from 'node:path';
import type { Page } from '@playwright/test';
import { createTask } from './support/cluster';
import {
  expect,
  headingState,
  logOf,
  openTab,
  rowsOf,
  runButton,
  tabPath,
  test,
} from './support/test';

const ROOT = path.resolve(__dirname, '../../..');
const IMAGES = path.join(ROOT, 'docs/images');

/** The example releases as `npm start` plays them, to their end. */
const PLAY = `
  import { objectApi } from './scripts/lib/applyManifests.mjs';
  import { playExampleReleases } from './scripts/lib/releases.mjs';
  await playExampleReleases(
    objectApi(process.env.SANDBOX_KUBECONFIG),
    'examples/release',
  );
  process.exit(0);
`;

// The end-to-end configuration takes this file in with UPDATE_SCREENSHOTS=1 only.
test.use({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 });

test.beforeAll(() => {
  test.setTimeout(180_000);
  execFileSync(process.execPath, ['--input-type=module', '-e', PLAY], {
    cwd: ROOT,
    stdio: 'inherit',
  });
});

for (const theme of ['light', 'dark']) {
  test(`the pictures of the documentation in the ${theme} theme`, async ({
    page,
  }) => {
    const picture = async (name: string, subject: Page = page) => {
      // Away from everything that reacts to the pointer.
      await subject.mouse.move(0, 0);
      await subject.screenshot({
        path: path.join(IMAGES, `${name}-${theme}.png`),
        animations: 'disabled',
      });
    };
    await page.addInitScript(
      name => localStorage.setItem('theme', name),
      theme,
    );
    await createTask('load-check', { appVersion: '2.4.0', taskType: 'post' });
    await openTab(page);
    const held = page.getByRole('region', { name: /sandbox\/shop app shop/ });
    await expect(held).toContainText('Held: checkout-smoke-test failed', {
      timeout: 60_000,
    });
    await picture('releases');

    await page.goto('/catalog/default/system/shop/keptn-tasks');
    await expect(held).toContainText('Held: checkout-smoke-test');
    await page.setViewportSize({ width: 1280, height: 1150 });
    await picture('releases-of-a-system');
    await held.getByRole('link', { name: 'shop 2.4.0' }).first().click();
    await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
    await page
      .getByRole('heading', { name: 'Phases' })
      .scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 420);
    await picture('release');
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.goto(tabPath('checkout', '/tasks'));
    await expect(runButton(page, 'smoke-test')).toBeVisible();
    await picture('tasks');

    await page.getByRole('tab', { name: 'Runs' }).click();
    await expect(rowsOf(page, 'load-check').first()).toBeVisible();
    await picture('runs');

    await rowsOf(page, 'smoke-test')
      .filter({ hasText: 'Failed' })
      .last()
      .click();
    await expect(headingState(page)).toHaveText('Failed');
    await expect(
      page.getByRole('heading', { name: 'Last lines of the log' }),
    ).toBeVisible();
    await picture('failed-run');

    await page
      .getByRole('article')
      .getByRole('button', { name: 'Run again' })
      .click();
    const field = page
      .getByRole('dialog')
      .getByRole('textbox', { name: /^actual/ });
    await field.fill('200');
    await picture('run-again');
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'All runs' }).click();
    await rowsOf(page, 'load-check').first().click();
    await expect(logOf(page)).toContainText('requests/s');
    await logOf(page).scrollIntoViewIfNeeded();
    await picture('log');
  });
}
