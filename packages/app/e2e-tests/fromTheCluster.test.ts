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
  await openTab(page, `/runs?definition=${task}`);
  await expect(page.getByText('No run matches these filters')).toBeVisible();

  // A busy machine only ever makes it slower: the fastest of three is what the product takes.
  const took: number[] = [];
  for (let count = 1; count <= 3; count++) {
    await createTask(task, { appVersion: `7.${count}.0` });
    const created = Date.now();
    await expect(rowsOf(page, `7.${count}.0`)).toBeVisible();
    took.push(Date.now() - created);
    await expect(rowsOf(page, `7.${count}.0`)).toContainText('Succeeded');
  }
  expect(Math.min(...took)).toBeLessThan(1_000);
});
