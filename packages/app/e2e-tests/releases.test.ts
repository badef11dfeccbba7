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
import { changeScript, rollOut, uniqueVersion } from './support/releases';
import { expect, headingState, logOf, openTab, test } from './support/test';

test.setTimeout(300_000);

const healthLine = 'Is anything wrong?';

test('somebody reads why a release is held, mends the check and repeats it', async ({
  page,
}) => {
  const check = uniqueName('gate');
  const version = uniqueVersion();
  await createScriptDefinition(check, 'echo not today; exit 3');
  await openTab(page);
  await rollOut(version, { before: check });

  const line = page.getByRole('region', { name: healthLine });
  await expect(line).toContainText(
    `checkout ${version} is held in sandbox/shop: ${check} failed`,
    { timeout: 120_000 },
  );
  const card = page.getByRole('region', { name: /sandbox\/shop app shop/ });
  await expect(card).toContainText('2 Pods gated');
  await expect(
    card.getByRole('list', { name: 'Gated Pods' }).getByRole('listitem'),
  ).toHaveCount(2);
  const track = card.getByRole('list', {
    name: `Phases of Workload checkout ${version}`,
  });
  await expect(track).toContainText(check);

  await line.getByRole('link', { name: 'Open log' }).click();
  await expect(headingState(page)).toHaveText('Failed');
  await expect(logOf(page)).toContainText('not today');

  await changeScript(check, 'echo today');
  await page.getByRole('tab', { name: 'Releases' }).click();
  await card.getByRole('button', { name: 'Repeat checks…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`Its version stays ${version}.`);
  await expect(dialog).toContainText(check);
  await expect(dialog).toContainText('It is done as guest.');
  await dialog.getByRole('button', { name: /^Repeat checks of/ }).click();
  await expect(page.getByText(/are being repeated/)).toBeVisible();

  await expect(card).toContainText('2 of 2 Pods ready', { timeout: 120_000 });
  await expect(card).not.toContainText('Pods gated');
  await expect(track.getByRole('img', { name: 'Failed' })).toHaveCount(0);
});

test('somebody lets Pods go whose check has not passed, and says why', async ({
  page,
}) => {
  const check = uniqueName('gate');
  const version = uniqueVersion();
  await createScriptDefinition(check, 'exit 3');
  await rollOut(version, { before: check });
  await openTab(page);
  const card = page.getByRole('region', { name: /sandbox\/shop app shop/ });
  await expect(card).toContainText(`checkout ${version}`);
  await expect(card).toContainText(/\d Pods? gated/, { timeout: 120_000 });
  await expect(card).toContainText(`Held: ${check} failed`, {
    timeout: 120_000,
  });

  await card.getByRole('button', { name: 'Release gate…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The checks have not passed');
  await expect(dialog).toContainText(` of checkout ${version} `);
  const confirm = dialog.getByRole('button', { name: /without passed checks/ });
  await confirm.click();
  await expect(dialog).toContainText('Say why, in at least three characters');
  await dialog.getByLabel(/^Why/).fill('checked by hand');
  await confirm.click();

  await expect(card).toContainText(/guest let its Pods go .*: checked by hand/);
  await expect(card).toContainText('2 of 2 Pods ready', { timeout: 120_000 });
  await expect(card).not.toContainText('gated');
});

test('somebody follows a release to its end and finds it again', async ({
  page,
}) => {
  const before = uniqueName('before');
  const after = uniqueName('after');
  const version = uniqueVersion();
  await createScriptDefinition(before, 'echo before; sleep 2');
  await createScriptDefinition(after, 'echo after; sleep 2');
  await openTab(page);
  await rollOut(version, { before, after });

  const card = page.getByRole('region', { name: /sandbox\/shop app shop/ });
  await card
    .getByRole('link', { name: `checkout ${version}` })
    .first()
    .click({ timeout: 60_000 });
  const article = page.getByRole('article');
  await expect(
    article.getByRole('heading', { name: `checkout ${version}` }),
  ).toBeVisible();
  await expect(article.locator('header')).toContainText('Succeeded', {
    timeout: 120_000,
  });
  await expect(article).toContainText('It passed in');

  const chart = article.getByRole('list', { name: 'When what happened' });
  await expect(
    chart.getByRole('link', { name: new RegExp(`^${before}: Succeeded`) }),
  ).toBeVisible();
  await article.getByText('The same as a table').click();
  await expect(
    article.getByRole('row', { name: new RegExp(`^${after} Succeeded`) }),
  ).toBeVisible();

  const task = chart.getByRole('link', { name: new RegExp(`^${after}:`) });
  await task.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(logOf(page)).toContainText('after');
  await page.getByRole('link', { name: `checkout ${version}` }).click();
  await expect(article.getByText('It passed in')).toBeVisible();

  await article
    .getByRole('link', { name: /^All releases of checkout/ })
    .click();
  await expect(page).toHaveURL(/\/releases\?.*workload=shop-checkout/);
  await page.getByRole('textbox', { name: 'Version' }).fill(version);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('row').last().click();
  await expect(article.getByText('It passed in')).toBeVisible();
});
