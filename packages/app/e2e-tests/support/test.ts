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

import { test as base, expect, type Page } from '@playwright/test';

// What the platform's own components say on the console; nothing of it is ours to mend.
const NOT_OURS = [
  /findDOMNode is deprecated/,
  /Support for defaultProps will be removed/,
  /Failed to load resource: the server responded with a status of 40[14]/,
];

/** Playwright's test, which fails as well when the page has complained on the console. */
export const test = base.extend<{ quietConsole: void }>({
  quietConsole: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', error => complaints.push(error.message));
      page.on('console', message => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await use();
      expect(
        complaints.filter(text => !NOT_OURS.some(known => known.test(text))),
      ).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Where the tab of a component is. */
export function tabPath(component: string, below = ''): string {
  return `/catalog/default/component/${component}/keptn-tasks${below}`;
}

/** Opens a page of the portal as the guest. */
export async function enter(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Enter' }).click();
}

/** Opens the tab of the example component as the guest. */
export async function openTab(page: Page, below = ''): Promise<void> {
  await enter(page, tabPath('checkout', below));
  await expect(page.getByRole('tab', { name: 'Runs' })).toBeVisible();
}

/** The button that opens the dialog for a task in the namespace of the journeys. */
export function runButton(page: Page, task: string) {
  return page.getByRole('button', {
    name: `Run ${task} in sandbox/shop`,
    exact: true,
  });
}

/** Rows of the list of runs that are about a task. */
export function rowsOf(page: Page, task: string) {
  return page.getByRole('row').filter({ hasText: task });
}

/** The lines of the log that are on the page. */
export function logOf(page: Page, attempt = 1) {
  return page.getByRole('region', { name: `Log of attempt ${attempt}` });
}

/** The state in the heading of a run's page. */
export function headingState(page: Page) {
  return page
    .getByRole('article')
    .locator('header')
    .getByText(/^(Pending|Progressing|Succeeded|Failed|Cancelled|Cancelling)$/);
}
