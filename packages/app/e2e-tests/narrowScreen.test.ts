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

import {
  expect,
  openTab,
  rowsOf,
  runButton,
  tabPath,
  test,
} from './support/test';

test.use({ viewport: { width: 400, height: 800 } });

test('everything is within reach on a narrow screen', async ({ page }) => {
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
  await openTab(page, '/tasks');
  await expect(runButton(page, 'smoke-test')).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);

  await page.goto(tabPath('checkout', '/runs?definition=smoke-test'));
  await expect(rowsOf(page, 'smoke-test').first()).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);

  await rowsOf(page, 'smoke-test').last().click();
  const again = page
    .getByRole('article')
    .getByRole('button', { name: 'Run again' });
  await again.scrollIntoViewIfNeeded();
  await expect(again).toBeInViewport();
  expect(await overflow()).toBeLessThanOrEqual(0);

  await again.click();
  const submit = page
    .getByRole('dialog')
    .getByRole('button', { name: /^Run smoke-test in/ });
  await expect(submit).toBeInViewport();
});
