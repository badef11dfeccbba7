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
} from '../../__testUtils__';

function withRunning() {
  const api = new FakeKeptnTasksApi();
  api.definitions = [aDefinition()];
  const { run } = api.save(
    aRunDetail(aRun({ state: 'Progressing', finishedAt: undefined })),
  );
  return { api, run, path: `/runs/${run.id}` };
}

const log = () => screen.findByRole('region', { name: 'Log of attempt 1' });

describe('the log', () => {
  it('replays what was written and follows what is being written', async () => {
    const { api, run, path } = withRunning();
    api.log(run.id, ['first']);
    await renderTab(api, { path });
    expect(await screen.findByText('first')).toBeInTheDocument();
    expect(screen.getByText('Following')).toBeInTheDocument();

    act(() => api.log(run.id, ['second']));
    expect(await screen.findByText('second')).toBeInTheDocument();
    act(() => api.endLog(run.id));
    expect(await screen.findByText('Complete')).toBeInTheDocument();
    expect(screen.getByText('2 lines')).toBeInTheDocument();
  });

  it('goes on where a lost connection broke off, without repeating a line', async () => {
    const { api, run, path } = withRunning();
    api.log(run.id, ['one', 'two']);
    await renderTab(api, { path });
    await screen.findByText('two');

    act(() => api.logStreams.cut());
    expect(
      await screen.findByText('Connection lost. Opening it again…'),
    ).toBeInTheDocument();
    api.log(run.id, ['three']);
    api.logStreams.restore();
    expect(
      await screen.findByText('three', {}, { timeout: 4_000 }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('one')).toHaveLength(1);
    expect(screen.getByText('3 lines')).toBeInTheDocument();
  });

  it('says when nothing was written', async () => {
    const { api, run, path } = withRunning();
    api.endLog(run.id);
    await renderTab(api, { path });
    expect(await screen.findByText('It wrote nothing.')).toBeInTheDocument();
  });

  it('says where lines were not kept', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(run.id, [
      { n: 0, text: 'head' },
      { n: 1_000, text: 'tail' },
    ]);
    await renderTab(api, { path });
    expect(
      await screen.findByText('999 lines in between were not kept'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Link to line 1001' }),
    ).toBeInTheDocument();
  });

  it('keeps the page small, however long the log', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(
      run.id,
      Array.from({ length: 100_000 }, (_, n) => ({ n, text: `line ${n}` })),
    );
    await renderTab(api, { path });
    const list = within(await log());
    expect(await list.findByText('line 0')).toBeInTheDocument();
    expect(list.getAllByRole('link').length).toBeLessThan(120);
    expect(screen.getByText('100000 lines')).toBeInTheDocument();
  });

  it('finds text and walks through the matches', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(run.id, [
      { n: 0, text: 'GET /a → 200' },
      { n: 1, text: '\u001b[31mERROR\u001b[0m one' },
      { n: 2, text: 'error two' },
    ]);
    const { user } = await renderTab(api, { path });
    const field = await screen.findByRole('searchbox', {
      name: 'Search the log',
    });
    await user.type(field, 'error');
    expect(await screen.findByText('1 of 2')).toBeInTheDocument();
    expect(
      Array.from((await log()).querySelectorAll('mark')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['ERROR', 'error']);
    await user.type(field, '{Enter}');
    expect(screen.getByText('2 of 2')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Next match' }));
    expect(screen.getByText('1 of 2')).toBeInTheDocument();
    await user.type(field, ' none');
    expect(await screen.findByText('Not found')).toBeInTheDocument();
  });

  it('has links to its lines', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(run.id, [
      { n: 0, text: 'a' },
      { n: 1, text: 'b' },
    ]);
    const { user, address } = await renderTab(api, { path: `${path}#L2` });
    expect(
      (await screen.findByText('b')).closest('[data-linked]'),
    ).toHaveAttribute('data-linked', 'true');
    await user.click(screen.getByRole('link', { name: 'Link to line 1' }));
    expect(address()).toBe(`${path}#L1`);
  });

  it('shows times on request', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(run.id, [{ n: 0, at: '2026-01-01T10:00:00.250Z', text: 'a' }]);
    const { user } = await renderTab(api, { path });
    await screen.findByText('a');
    expect(screen.queryByText(/00:00\.250/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Times' }));
    expect(screen.getByText(/00:00\.250/)).toBeInTheDocument();
  });

  it('copies the log as one reads it', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(run.id, [{ n: 0, text: '\u001b[31mred\u001b[0m' }]);
    const { user } = await renderTab(api, { path });
    await screen.findByText('red');
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: 'Copy log' }));
    expect(writeText).toHaveBeenCalledWith('red');
    expect(
      await screen.findByRole('button', { name: 'Copied' }),
    ).toBeInTheDocument();
  });

  it('says why it cannot be downloaded', async () => {
    const { api, run, path } = withRunning();
    api.keepLog(run.id, [{ n: 0, text: 'a' }]);
    api.failNext('getRunLogText', responseError(500, 'Error', 'Out of order'));
    const { user } = await renderTab(api, { path });
    await user.click(await screen.findByRole('button', { name: 'Download' }));
    expect(
      await screen.findByText('The log could not be downloaded: Out of order'),
    ).toBeInTheDocument();
  });

  it('stays where somebody reads, and leads back to the end', async () => {
    const { api, run, path } = withRunning();
    api.log(
      run.id,
      Array.from({ length: 500 }, (_, n) => `line ${n}`),
    );
    const { user } = await renderTab(api, { path });
    const list = await log();
    Object.defineProperty(list, 'scrollHeight', { value: 10_000 });
    Object.defineProperty(list, 'clientHeight', { value: 480 });
    list.scrollTop = 2_000;
    act(() => {
      list.dispatchEvent(new Event('scroll'));
    });
    const jump = await screen.findByRole('button', { name: 'Jump to live' });
    act(() => api.log(run.id, ['one more']));
    await waitFor(() =>
      expect(screen.getByText('501 lines')).toBeInTheDocument(),
    );
    expect(list.scrollTop).toBe(2_000);

    await user.click(jump);
    expect(list.scrollTop).toBe(10_000);
    expect(jump).not.toBeInTheDocument();
  });
});
