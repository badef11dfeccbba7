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

import { createScriptDefinition, uniqueName } from './support/cluster';
import {
  expect,
  headingState,
  logOf,
  openTab,
  runButton,
  test,
} from './support/test';

test('somebody cancels a run, says why, and keeps its log', async ({
  page,
}) => {
  const task = uniqueName('endless');
  await createScriptDefinition(task, 'echo begun; sleep 300; echo ended');
  await openTab(page, '/tasks');
  await runButton(page, task).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Run ${task} in sandbox/shop` })
    .click();
  await expect(logOf(page)).toContainText('begun');

  await page.getByRole('button', { name: 'Cancel run' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why (optional)').fill('it takes too long');
  await dialog.getByRole('button', { name: 'Cancel run' }).click();

  await expect(headingState(page)).toHaveText('Cancelled');
  await expect(page.getByRole('article')).toContainText('it takes too long');
  await expect(logOf(page)).toContainText('begun');
  await expect(logOf(page)).not.toContainText('ended');
  await expect(page.getByRole('button', { name: 'Cancel run' })).toHaveCount(0);
});
