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

import { screen, waitFor, within } from '@testing-library/react';
import {
  aHeldRelease,
  anAppRelease,
  anEnvironment,
  aRelease,
  FakeKeptnTasksApi,
  renderTab,
  secondsAgo,
} from '../../__testUtils__';

function withReleases(count = 30) {
  const api = new FakeKeptnTasksApi();
  api.releases.environments = [
    anEnvironment({ app: anAppRelease(), workloads: [aHeldRelease()] }),
  ];
  api.releases.older = Array.from({ length: count }, (_, index) =>
    aRelease({
      version: `2.3.${count - index}`,
      createdAt: secondsAgo(1_000 + index * 100),
      startedAt: secondsAgo(1_000 + index * 100),
      finishedAt: secondsAgo(960 + index * 100),
    }),
  );
  return api;
}

const rows = async () =>
  within(await screen.findByRole('grid'))
    .getAllByRole('row')
    .slice(1);

describe('the list of releases', () => {
  it('tells state, what, version, level, when and how long, and leads to the release', async () => {
    const api = withReleases(1);
    const { user, address } = await renderTab(api, { path: '/releases' });
    await waitFor(async () => expect(await rows()).toHaveLength(3));
    const held = (await rows()).find(row =>
      row.textContent?.includes('Failed'),
    )!;
    for (const text of [
      'checkout',
      '2.4.0',
      'Workload',
      '5 minutes ago',
      'smoke-test failed: The script ended with exit code 1.',
    ]) {
      expect(held).toHaveTextContent(text);
    }
    await user.click(held);
    expect(address()).toBe(
      `/releases/${api.releases.environments[0].workloads[0].id}`,
    );
  });

  it('filters by state and level, in the address', async () => {
    const { user, address } = await renderTab(withReleases(3), {
      path: '/releases?kind=workload',
    });
    await waitFor(async () => expect(await rows()).toHaveLength(4));
    await user.click(screen.getByRole('button', { name: 'Failed' }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(address()).toBe('/releases?state=Failed&kind=workload');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(async () => expect(await rows()).toHaveLength(5));
    expect(address()).toBe('/releases');
  });

  it('filters by version and by app or workload', async () => {
    const { user, address } = await renderTab(withReleases(3), {
      path: '/releases?workload=shop-checkout',
    });
    await waitFor(async () => expect(await rows()).toHaveLength(4));
    expect(
      screen.getByRole('button', { name: /checkout.*App or workload/ }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('textbox', { name: 'Version' }));
    await user.paste('2.3.2');
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(address()).toBe('/releases?workload=shop-checkout&version=2.3.2');
  });

  it('turns pages', async () => {
    const { user, address } = await renderTab(withReleases(30), {
      path: '/releases',
    });
    await waitFor(async () => expect(await rows()).toHaveLength(25));
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(async () => expect(await rows()).toHaveLength(7));
    expect(address()).toContain('cursor=');
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Newer' }));
    await waitFor(async () => expect(await rows()).toHaveLength(25));
  });

  it('says when no release matches, and how to see them again', async () => {
    const { user } = await renderTab(withReleases(1), {
      path: '/releases?version=9',
    });
    expect(
      await screen.findByText('No release matches these filters'),
    ).toBeInTheDocument();
    await user.click(
      within(screen.getByRole('grid')).getByRole('button', {
        name: 'Clear filters',
      }),
    );
    await waitFor(async () => expect(await rows()).toHaveLength(3));
  });
});
