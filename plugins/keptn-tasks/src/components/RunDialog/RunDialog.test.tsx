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
import type { UserEvent } from '@testing-library/user-event';
import {
  aDefinition,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  renderTab,
  responseError,
} from '../../__testUtils__';

function withDefinition(): FakeKeptnTasksApi {
  const api = new FakeKeptnTasksApi();
  api.definitions = [
    aDefinition({
      parameters: [
        { name: 'HEALTH_URL', value: 'http://a/', source: 'definition' },
        { name: 'FAIL', value: 'false', source: 'definition' },
      ],
    }),
  ];
  return api;
}

async function openDialog(user: UserEvent, name = 'Run smoke-test') {
  await user.click(await screen.findByRole('button', { name }));
  return within(await screen.findByRole('dialog'));
}

const submitName = 'Run smoke-test in sandbox/shop';

describe('the run dialog', () => {
  it('says exactly what will happen, starts the run and shows it', async () => {
    const api = withDefinition();
    const { user, address, events } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    const plan = within(
      dialog.getByRole('complementary', { name: 'What will happen' }),
    );
    for (const text of [
      'sandbox',
      'shop',
      'denoland/deno:2.5.6',
      'smoke-test (a1b2c3d4)',
      'guest',
    ]) {
      expect(await plan.findByText(text)).toBeInTheDocument();
    }
    await user.click(dialog.getByRole('button', { name: submitName }));

    await waitFor(() => expect(api.runs).toHaveLength(1));
    const [run] = api.runs;
    await waitFor(() => expect(address()).toBe(`/runs/${run.id}`));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(events()).toContainEqual(
      expect.objectContaining({
        action: 'trigger',
        subject: 'smoke-test',
        context: expect.objectContaining({
          entityRef: 'component:default/checkout',
        }),
      }),
    );
  });

  it('marks what is changed, shows the difference and resets it', async () => {
    const { user } = await renderTab(withDefinition(), { path: '/tasks' });
    const dialog = await openDialog(user);
    expect(dialog.getByText('Everything as defined.')).toBeInTheDocument();

    const field = dialog.getByRole('textbox', { name: /^FAIL/ });
    await user.clear(field);
    await user.type(field, 'true');
    expect(dialog.getByText('Default: false')).toBeInTheDocument();
    expect(
      dialog.getByRole('row', { name: 'FAIL false true' }),
    ).toBeInTheDocument();

    await user.click(dialog.getByRole('button', { name: 'Reset FAIL' }));
    expect(field).toHaveValue('false');
    expect(dialog.getByText('Everything as defined.')).toBeInTheDocument();
  });

  it('sends what is changed and added, with retries and timeout', async () => {
    const api = withDefinition();
    const { user } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    await user.clear(dialog.getByRole('textbox', { name: /^FAIL/ }));
    await user.click(dialog.getByRole('button', { name: 'Add a parameter' }));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'EXTRA');
    await user.type(dialog.getByRole('textbox', { name: 'Value' }), 'x');
    await user.click(dialog.getByRole('button', { name: submitName }));

    await waitFor(() => expect(api.runs).toHaveLength(1));
    const { parameters } = await api.getRun(api.runs[0].id);
    expect(parameters.filter(({ source }) => source === 'run')).toEqual([
      { name: 'FAIL', value: '', source: 'run' },
      { name: 'EXTRA', value: 'x', source: 'run' },
    ]);
  });

  it('finds mistakes before anything is sent', async () => {
    const api = withDefinition();
    const { user } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    await user.click(dialog.getByRole('button', { name: 'Add a parameter' }));
    await user.click(dialog.getByRole('button', { name: submitName }));
    expect(await dialog.findByText('Give it a name')).toBeInTheDocument();
    expect(api.runs).toHaveLength(0);
  });

  it('shows the server’s objection beside the field it is about', async () => {
    const api = withDefinition();
    const message = 'parameters.FAIL must be true or false';
    api.failNext('triggerRun', responseError(400, 'InputError', message));
    const { user } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    await user.click(dialog.getByRole('button', { name: submitName }));
    expect(await dialog.findByText(message)).toBeInTheDocument();
    expect(dialog.getByRole('textbox', { name: /^FAIL/ })).toBeInvalid();
    expect(dialog.queryByText('It was not started')).not.toBeInTheDocument();
  });

  it('shows other objections below the form', async () => {
    const api = withDefinition();
    const message = 'The namespace shop is not allowed for this entity';
    api.failNext('triggerRun', responseError(403, 'NotAllowedError', message));
    const { user } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    await user.click(dialog.getByRole('button', { name: submitName }));
    expect(await dialog.findByText(message)).toBeInTheDocument();
    expect(dialog.getByText('It was not started')).toBeInTheDocument();
  });

  it('starts one run when the answer was lost and somebody tries again', async () => {
    const api = withDefinition();
    api.failNext('triggerRun', new Error('Failed to fetch'));
    const { user, address } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    await user.click(dialog.getByRole('button', { name: submitName }));
    expect(await dialog.findByText('Failed to fetch')).toBeInTheDocument();
    expect(api.runs).toHaveLength(1);

    await user.click(dialog.getByRole('button', { name: submitName }));
    await waitFor(() => expect(address()).toBe(`/runs/${api.runs[0].id}`));
    expect(api.runs).toHaveLength(1);
  });

  it('starts another run when something else is asked for after a lost answer', async () => {
    const api = withDefinition();
    api.failNext('triggerRun', new Error('Failed to fetch'));
    const { user } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user);
    await user.click(dialog.getByRole('button', { name: submitName }));
    await dialog.findByText('Failed to fetch');
    await user.type(dialog.getByRole('textbox', { name: /^FAIL/ }), '!');
    await user.click(dialog.getByRole('button', { name: submitName }));
    await waitFor(() => expect(api.runs).toHaveLength(2));
  });

  it('lets one choose among the places that are available', async () => {
    const api = withDefinition();
    const staging = { cluster: 'staging', namespace: 'shop' };
    const away = { cluster: 'away', namespace: 'shop' };
    api.targets.push(
      { ...staging, available: true },
      { ...away, available: false, message: 'It does not answer.' },
    );
    api.definitions.push(aDefinition(staging), aDefinition(away));
    const { user } = await renderTab(api, { path: '/tasks' });
    const dialog = await openDialog(user, submitName);
    await user.click(dialog.getByRole('button', { name: /Where/ }));
    const options = within(await screen.findByRole('listbox'));
    expect(
      options.getAllByRole('option').map(({ textContent }) => textContent),
    ).toEqual(['sandbox/shop', 'staging/shop']);
    await user.click(options.getByRole('option', { name: 'staging/shop' }));
    await user.click(
      await dialog.findByRole('button', {
        name: 'Run smoke-test in staging/shop',
      }),
    );
    await waitFor(() => expect(api.runs[0]).toMatchObject(staging));
  });
});

describe('running again', () => {
  const failedRun = () => {
    const api = withDefinition();
    const { run } = api.save(
      aRunDetail(aRun({ state: 'Failed' }), {
        parameters: [
          { name: 'HEALTH_URL', value: 'http://a/', source: 'definition' },
          { name: 'FAIL', value: 'true', source: 'run' },
        ],
      }),
    );
    return { api, run };
  };

  it('starts from what the run had, shows the difference and remembers what it repeats', async () => {
    const { api, run } = failedRun();
    const { user, address, events } = await renderTab(api, {
      path: `/runs/${run.id}`,
    });
    const dialog = await openDialog(user, 'Run again');
    const field = await dialog.findByRole('textbox', { name: /^FAIL/ });
    expect(field).toHaveValue('true');
    await user.clear(field);
    await user.type(field, 'false');
    expect(
      dialog.getByRole('row', { name: 'FAIL true false' }),
    ).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: submitName }));

    await waitFor(() => expect(api.runs).toHaveLength(2));
    const [repetition] = api.runs;
    expect(repetition.rerunOf).toBe(run.id);
    expect((await api.getRun(repetition.id)).parameters).toContainEqual({
      name: 'FAIL',
      value: 'false',
      source: 'run',
    });
    await waitFor(() => expect(address()).toBe(`/runs/${repetition.id}`));
    expect(events()).toContainEqual(
      expect.objectContaining({ action: 'rerun', subject: run.id }),
    );
  });

  it('keeps the run’s own parameters when nothing is changed', async () => {
    const { api, run } = failedRun();
    const { user } = await renderTab(api, { path: `/runs/${run.id}` });
    const dialog = await openDialog(user, 'Run again');
    await user.click(await dialog.findByRole('button', { name: submitName }));
    await waitFor(() => expect(api.runs).toHaveLength(2));
    expect((await api.getRun(api.runs[0].id)).parameters).toContainEqual({
      name: 'FAIL',
      value: 'true',
      source: 'run',
    });
  });
});
