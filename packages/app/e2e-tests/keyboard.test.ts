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

import type { Page } from '@playwright/test';
import { createScriptDefinition, uniqueName } from './support/cluster';
import { expect, headingState, logOf, openTab, test } from './support/test';

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent;
    });
    if (focused?.trim() === name) return;
  }
  throw new Error(`${name} cannot be reached with the Tab key`);
}

test('somebody runs a task and leaves its page with the keyboard alone', async ({
  page,
}) => {
  const task = uniqueName('keys');
  await createScriptDefinition(task, 'echo pressed');
  await openTab(page, '/tasks');
  await expect(
    page.getByRole('button', { name: `Run ${task} in sandbox/shop` }),
  ).toBeVisible();

  await tabTo(page, `Run ${task} in sandbox/shop`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo(page, `Run ${task} in sandbox/shop`);
  await page.keyboard.press('Enter');
  await expect(logOf(page)).toContainText('pressed');
  await expect(headingState(page)).toHaveText('Succeeded');

  await tabTo(page, 'All runs');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page).toHaveURL(/\/runs$/);
});
