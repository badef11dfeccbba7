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
import type { Release } from 'backstage-plugin-keptn-tasks-common';
import {
  aHeldRelease,
  anAppRelease,
  anEntity,
  anEnvironment,
  anItem,
  aRelease,
  aRun,
  aRunDetail,
  FakeKeptnTasksApi,
  phasesOf,
  renderTab,
  secondsAgo,
} from '../../__testUtils__';

function withReleases(app: Release | undefined, ...workloads: Release[]) {
  const api = new FakeKeptnTasksApi();
  api.releases.environments = [anEnvironment({ app, workloads })];
  return api;
}

const show = (api: FakeKeptnTasksApi, { id }: Release) =>
  renderTab(api, { path: `/releases/${id}` });
const article = () => screen.findByRole('article');
const chart = () => screen.findByRole('list', { name: 'When what happened' });

describe('the page of a release', () => {
  it('says what, which version, where, which attempt and how it is', async () => {
    const release = aHeldRelease({ attempt: 2, clusterTitle: 'Production' });
    await show(withReleases(undefined, release), release);
    const header = await screen.findByRole('heading', {
      name: 'checkout 2.4.0',
    });
    expect(header.closest('header')).toHaveTextContent(
      'Workload · app shop · Production · sandbox/shop · Attempt 2',
    );
    expect(header.closest('header')).toHaveTextContent('Failed');
    expect(await article()).toHaveTextContent(
      'Held: smoke-test failed 3 minutes ago',
    );
  });

  it('says how long one took that passed', async () => {
    const release = aRelease();
    await show(withReleases(undefined, release), release);
    expect(await screen.findByText(/It passed in/)).toHaveTextContent('40 s');
  });

  it('says when another version has taken its place, and offers nothing any more', async () => {
    const old = aHeldRelease({
      version: '2.3.9',
      hold: undefined,
      gatedPods: undefined,
      createdAt: secondsAgo(9_000),
    });
    const now = aRelease();
    const api = withReleases(undefined, now);
    api.releases.older = [old];
    const { user, address } = await show(api, old);
    expect(
      await screen.findByText(/checkout 2.4.0 has taken its place/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Repeat checks/ }),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'Open checkout 2.4.0' }));
    expect(address()).toBe(`/releases/${now.id}`);
  });

  it('tells what happened, step by step', async () => {
    const release = aHeldRelease();
    await show(withReleases(undefined, release), release);
    const steps = within(
      await screen.findByRole('region', { name: 'What happened' }),
    ).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      expect.stringContaining('PendingBegun'),
      expect.stringContaining('ProgressingPre-deployment tasks'),
      expect.stringContaining('FailedPre-deployment tasks: smoke-test failed'),
    ]);
  });

  it('leads from a workload to its app and from an app to its workloads', async () => {
    const app = anAppRelease();
    const workload = aRelease();
    const { user, address } = await show(withReleases(app, workload), workload);
    await user.click(await screen.findByRole('link', { name: 'shop 2.4.0' }));
    expect(address()).toBe(`/releases/${app.id}`);
    const list = await screen.findByRole('list', {
      name: 'Workloads of shop 2.4.0',
    });
    await user.click(within(list).getByRole('button', { name: /^checkout/ }));
    await user.click(
      screen.getByRole('link', { name: 'Open release checkout 2.4.0' }),
    );
    expect(address()).toBe(`/releases/${workload.id}`);
  });

  it('follows what happens', async () => {
    const release = aHeldRelease();
    const api = withReleases(undefined, release);
    await show(api, release);
    await waitFor(async () =>
      expect(await article()).toHaveTextContent('3 Pods gated'),
    );
    act(() => {
      api.releases.change(release.id, {
        hold: undefined,
        gatedPods: undefined,
        gateReleased: {
          reason: 'by hand',
          by: 'user:default/anna',
          at: secondsAgo(0),
        },
      });
    });
    expect(await screen.findByText(/anna let its Pods go/)).toBeInTheDocument();
    expect(await article()).not.toHaveTextContent('3 Pods gated');
  });

  it('says when there is no such release', async () => {
    await renderTab(new FakeKeptnTasksApi(), { path: '/releases/none' });
    expect(
      await screen.findByText('This release does not exist'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Back to the releases' }),
    ).toBeInTheDocument();
  });

  it('says why somebody may not repeat its checks', async () => {
    const release = aHeldRelease();
    await renderTab(withReleases(undefined, release), {
      path: `/releases/${release.id}`,
      // What was found out about another entity is remembered for a moment.
      entity: anEntity('guarded'),
      denied: ['keptn-tasks.release.repeat'],
    });
    expect(
      await screen.findByRole('button', {
        name: /Repeat checks….*keptn-tasks.release.repeat/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('the timeline of a release', () => {
  function withRun() {
    const run = aRun({
      state: 'Failed',
      createdAt: secondsAgo(200),
      startedAt: secondsAgo(199),
      finishedAt: secondsAgo(180),
    });
    const release = aHeldRelease({}, { runId: run.id });
    const api = withReleases(undefined, release);
    api.save(aRunDetail(run));
    return { api, release, run };
  }

  it('has a line for each phase and task, with its times in words', async () => {
    const { api, release } = withRun();
    await show(api, release);
    const task = within(await chart()).getByRole('link', {
      name: /^smoke-test: Failed · from \d\d:\d\d:\d\d · 20 s/,
    });
    expect(task).toHaveAccessibleName(/queued 1 s · starting/);
    expect(await chart()).toHaveTextContent('Pre-deployment tasks');
    expect(
      within(await chart()).getByRole('group', {
        name: /^Deployment: Skipped/,
      }),
    ).toHaveAttribute('tabindex', '0');
  });

  it('leads to the run, with the keyboard as well', async () => {
    const { api, release, run } = withRun();
    const { user, address } = await show(api, release);
    const task = within(await chart()).getByRole('link', {
      name: /^smoke-test/,
    });
    task.focus();
    await user.keyboard('{Enter}');
    expect(address()).toBe(`/runs/${run.id}`);
  });

  it('says the same in a table', async () => {
    const { api, release } = withRun();
    const { user } = await show(api, release);
    await chart();
    await user.click(screen.getByText('The same as a table'));
    const row = await screen.findByRole('row', { name: /^smoke-test/ });
    expect(row).toHaveTextContent(/Failed.*20 s.*running/);
  });

  it('puts all workloads of an app on one axis, and names those that were deployed before', async () => {
    const app = anAppRelease({
      phases: phasesOf('app', {
        preTasks: {
          startedAt: secondsAgo(300),
          finishedAt: secondsAgo(290),
          items: [
            anItem({
              definition: 'approval',
              startedAt: secondsAgo(300),
              finishedAt: secondsAgo(290),
            }),
          ],
        },
      }),
    });
    const before = aRelease({
      workloadName: 'shop-cart',
      version: '1.9.0',
      createdAt: secondsAgo(90_000),
      startedAt: secondsAgo(90_000),
      finishedAt: secondsAgo(89_900),
    });
    await show(withReleases(app, aRelease(), before), app);
    expect(await chart()).toHaveTextContent('App shop 2.4.0');
    expect(await chart()).toHaveTextContent('Workload checkout 2.4.0');
    expect(await chart()).not.toHaveTextContent('cart');
    expect(
      screen.getByText(
        'Deployed in an earlier version already, and not again: cart 1.9.0.',
      ),
    ).toBeInTheDocument();
  });
});
