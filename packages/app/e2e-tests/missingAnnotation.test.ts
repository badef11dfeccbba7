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

import { enter, expect, tabPath, test } from './support/test';

test('a component without annotations has no tab', async ({ page }) => {
  await enter(page, '/catalog/default/component/newsletter');
  await expect(page.getByRole('heading', { name: 'Newsletter' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Deployment tasks' })).toHaveCount(
    0,
  );
});

test('a component of another team says why it reaches no place', async ({
  page,
}) => {
  await enter(page, tabPath('ledger'));
  await expect(
    page.getByText('This entity reaches no place to run tasks in'),
  ).toBeVisible();
});

test('a component whose tasks are limited offers those only', async ({
  page,
}) => {
  await enter(page, tabPath('cart', '/tasks'));
  await expect(
    page.getByRole('button', { name: /^Run smoke-test/ }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run report-/ })).toHaveCount(
    2,
  );
  await expect(
    page.getByRole('button', { name: /^Run load-check/ }),
  ).toHaveCount(0);
});
