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

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createScriptDefinition, uniqueName } from './support/cluster';
import { rollOut, uniqueVersion } from './support/releases';
import { enter, expect, openTab, tabPath, test } from './support/test';

test.setTimeout(300_000);

/** What keeps people from using the page. */
async function obstacles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(n => n.target).join(', ')}`);
}

/** Rolls a version out that is held, and opens the tab when it is. */
async function holdAndOpen(page: Page): Promise<string> {
  const check = uniqueName('gate');
  const version = uniqueVersion();
  await createScriptDefinition(check, 'exit 3');
  await rollOut(version, { before: check });
  await openTab(page);
  await expect(page.getByText(`Held: ${check} failed`)).toBeVisible({
    timeout: 120_000,
  });
  return version;
}

for (const theme of ['light', 'dark']) {
  test(`nothing keeps anybody from using the releases in the ${theme} theme`, async ({
    page,
  }) => {
    await page.addInitScript(
      name => localStorage.setItem('theme', name),
      theme,
    );
    const version = await holdAndOpen(page);
    expect(await obstacles(page)).toEqual([]);

    const card = page.getByRole('region', { name: /sandbox\/shop app shop/ });
    for (const name of ['Release gate…', 'Repeat checks…']) {
      await card.getByRole('button', { name }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await obstacles(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }

    await card
      .getByRole('link', { name: `checkout ${version}` })
      .first()
      .click();
    await expect(
      page.getByRole('list', { name: 'When what happened' }),
    ).toBeVisible();
    expect(await obstacles(page)).toEqual([]);

    await page.goto(tabPath('checkout', '/releases'));
    await expect(page.getByRole('grid')).toBeVisible();
    expect(await obstacles(page)).toEqual([]);
  });
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 400, height: 800 } });

  test('everything about a release is within reach', async ({ page }) => {
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
    const version = await holdAndOpen(page);
    expect(await overflow()).toBeLessThanOrEqual(0);

    const card = page.getByRole('region', { name: /sandbox\/shop app shop/ });
    await card
      .getByRole('link', { name: `checkout ${version}` })
      .first()
      .click();
    const gate = page
      .getByRole('article')
      .getByRole('button', { name: 'Release gate…' });
    await gate.scrollIntoViewIfNeeded();
    await expect(gate).toBeInViewport();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});

test('a component without a release says how to get one', async ({ page }) => {
  await enter(page, tabPath('cart'));
  await expect(
    page.getByRole('heading', { name: 'No release yet' }),
  ).toBeVisible();
  await expect(
    page.getByText(/kubectl annotate namespace shop-staging/),
  ).toBeVisible();
});
