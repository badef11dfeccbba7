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
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import {
  aHeldRelease,
  anAppRelease,
  anEnvironment,
  anItem,
  aRelease,
  FakeKeptnTasksApi,
  phasesOf,
  renderTab,
  responseError,
} from '../../__testUtils__';

function theShop(...workloads: Release[]) {
  const api = new FakeKeptnTasksApi();
  const app = anAppRelease({
    state: 'Failed',
    phase: 'deployment',
    phases: phasesOf('app', {
      preTasks: { items: [anItem({ definition: 'approval' })] },
      deployment: { state: 'Failed' },
    }),
  });
  api.releases.environments = [anEnvironment({ app, workloads })];
  return { api, app };
}

const cart = { workloadName: 'shop-cart', version: '1.9.0' };

async function openFromTheLine(
  user: { click(element: Element): Promise<void> },
  name: string,
) {
  const button = await waitFor(() =>
    within(
      screen.getByRole('region', { name: 'Is anything wrong?' }),
    ).getByRole('button', { name }),
  );
  await user.click(button);
  return screen.findByRole('dialog');
}

describe('the dialog that repeats checks', () => {
  it('says exactly what will happen, and does it', async () => {
    const { api } = theShop(aRelease(), aHeldRelease(cart));
    const { user, events } = await renderTab(api);
    const dialog = await openFromTheLine(user, 'Repeat checks…');
    for (const text of [
      'Repeat the checks of shop 2.4.0 in sandbox/shop?',
      'The app shop gets a new revision. Its version stays 2.4.0.',
      'These checks run again: approval.',
      'The checks of one workload that failed as well: cart.',
      'It is done as guest.',
    ]) {
      await waitFor(() => expect(dialog).toHaveTextContent(text));
    }
    await user.click(
      within(dialog).getByRole('button', {
        name: 'Repeat checks of shop 2.4.0',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.getByText(/The checks of shop 2.4.0 are being repeated/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.getByRole('region', { name: 'Is anything wrong?' }),
      ).toHaveTextContent('is on its way'),
    );
    expect(
      screen.getByRole('button', { name: /cart 1.9.0 · Attempt 2/ }),
    ).toBeInTheDocument();
    expect(events()).toContainEqual(
      expect.objectContaining({ action: 'repeat' }),
    );
  });

  it('repeats a workload by itself where the entity stands for it alone', async () => {
    const api = new FakeKeptnTasksApi();
    api.releases.environments = [
      anEnvironment({ workloads: [aHeldRelease()] }),
    ];
    const { user } = await renderTab(api);
    const dialog = await openFromTheLine(user, 'Repeat checks…');
    expect(dialog).toHaveTextContent(
      'The workload checkout begins again with its first phase. Its version stays 2.4.0.',
    );
  });

  it('says what the server objects to', async () => {
    const { api } = theShop(aHeldRelease());
    api.failNext(
      'repeatChecks',
      responseError(
        409,
        'ConflictError',
        'The app shop does not exist any more.',
      ),
    );
    const { user } = await renderTab(api);
    const dialog = await openFromTheLine(user, 'Repeat checks…');
    await user.click(
      within(dialog).getByRole('button', { name: /^Repeat checks of/ }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The app shop does not exist any more.',
    );
  });
});

describe('the dialog that lets Pods go', () => {
  it('says that checks have not passed and which Pods go, and asks why', async () => {
    const { api } = theShop(aHeldRelease());
    const [{ workloads }] = api.releases.environments;
    const { user, events } = await renderTab(api);
    const dialog = await openFromTheLine(user, 'Release gate…');
    expect(dialog).toHaveTextContent('The checks have not passed');
    expect(dialog).toHaveTextContent(
      'checkout 2.4.0: smoke-test failed: The script ended with exit code 1.',
    );
    expect(dialog).toHaveTextContent('3 Pods of checkout 2.4.0 are let go');
    expect(dialog).toHaveTextContent('shop-checkout-7d9c6-b');

    const confirm = within(dialog).getByRole('button', {
      name: 'Let checkout 2.4.0 go without passed checks',
    });
    const reason = within(dialog).getByRole('textbox', { name: /^Why/ });
    await user.type(reason, 'no');
    await user.click(confirm);
    expect(
      await within(dialog).findByText('Say why, in at least three characters'),
    ).toBeInTheDocument();
    expect(api.releases.get(workloads[0].id).gateReleased).toBeUndefined();

    await user.type(reason, 'body asks that service');
    await user.click(confirm);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.releases.get(workloads[0].id).gateReleased).toMatchObject({
      reason: 'nobody asks that service',
    });
    expect(await screen.findByText(/guest let its Pods go/)).toHaveTextContent(
      'nobody asks that service',
    );
    expect(events()).toContainEqual(
      expect.objectContaining({
        action: 'releaseGate',
        subject: workloads[0].id,
      }),
    );
  });

  it('lets one choose among several workloads', async () => {
    const { api } = theShop(aHeldRelease(), aHeldRelease(cart));
    const [{ workloads }] = api.releases.environments;
    const { user } = await renderTab(api);
    const dialog = await openFromTheLine(user, 'Release gate…');
    expect(
      within(dialog).getByRole('button', {
        name: 'Let 2 workloads go without passed checks',
      }),
    ).toBeEnabled();
    await user.click(
      within(dialog).getByRole('checkbox', { name: 'checkout 2.4.0' }),
    );
    await user.type(
      within(dialog).getByRole('textbox', { name: /^Why/ }),
      'checked by hand',
    );
    await user.click(
      within(dialog).getByRole('button', {
        name: 'Let cart 1.9.0 go without passed checks',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.releases.get(workloads[0].id).gateReleased).toBeUndefined();
    expect(api.releases.get(workloads[1].id).gateReleased).toBeDefined();
  });

  it('says what the server objects to, and keeps the reason', async () => {
    const { api } = theShop(aHeldRelease());
    api.failNext(
      'releaseGate',
      responseError(
        403,
        'NotAllowedError',
        'keptn-tasks.gate.release is missing',
      ),
    );
    const { user } = await renderTab(api);
    const dialog = await openFromTheLine(user, 'Release gate…');
    const reason = within(dialog).getByRole('textbox', { name: /^Why/ });
    await user.type(reason, 'checked by hand');
    await user.click(within(dialog).getByRole('button', { name: /^Let/ }));
    expect(
      await within(dialog).findByText('keptn-tasks.gate.release is missing'),
    ).toBeInTheDocument();
    expect(reason).toHaveValue('checked by hand');
  });
});
