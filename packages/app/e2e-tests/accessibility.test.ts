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

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  expect,
  headingState,
  openTab,
  rowsOf,
  runButton,
  tabPath,
  test,
} from './support/test';

/** What keeps people from using the page. */
async function obstacles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(n => n.target).join(', ')}`);
}

for (const theme of ['light', 'dark']) {
  test(`nothing keeps anybody from using the tab in the ${theme} theme`, async ({
    page,
  }) => {
    await page.addInitScript(
      name => localStorage.setItem('theme', name),
      theme,
    );
    await openTab(page, '/tasks');
    await expect(runButton(page, 'smoke-test')).toBeVisible();
    await expect(page.locator('[data-theme-mode]').first()).toHaveAttribute(
      'data-theme-mode',
      theme,
    );
    expect(await obstacles(page)).toEqual([]);

    await runButton(page, 'smoke-test').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.goto(tabPath('checkout', '/runs?definition=smoke-test'));
    await expect(page.getByRole('grid')).toBeVisible();
    expect(await obstacles(page)).toEqual([]);

    await rowsOf(page, 'Failed').last().click();
    await expect(headingState(page)).toHaveText('Failed');
    expect(await obstacles(page)).toEqual([]);
  });
}
