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

import { act, screen, waitFor, within } from '@testing-library/react';
import {
  aDefinition,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  renderTab,
  responseError,
  secondsAgo,
} from '../../__testUtils__';

function withRuns(count: number): FakeKeptnTasksApi {
  const api = new FakeKeptnTasksApi();
  api.definitions = [aDefinition(), aDefinition({ name: 'load-check' })];
  for (let index = 0; index < count; index++) {
    api.save(
      aRunDetail(
        aRun({
          version: `v${index}x`,
          state: index % 5 === 1 ? 'Failed' : 'Succeeded',
          message: index % 5 === 1 ? `Failure ${index}` : undefined,
          createdAt: secondsAgo(600 + index * 60),
        }),
      ),
    );
  }
  return api;
}

const rows = async () =>
  within(await screen.findByRole('grid'))
    .getAllByRole('row')
    .slice(1);
const versions = async () =>
  (await rows()).map(row => /v\d+(?=x)/.exec(row.textContent ?? '')?.[0]);

describe('the list of runs', () => {
  it('tells state, task, version, phase, time, duration and by whom', async () => {
    const api = new FakeKeptnTasksApi();
    api.save(
      aRunDetail(
        aRun({
          version: '2.4.0',
          phase: 'pre',
          trigger: { source: 'cluster', by: 'kubectl' },
        }),
      ),
    );
    await renderTab(api, { path: '/runs' });
    const [row] = await rows();
    for (const text of [
      'Succeeded',
      'smoke-test',
      '2.4.0',
      'pre-deployment',
      '3 minutes ago',
      '12 s',
      'kubectl in the cluster',
    ]) {
      expect(row).toHaveTextContent(text);
    }
  });

  it('leads to the run', async () => {
    const api = withRuns(1);
    const { user, address } = await renderTab(api, { path: '/runs' });
    await user.click((await rows())[0]);
    expect(address()).toBe(`/runs/${api.runs[0].id}`);
  });

  it('says what a waiting run waits for', async () => {
    const api = new FakeKeptnTasksApi();
    const message = 'No node has room for it.';
    api.save(aRunDetail(aRun({ state: 'Pending', message })));
    await renderTab(api, { path: '/runs' });
    expect((await rows())[0]).toHaveTextContent(`Waits: ${message}`);
  });

  it('filters by state, with counts, in the address', async () => {
    const { user, address } = await renderTab(withRuns(10), { path: '/runs' });
    const chip = await screen.findByRole('button', { name: 'Failed 2' });
    await user.click(chip);
    await waitFor(async () => expect(await versions()).toEqual(['v1', 'v6']));
    expect(address()).toBe('/runs?state=Failed');
    expect(chip).toHaveAttribute('aria-pressed', 'true');

    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(async () => expect(await rows()).toHaveLength(10));
    expect(address()).toBe('/runs');
  });

  it('opens a shared link with its filters', async () => {
    await renderTab(withRuns(10), {
      path: '/runs?state=Failed&definition=smoke-test',
    });
    await waitFor(async () => expect(await versions()).toEqual(['v1', 'v6']));
  });

  it('says when nothing matches, and how to get out of it', async () => {
    const { user } = await renderTab(withRuns(3), {
      path: '/runs?definition=load-check',
    });
    expect(
      await screen.findByText('No run matches these filters'),
    ).toBeInTheDocument();
    await user.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    await waitFor(async () => expect(await rows()).toHaveLength(3));
  });

  it('says how to start the first run', async () => {
    const api = new FakeKeptnTasksApi();
    api.definitions = [aDefinition()];
    await renderTab(api, { path: '/runs' });
    expect(await screen.findByText(/kubectl create -n shop/)).toHaveTextContent(
      'taskDefinition: smoke-test',
    );
  });

  it('turns to older pages and back', async () => {
    const { user, address } = await renderTab(withRuns(60), { path: '/runs' });
    await waitFor(async () => expect((await versions())[0]).toBe('v0'));

    await user.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(async () => expect((await versions())[0]).toBe('v25'));
    expect(address()).toMatch(/^\/runs\?cursor=/);
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(async () => expect((await versions())[0]).toBe('v50'));
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();

    await user.click(screen.getByRole('button', { name: 'Newer' }));
    await waitFor(async () => expect((await versions())[0]).toBe('v25'));
    await user.click(screen.getByRole('button', { name: 'Newer' }));
    await waitFor(async () => expect((await versions())[0]).toBe('v0'));
    expect(address()).toBe('/runs');
  });

  it('shows a new run by itself within a second', async () => {
    const api = withRuns(2);
    await renderTab(api, { path: '/runs' });
    await rows();
    act(() => {
      api.save(aRunDetail(aRun({ version: 'v99x', createdAt: secondsAgo(0) })));
    });
    await waitFor(
      async () => expect(await versions()).toEqual(['v99', 'v0', 'v1']),
      { timeout: 1_000 },
    );
  });

  it('only counts new runs while an older page is read', async () => {
    const api = withRuns(30);
    const { user, address } = await renderTab(api, { path: '/runs' });
    await rows();
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(async () => expect((await versions())[0]).toBe('v25'));

    act(() => {
      api.save(aRunDetail(aRun({ version: 'v98x', createdAt: secondsAgo(1) })));
      api.save(aRunDetail(aRun({ version: 'v99x', createdAt: secondsAgo(0) })));
    });
    const button = await screen.findByRole('button', { name: '2 new runs' });
    expect((await versions())[0]).toBe('v25');

    await user.click(button);
    await waitFor(async () =>
      expect((await versions()).slice(0, 2)).toEqual(['v99', 'v98']),
    );
    expect(address()).toBe('/runs');
  });

  it('keeps what is shown when a refresh fails, and says so', async () => {
    const api = withRuns(2);
    await renderTab(api, { path: '/runs' });
    await rows();
    const error = responseError(503, 'Error', 'Not now');
    api.failNext('listRuns', error, error);
    act(() => {
      api.change(api.runs[0].id, { version: 'v7x' });
    });
    expect(
      await screen.findByText('What you see may be out of date'),
    ).toBeInTheDocument();
    expect(await rows()).toHaveLength(2);
  });
});
