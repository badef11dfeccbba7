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

test('a task that was created in the cluster appears by itself within a second', async ({
  page,
}) => {
  const task = uniqueName('applied');
  await createScriptDefinition(task, 'echo done');
  await openTab(page, '/runs');
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(rowsOf(page, task)).toHaveCount(0);

  await createTask(task, { appVersion: '7.1.0' });
  await expect(rowsOf(page, task)).toBeVisible({ timeout: 1_000 });
  await expect(rowsOf(page, task)).toContainText('7.1.0');
  await expect(rowsOf(page, task)).toContainText('Succeeded');
});
