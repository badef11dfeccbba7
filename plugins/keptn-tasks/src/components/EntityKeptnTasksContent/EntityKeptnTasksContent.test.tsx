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

import { screen, waitFor } from '@testing-library/react';
import {
  aDefinition,
  anEntity,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  renderTab,
  responseError,
  secondsAgo,
} from '../../__testUtils__';

function aHistory(): FakeKeptnTasksApi {
  const api = new FakeKeptnTasksApi();
  api.definitions = [aDefinition({ phase: 'pre' })];
  return api;
}

describe('the tab', () => {
  it('says so when the entity does not tell where its tasks run', async () => {
    const entity = anEntity();
    entity.metadata.annotations = {};
    await renderTab(aHistory(), { entity });
    expect(await screen.findByText('Missing Annotation')).toBeInTheDocument();
    expect(screen.getByText(/keptn-tasks\/targets/)).toBeInTheDocument();
  });

  it('shows that it is loading', async () => {
    const api = Object.assign(aHistory(), {
      listDefinitions: () => new Promise<never>(() => {}),
    });
    await renderTab(api, { path: '/tasks' });
    expect(
      await screen.findByRole('progressbar', { name: 'Loading…' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Looking at the last runs…')).toBeInTheDocument();
  });

  it('says once that somebody may not see the runs', async () => {
    const api = aHistory();
    const refusal = responseError(403, 'NotAllowedError', 'No');
    api.failNext('listDefinitions', refusal, refusal);
    api.failNext('listRuns', refusal, refusal);
    await renderTab(api);
    expect(
      await screen.findByText('You may not see these runs'),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
  });

  it('says what is wrong and tries again on request', async () => {
    const api = aHistory();
    const error = responseError(500, 'Error', 'The database is not available');
    api.failNext('listDefinitions', error, error);
    const { user } = await renderTab(api, { path: '/tasks' });
    expect(
      await screen.findByText('The database is not available'),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('smoke-test')).toBeInTheDocument();
    expect(
      screen.queryByText('The database is not available'),
    ).not.toBeInTheDocument();
  });

  it('names a place that is away, and the rest works', async () => {
    const api = aHistory();
    api.targets = [
      ...api.targets,
      {
        cluster: 'staging',
        namespace: 'shop',
        available: false,
        message: 'The cluster staging does not answer.',
      },
    ];
    api.definitions.push(aDefinition({ cluster: 'staging', phase: 'pre' }));
    await renderTab(api, { path: '/tasks' });
    expect(
      await screen.findByText('staging/shop is not available'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Run smoke-test in sandbox/shop' }),
    ).toBeEnabled();
    expect(
      screen.getByRole('button', {
        name: /Run smoke-test in staging\/shop. The cluster staging does not answer/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('says why the entity reaches no place at all', async () => {
    const api = new FakeKeptnTasksApi();
    api.targets = [];
    api.problem = 'No configured cluster allows the namespace shop.';
    await renderTab(api);
    expect(await screen.findByText(api.problem)).toBeInTheDocument();
  });

  it('leads to the releases when it does not know an address', async () => {
    const { address } = await renderTab(aHistory(), { path: '/elsewhere/1' });
    expect(await screen.findByText('No release yet')).toBeInTheDocument();
    expect(address()).toBe('');
  });

  it('moves between its views through the address', async () => {
    const api = aHistory();
    api.save(aRunDetail(aRun()));
    const { user, address } = await renderTab(api);
    expect(await screen.findByText('No release yet')).toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'Tasks' }));
    expect(
      await screen.findByRole('button', { name: 'Run smoke-test' }),
    ).toBeInTheDocument();
    expect(address()).toBe('/tasks');
    await user.click(screen.getByRole('tab', { name: 'Runs' }));
    expect(await screen.findByRole('grid')).toBeInTheDocument();
    expect(address()).toBe('/runs');
    await user.click(screen.getByRole('tab', { name: 'Releases' }));
    expect(await screen.findByText('No release yet')).toBeInTheDocument();
    expect(address()).toBe('');
  });
});

describe('the line at the top', () => {
  const health = () =>
    screen.findByRole('region', { name: 'Is anything wrong?' });

  it('says that nothing has run', async () => {
    await renderTab(aHistory());
    await waitFor(async () =>
      expect(await health()).toHaveTextContent('Nothing has run yet.'),
    );
  });

  it('says that everything passed', async () => {
    const api = aHistory();
    api.save(aRunDetail(aRun()));
    await renderTab(api);
    await waitFor(async () =>
      expect(await health()).toHaveTextContent(
        'Everything passed. Last run smoke-test, sandbox/shop, 2 minutes ago (12 s).',
      ),
    );
  });

  it('says what failed and why, and leads to the log and to another try', async () => {
    const api = aHistory();
    const { run } = api.save(
      aRunDetail(
        aRun({
          state: 'Failed',
          version: '2.4.0',
          message: 'The script ended with exit code 1.',
        }),
      ),
    );
    const { user, address } = await renderTab(api);
    await waitFor(async () =>
      expect(await health()).toHaveTextContent(
        'smoke-test of 2.4.0 failed 2 minutes ago in sandbox/shopThe script ended with exit code 1.',
      ),
    );
    expect(screen.getByRole('button', { name: 'Run again' })).toBeEnabled();
    await user.click(screen.getByRole('link', { name: 'Open log' }));
    expect(address()).toBe(`/runs/${run.id}?tab=log`);
  });

  it('changes by itself as soon as something happens', async () => {
    const api = aHistory();
    const { run } = api.save(
      aRunDetail(aRun({ state: 'Progressing', finishedAt: undefined })),
    );
    await renderTab(api);
    await waitFor(async () =>
      expect(await health()).toHaveTextContent('1 run is under way'),
    );
    api.change(run.id, { state: 'Failed', finishedAt: secondsAgo(0) });
    await waitFor(
      async () => expect(await health()).toHaveTextContent('smoke-test failed'),
      { timeout: 1_000 },
    );
  });

  it('tells that live updates are interrupted, and catches up when they are back', async () => {
    const api = aHistory();
    await renderTab(api, { path: '/tasks' });
    await screen.findByText('smoke-test');
    api.hints.cut();
    expect(
      await screen.findByText(/Live updates are interrupted/),
    ).toBeInTheDocument();

    api.save(aRunDetail(aRun()));
    api.hints.restore();
    await waitFor(
      () =>
        expect(
          screen.queryByText(/Live updates are interrupted/),
        ).not.toBeInTheDocument(),
      { timeout: 4_000 },
    );
    await waitFor(async () =>
      expect(await health()).toHaveTextContent('Everything passed.'),
    );
  });
});
