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

import { createDenoDefinition, uniqueName } from './support/cluster';
import {
  expect,
  headingState,
  logOf,
  openTab,
  runButton,
  test,
} from './support/test';

const CODE = `
const { answer } = JSON.parse(Deno.env.get('DATA') ?? '{}');
console.log('The answer is ' + answer);
if (answer !== '42') throw new Error('that is not the answer');
`;

test('somebody reads why a task failed and runs it again with another parameter', async ({
  page,
}) => {
  const task = uniqueName('answer');
  await createDenoDefinition(task, CODE, { answer: '41' });
  await openTab(page, '/tasks');
  await runButton(page, task).click();
  const dialog = page.getByRole('dialog');
  const submit = dialog.getByRole('button', {
    name: `Run ${task} in sandbox/shop`,
  });
  await submit.click();

  await expect(headingState(page)).toHaveText('Failed');
  const why = page.getByRole('article');
  await expect(why).toContainText('exit code 1');
  await expect(why).toContainText('Reason: ');
  await expect(
    why.getByRole('heading', { name: 'Last lines of the log' }),
  ).toBeVisible();
  await expect(why.locator('pre').first()).toContainText(
    'that is not the answer',
  );
  await expect(logOf(page)).toContainText('The answer is 41');
  const failed = page.url();

  await page
    .getByRole('article')
    .getByRole('button', { name: 'Run again' })
    .click();
  const field = dialog.getByRole('textbox', { name: /^answer/ });
  await expect(field).toHaveValue('41');
  await field.fill('42');
  await expect(dialog.getByRole('row', { name: 'answer 41 42' })).toBeVisible();
  await submit.click();

  await expect(page).not.toHaveURL(failed);
  await expect(headingState(page)).toHaveText('Succeeded');
  await expect(logOf(page)).toContainText('The answer is 42');

  await page.getByRole('tab', { name: 'Parameters' }).click();
  await expect(
    page.getByRole('row', { name: 'answer 42 this run' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'an earlier run' }).click();
  await expect(page).toHaveURL(failed);
});
