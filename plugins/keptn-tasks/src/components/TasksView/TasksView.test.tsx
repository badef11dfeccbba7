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

import { screen, within } from '@testing-library/react';
import {
  aDefinition,
  anEntity,
  anId,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  renderTab,
  secondsAgo,
} from '../../__testUtils__';

describe('the view of what can be run', () => {
  it('groups tasks by when they run', async () => {
    const api = new FakeKeptnTasksApi();
    api.definitions = [
      aDefinition({ phase: 'pre' }),
      aDefinition({ name: 'load-check', runner: 'python', phase: 'post' }),
      aDefinition({ name: 'rotate-keys', phase: undefined }),
    ];
    await renderTab(api, { path: '/tasks' });
    const group = async (name: string) =>
      within(await screen.findByRole('region', { name }));
    expect(
      (await group('Before a deployment')).getByText('smoke-test'),
    ).toBeInTheDocument();
    const after = await group('After a deployment');
    expect(after.getByText('load-check')).toBeInTheDocument();
    expect(
      after.getByRole('img', { name: 'Python script' }),
    ).toBeInTheDocument();
    expect(
      (await group('On demand')).getByText('rotate-keys'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'On promotion' }),
    ).not.toBeInTheDocument();
  });

  it('shows the last result and says the history in words', async () => {
    const api = new FakeKeptnTasksApi();
    api.definitions = [
      aDefinition({
        recentRuns: [2_000, 41_000, 3_000].map((durationMs, index) => ({
          id: anId(),
          state: index === 1 ? 'Failed' : 'Succeeded',
          createdAt: secondsAgo(500 - index),
          durationMs,
        })),
      }),
    ];
    const { run } = api.save(aRunDetail(aRun()));
    const { user, address } = await renderTab(api, { path: '/tasks' });
    expect(
      await screen.findByRole('img', {
        name: 'Last 3 finished runs, 1 failed; between 2 s and 41 s',
      }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'Succeeded' }));
    expect(address()).toBe(`/runs/${run.id}`);
  });

  it('says why a task cannot run, and does not offer it', async () => {
    const api = new FakeKeptnTasksApi();
    const problem = 'The definition smoke-test has no code.';
    api.definitions = [aDefinition({ problem })];
    await renderTab(api, { path: '/tasks' });
    expect(await screen.findByText(problem)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: `Run smoke-test. ${problem}` }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('does not offer what somebody may not do, and says why', async () => {
    const api = new FakeKeptnTasksApi();
    api.definitions = [aDefinition()];
    const { user } = await renderTab(api, {
      path: '/tasks',
      entity: anEntity('not-mine'),
      denied: ['keptn-tasks.run.create'],
    });
    const button = await screen.findByRole('button', {
      name: /You may not run tasks for this entity/,
    });
    await user.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'keptn-tasks.run.create',
    );
    await user.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('shows how to get a first task', async () => {
    await renderTab(new FakeKeptnTasksApi(), { path: '/tasks' });
    expect(
      await screen.findByText('There is nothing to run yet'),
    ).toBeInTheDocument();
    expect(screen.getByText(/kubectl apply -n shop/)).toBeInTheDocument();
  });
});
