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
import type { Run, RunDetail } from 'backstage-plugin-keptn-tasks-common';
import {
  aDefinition,
  anEntity,
  anId,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  renderTab,
  responseError,
  secondsAgo,
} from '../../__testUtils__';

function withRun(
  part: Partial<Run> = {},
  details: Partial<Omit<RunDetail, 'run'>> = {},
) {
  const api = new FakeKeptnTasksApi();
  api.definitions = [aDefinition()];
  const { run } = api.save(aRunDetail(aRun(part), details));
  return { api, run, path: `/runs/${run.id}` };
}

const failed: Partial<Run> = {
  state: 'Failed',
  phase: 'pre',
  version: '2.4.0',
  reason: 'BackoffLimitExceeded',
  message: 'The script ended with exit code 1.',
};

describe('the page of a run', () => {
  it('tells what ran, for what, where and when', async () => {
    const { api, path } = withRun({ phase: 'pre', version: '2.4.0' });
    await renderTab(api, { path });
    expect(
      await screen.findByRole('heading', { name: 'smoke-test' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('2.4.0 · pre-deployment · sandbox/shop'),
    ).toBeInTheDocument();
    expect(screen.getByText('guest')).toBeInTheDocument();
    expect(screen.getByText('It passed in 12 s.')).toBeInTheDocument();
  });

  it('tells cause, remedy, raw reason and the last lines of the log of a failure', async () => {
    const { api, path } = withRun(failed, {
      logTail: [
        { n: 7, text: '\u001b[31merror\u001b[0m: checkout is not healthy' },
      ],
    });
    await renderTab(api, { path });
    expect(await screen.findByText(failed.message!)).toBeInTheDocument();
    expect(
      screen.getByText(/run the task again with other parameters/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Reason: BackoffLimitExceeded, exit code 1'),
    ).toBeInTheDocument();
    expect(screen.getByText('error')).toHaveAttribute('data-color', 'red');
  });

  it('compares a failure with the last good run', async () => {
    const lastGood = {
      id: anId(),
      state: 'Succeeded' as const,
      createdAt: secondsAgo(900),
      version: '2.3.9',
      definition: { name: 'smoke-test', hash: 'ffff0000' },
      parameters: [
        {
          name: 'HEALTH_URL',
          value: 'http://old/',
          source: 'definition' as const,
        },
      ],
    };
    const { api, path } = withRun(failed, { lastGood });
    await renderTab(api, { path });
    const changes = within(
      await screen.findByRole('table', {
        name: 'Changed since the last good run',
      }),
    );
    expect(
      changes.getByRole('row', { name: 'Version 2.3.9 2.4.0' }),
    ).toBeInTheDocument();
    expect(
      changes.getByRole('row', { name: 'Definition ffff0000 a1b2c3d4' }),
    ).toBeInTheDocument();
    expect(
      changes.getByRole('row', {
        name: 'HEALTH_URL http://old/ http://checkout:8080/healthz',
      }),
    ).toBeInTheDocument();
  });

  it('compares with the previous run on request, in the address', async () => {
    const previous = {
      id: anId(),
      state: 'Succeeded' as const,
      createdAt: secondsAgo(900),
      definition: { name: 'smoke-test', hash: 'a1b2c3d4e5f6' },
      parameters: aRunDetail(aRun()).parameters,
    };
    const { api, path } = withRun({}, { previous });
    const { user, address } = await renderTab(api, { path });
    await user.click(await screen.findByRole('button', { name: 'Compare' }));
    expect(
      screen.getByText('Version, definition and parameters are the same.'),
    ).toBeInTheDocument();
    expect(address()).toContain('compare=previous');
  });

  it('shows where the time of each attempt went and switches between their logs', async () => {
    const { api, run, path } = withRun(
      { ...failed, attempts: 2 },
      {
        attempts: [1, 2].map(number => ({
          number,
          state: 'Failed' as const,
          exitCode: number,
          createdAt: secondsAgo(190 - number * 5),
          startedAt: secondsAgo(189 - number * 5),
          finishedAt: secondsAgo(186 - number * 5),
        })),
      },
    );
    api.keepLog(run.id, [{ n: 0, text: 'first try' }], 1);
    api.keepLog(run.id, [{ n: 0, text: 'second try' }], 2);
    const { user, address } = await renderTab(api, { path });
    expect(await screen.findByText('second try')).toBeInTheDocument();
    expect(screen.getByText('attempt 2: running')).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', { name: 'Attempt 1, failed, exit code 1' }),
    );
    expect(await screen.findByText('first try')).toBeInTheDocument();
    expect(address()).toContain('attempt=1');
  });

  it('has a tab for each detail, in the address', async () => {
    const { api, path } = withRun({
      context: { appName: 'shop', metadata: { commit: '5f2c1e9' } },
    });
    const { user, address } = await renderTab(api, { path });
    const open = async (name: string) =>
      user.click(await screen.findByRole('tab', { name }));

    await open('Parameters');
    expect(
      screen.getByRole('row', {
        name: 'HEALTH_URL http://checkout:8080/healthz definition smoke-test',
      }),
    ).toBeInTheDocument();
    await open('Context');
    expect(screen.getByText(/"commit": "5f2c1e9"/)).toBeInTheDocument();
    await open('Definition');
    expect(screen.getByText(/kind: KeptnTaskDefinition/)).toBeInTheDocument();
    await open('Events');
    expect(
      within(screen.getByRole('list', { name: 'Events' })).getAllByRole(
        'listitem',
      ),
    ).toHaveLength(3);
    await open('YAML');
    expect(screen.getByText(/generateName: smoke-test-/)).toBeInTheDocument();
    expect(address()).toContain('tab=manifest');
  });

  it('says that there is no such run, and leads back', async () => {
    const { api } = withRun();
    const { user, address } = await renderTab(api, {
      path: `/runs/${anId()}`,
    });
    expect(
      await screen.findByText('This run does not exist'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'Back to all runs' }));
    expect(address()).toBe('/runs');
  });

  it('follows the run by itself', async () => {
    const { api, run, path } = withRun({
      state: 'Pending',
      message: 'No node has room for it.',
      reason: 'Unschedulable',
      attempts: 0,
      startedAt: undefined,
      finishedAt: undefined,
    });
    await renderTab(api, { path });
    expect(
      await screen.findByText('No node has room for it.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The log begins as soon as its Pod has started.'),
    ).toBeInTheDocument();
    act(() => {
      api.change(run.id, {
        state: 'Failed',
        message: 'It was stopped after 5 minutes.',
        reason: 'DeadlineExceeded',
      });
    });
    expect(
      await screen.findByText('It was stopped after 5 minutes.'),
    ).toBeInTheDocument();
  });
});

describe('cancelling', () => {
  const running: Partial<Run> = { state: 'Progressing', finishedAt: undefined };

  it('asks first, and tells others why', async () => {
    const { api, run, path } = withRun(running);
    const { user, events } = await renderTab(api, { path });
    await user.click(await screen.findByRole('button', { name: 'Cancel run' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/Its Pods in sandbox\/shop are stopped/),
    ).toBeInTheDocument();
    await user.type(dialog.getByLabelText('Why (optional)'), 'wrong version');
    await user.click(dialog.getByRole('button', { name: 'Cancel run' }));

    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect((await api.getRun(run.id)).run).toMatchObject({
      cancelRequested: true,
      message: 'guest cancelled it: wrong version',
    });
    expect((await screen.findAllByText('Cancelling')).length).toBeGreaterThan(
      0,
    );
    expect(events()).toContainEqual(
      expect.objectContaining({ action: 'cancel', subject: run.id }),
    );
  });

  it('does nothing when somebody thinks better of it', async () => {
    const { api, run, path } = withRun(running);
    const { user } = await renderTab(api, { path });
    await user.click(await screen.findByRole('button', { name: 'Cancel run' }));
    await user.click(
      await screen.findByRole('button', { name: 'Keep running' }),
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect((await api.getRun(run.id)).run.cancelRequested).toBeUndefined();
  });

  it('says why it did not work', async () => {
    const { api, path } = withRun(running);
    api.failNext(
      'cancelRun',
      responseError(409, 'ConflictError', 'The run has already ended'),
    );
    const { user } = await renderTab(api, { path });
    await user.click(await screen.findByRole('button', { name: 'Cancel run' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Cancel run' }));
    expect(
      await dialog.findByText('The run has already ended'),
    ).toBeInTheDocument();
  });

  it('is not offered for a run that has ended', async () => {
    const { api, path } = withRun();
    await renderTab(api, { path });
    await screen.findByRole('button', { name: 'Run again' });
    expect(
      screen.queryByRole('button', { name: 'Cancel run' }),
    ).not.toBeInTheDocument();
  });

  it('is not offered to whom it is not allowed', async () => {
    const { api, path } = withRun(running);
    await renderTab(api, {
      path,
      entity: anEntity('guarded'),
      denied: ['keptn-tasks.run.cancel'],
    });
    expect(
      await screen.findByRole('button', {
        name: /Cancel run. You may not cancel runs of this entity/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });
});
