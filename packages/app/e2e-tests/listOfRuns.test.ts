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
  createScriptDefinition,
  createTask,
  uniqueName,
} from './support/cluster';
import { expect, openTab, rowsOf, test } from './support/test';

test('somebody filters the runs and shares the link', async ({
  page,
  browser,
}) => {
  const good = uniqueName('good');
  const bad = uniqueName('bad');
  await createScriptDefinition(good, 'echo fine');
  await createScriptDefinition(bad, 'echo broken; exit 3');
  await createTask(good);
  await createTask(bad);

  await openTab(page, '/runs');
  await expect(rowsOf(page, good)).toContainText('Succeeded');
  await expect(rowsOf(page, bad)).toContainText('Failed');
  await expect(rowsOf(page, bad)).toContainText('exit code 3');

  await page.getByRole('button', { name: /^Failed \d/ }).click();
  await expect(rowsOf(page, good)).toHaveCount(0);
  await expect(rowsOf(page, bad)).toBeVisible();
  await expect(page).toHaveURL(/\?state=Failed$/);

  await page.getByRole('button', { name: /^Task|Task$/ }).click();
  await page.getByRole('option', { name: bad }).click();
  await expect(page).toHaveURL(new RegExp(`definition=${bad}`));
  await expect(page.getByRole('row')).toHaveCount(2);

  const other = await browser.newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Enter' }).click();
  await expect(rowsOf(other, bad)).toBeVisible();
  await expect(other.getByRole('row')).toHaveCount(2);

  await rowsOf(other, bad).click();
  await expect(other.getByRole('heading', { name: bad })).toBeVisible();
  const run = other.url();
  await other.close();
  await page.goto(run);
  await expect(page.getByRole('heading', { name: bad })).toBeVisible();
});

test('somebody turns the pages of a long list', async ({ page }) => {
  const task = uniqueName('many');
  await createScriptDefinition(task, 'true');
  for (let index = 1; index <= 30; index++) {
    await createTask(task, { appVersion: `0.${index}.0` });
  }
  await openTab(page, `/runs?definition=${task}`);
  await expect(rowsOf(page, task)).toHaveCount(25);
  const first = await rowsOf(page, task).first().textContent();

  await page.getByRole('button', { name: 'Older' }).click();
  await expect(rowsOf(page, task)).toHaveCount(5);
  await expect(page).toHaveURL(/cursor=/);
  await expect(page.getByRole('button', { name: 'Older' })).toBeDisabled();

  await createTask(task, { appVersion: '1.0.0' });
  const news = page.getByRole('button', { name: '1 new run' });
  await expect(news).toBeVisible();
  await expect(rowsOf(page, task)).toHaveCount(5);

  await page.goBack();
  await expect(rowsOf(page, task)).toHaveCount(25);
  await expect(rowsOf(page, task).nth(1)).toContainText(
    /0\.\d+\.0/.exec(first ?? '')?.[0] ?? 'no version',
  );
});
