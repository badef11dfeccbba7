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

test('somebody runs a task and watches its log until it has passed', async ({
  page,
}) => {
  const task = uniqueName('walk');
  await createScriptDefinition(
    task,
    'for step in 1 2 3 4; do echo "step $step"; sleep 1; done; echo arrived',
  );
  await openTab(page, '/tasks');
  await runButton(page, task).click();

  const dialog = page.getByRole('dialog');
  const plan = dialog.getByRole('complementary', { name: 'What will happen' });
  await expect(plan).toContainText('sandbox');
  await expect(plan).toContainText('shop');
  await expect(plan).toContainText('busybox:1.36');
  await expect(plan).toContainText('guest');
  await dialog
    .getByRole('button', { name: `Run ${task} in sandbox/shop` })
    .click();

  await expect(page).toHaveURL(/\/keptn-tasks\/runs\/[0-9a-f-]{36}$/);
  await expect(logOf(page)).toContainText('step 1');
  await expect(logOf(page)).not.toContainText('arrived');
  await expect(page.getByText('Following')).toBeVisible();

  await expect(logOf(page)).toContainText('arrived');
  await expect(headingState(page)).toHaveText('Succeeded');
  await expect(page.getByText('Complete')).toBeVisible();
});

test('the tasks of the example are there', async ({ page }) => {
  await openTab(page, '/tasks');
  for (const task of ['smoke-test', 'load-check', 'flaky-migration']) {
    await expect(runButton(page, task)).toBeVisible();
  }
});
